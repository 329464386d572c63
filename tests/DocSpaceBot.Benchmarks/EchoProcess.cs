using System.ComponentModel;
using System.Diagnostics;

namespace DocSpaceBot.Benchmarks;

/// <summary>An echo bot on the JavaScript SDK, with authentication off.</summary>
internal sealed class EchoProcess : IDisposable
{
    private readonly ChildProcess process;

    private EchoProcess(ChildProcess process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Null when Node.js or what it needs cannot be had here; the reason is then in <paramref name="whyNot"/>.</summary>
    public static EchoProcess? TryStart(out string whyNot)
    {
        var folder = Path.Combine(BuiltWith.Artifacts, "echo");

        try
        {
            if (Install(folder) is { } failure)
            {
                whyNot = failure;
                return null;
            }

            var process = ChildProcess.Start(
                "node",
                [Path.Combine(BuiltWith.EchoSource, "echo.mjs")],
                folder,
                new Dictionary<string, string?>(StringComparer.Ordinal) { ["NODE_ENV"] = "production" }
            );
            whyNot = "";
            return new(process, new(process.FirstLine.GetAwaiter().GetResult()));
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            whyNot = $"Node.js with npm is needed for the echo bot: {e.Message}";
            return null;
        }
    }

    public void Dispose() => process.Dispose();

    /// <summary>Installs exactly what the lock file names, into a folder that is not kept.</summary>
    private static string? Install(string folder)
    {
        Directory.CreateDirectory(folder);

        foreach (var name in (string[])["package.json", "package-lock.json", ".npmrc"])
        {
            File.Copy(Path.Combine(BuiltWith.EchoSource, name), Path.Combine(folder, name), overwrite: true);
        }

        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));

        if (
            installed.Exists
            && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(BuiltWith.EchoSource, "package-lock.json"))
        )
        {
            return null;
        }

        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        using var install = Process.Start(
            new ProcessStartInfo(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = install.StandardError.ReadToEndAsync();
        install.StandardOutput.ReadToEnd();
        install.WaitForExit();
        return install.ExitCode == 0 ? null : $"npm ci failed: {errors.Result.Trim()}";
    }
}
