using System.Runtime.CompilerServices;

namespace DocSpaceBot.Tests;

/// <summary>
/// Compares with a file beside the test that somebody has looked at and approved. On a difference the new text is written beside it as
/// <c>.received</c>; to approve it, look at it and rename it.
/// </summary>
internal static class Approved
{
    public static void Same(string name, string actual, [CallerFilePath] string test = "")
    {
        var folder = Path.GetDirectoryName(test)!;
        var approved = Path.Combine(folder, name);
        var received = Path.Combine(
            folder,
            Path.GetFileNameWithoutExtension(name).Replace(".approved", "", StringComparison.Ordinal)
                + ".received"
                + Path.GetExtension(name)
        );
        actual = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

        if (File.Exists(approved) && File.ReadAllText(approved).ReplaceLineEndings("\n") == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail($"{name} is not what was approved. Compare it with {Path.GetFileName(received)} beside it.");
    }
}
