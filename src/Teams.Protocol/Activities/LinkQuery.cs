using System.Text.Json;

namespace Teams.Protocol.Activities;

/// <summary>
/// Somebody's client asks for a preview of a link that was just pasted, whether or not the message will ever be sent. Answer with
/// <see cref="InvokeAnswer.Unfurled"/> or <see cref="InvokeAnswer.NotUnfurled"/>. Everybody in the conversation reads what is answered.
/// </summary>
/// <param name="Url">As it was pasted: anybody can write anything into it. Never fetch it. 1 to 8,192 characters.</param>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/link-unfurling</remarks>
public sealed record LinkQuery(string Url)
{
    /// <summary>The invoke's name. <c>composeExtension/anonymousQueryLink</c>, which says neither who asks nor where, is another one and is not read here.</summary>
    public const string InvokeName = "composeExtension/queryLink";

    /// <summary>Longer than any link that is worth a preview; browsers and servers give up at about the same length.</summary>
    public const int LongestUrl = 8192;

    /// <summary>Null when the activity is another one or malformed, and when the link is empty or longer than <see cref="LongestUrl"/>.</summary>
    public static LinkQuery? From(Activity activity) =>
        activity is { IsInvoke: true, Name: InvokeName, Value: { ValueKind: JsonValueKind.Object } value }
        && value.TryGetProperty("url"u8, out var url)
        && url.ValueKind is JsonValueKind.String
        && url.GetString() is { Length: > 0 and <= LongestUrl } text
            ? new LinkQuery(text)
            : null;

    /// <summary>Leaves the link out: it may let whoever reads it join something, and belongs in no log.</summary>
    public override string ToString() => nameof(LinkQuery);
}
