using System.Globalization;

namespace DocSpaceBot.Lifecycle;

/// <summary>
/// How texts become sentences. Everything that people read stands in the <c>…Texts.resx</c> of its folder, in English, and in German in the file beside it;
/// the build makes a class of it, so that a text that is not there does not compile. Which language is read is <see cref="Language"/>'s business.
/// </summary>
internal static class Wording
{
    /// <summary>The text with its places filled in, {0} with the first. Numbers are written without separators; dates are left to Teams.</summary>
    public static string With(this string text, params ReadOnlySpan<object?> values) =>
        string.Format(CultureInfo.InvariantCulture, text, values);

    /// <summary>One of two texts, whose {0} is the number.</summary>
    public static string Count(int number, string one, string many) => (number == 1 ? one : many).With(number);
}
