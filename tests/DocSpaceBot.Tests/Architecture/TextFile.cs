using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DocSpaceBot.Tests.Architecture;

/// <summary>The texts of a folder of the product, in each language.</summary>
/// <param name="Class">The class that the build makes of them.</param>
internal sealed partial record TextFile(
    string Folder,
    string Class,
    IReadOnlyDictionary<string, string> English,
    IReadOnlyDictionary<string, string> German
)
{
    public static IReadOnlyList<TextFile> All { get; } =
    [
        .. from file in Directory.EnumerateFiles(Product, "*Texts.resx", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        where !Source.IsBuilt(file)
        select new TextFile(
            Path.GetRelativePath(Product, Path.GetDirectoryName(file)!),
            Path.GetFileNameWithoutExtension(file),
            Read(file),
            Read(Path.ChangeExtension(file, ".de.resx"))
        ),
    ];

    /// <summary>The numbers of the places that are filled in, <c>{0}</c> with 0.</summary>
    public static IReadOnlySet<int> PlacesOf(string text) =>
        Places().Matches(text).Select(place => int.Parse(place.Groups["number"].ValueSpan, null)).ToHashSet();

    private static string Product => Path.Combine(Source.Root(), "DocSpaceBot");

    private static Dictionary<string, string> Read(string file) =>
        File.Exists(file)
            ? XDocument
                .Load(file)
                .Root!.Elements("data")
                .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal)
            : [];

    [GeneratedRegex(@"\{(?<number>\d+)(:[^}]*)?\}", RegexOptions.NonBacktracking)]
    private static partial Regex Places();
}
