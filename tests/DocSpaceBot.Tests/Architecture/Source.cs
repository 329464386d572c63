using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace DocSpaceBot.Tests.Architecture;

/// <summary>A file of the product, to be read by rules that the compiler does not know.</summary>
/// <param name="Name">With folders, from <c>src</c>.</param>
/// <param name="Code">Without comments.</param>
internal sealed partial record Source(string Name, string Code)
{
    /// <summary>The folder of the product that it stands in.</summary>
    public string? Slice => Name.Split('/') is ["DocSpaceBot", var folder, _, ..] ? folder : null;

    /// <summary>Whether something in the code looks like this; <c>^</c> is the beginning of any line.</summary>
    public bool Has(string pattern) => Regex.IsMatch(Code, pattern, RegexOptions.Multiline, TimeSpan.FromSeconds(10));

    public static IEnumerable<Source> Files(string folder) =>
        from file in Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories)
        where !IsBuilt(file)
        select new Source(NameOf(file), Comments().Replace(File.ReadAllText(file), ""));

    /// <summary>Made by the build.</summary>
    public static bool IsBuilt(string file) =>
        NameOf(file) is var name && (name.Contains("/obj/", StringComparison.Ordinal) || name.Contains("/bin/", StringComparison.Ordinal));

    public static string NameOf(string file) => Path.GetRelativePath(Root(), file).Replace('\\', '/');

    public static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src"));

    [GeneratedRegex("(?<!:)//.*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Comments();
}
