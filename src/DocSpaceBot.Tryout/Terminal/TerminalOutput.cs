using Spectre.Console;

namespace DocSpaceBot.Tryout.Terminal;

/// <summary>Where the try-out writes to: in colour for a person, plain for scripts, files and who asked for it (https://no-color.org).</summary>
internal static class TerminalOutput
{
    private const int PlainWidth = 100;

    public static IAnsiConsole For(bool isScript) =>
        isScript || Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
            ? Plain(Console.Out)
            : AnsiConsole.Create(new AnsiConsoleSettings());

    /// <summary>The same text on every machine: no colours, a fixed width, and box characters though the output may be a file.</summary>
    public static IAnsiConsole Plain(TextWriter writer)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(writer),
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            }
        );
        console.Profile.Width = PlainWidth;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
