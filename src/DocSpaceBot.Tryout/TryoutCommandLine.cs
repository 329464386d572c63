using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout;

/// <summary>Reads the arguments of the try-out.</summary>
internal static class TryoutCommandLine
{
    public const int BadOptions = 2;

    // Lines may begin with @ or hold anything else: they are never taken for a file of more arguments, nor split.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Runs <paramref name="run"/> with the options, or says what is wrong with them.</summary>
    /// <returns>What <paramref name="run"/> returned; <see cref="BadOptions"/> if it was not run because of the options.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        Func<TryoutOptions, CancellationToken, Task<int>> run,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken
    )
    {
        var dialect = new Option<string>("--dialect")
        {
            Description = "Which DocSpace the stand-in portal is: 3.7, 3.6, or documented (what the official guides promise).",
            HelpName = "3.7|3.6|documented",
            DefaultValueFactory = _ => "3.7",
        };
        dialect.Validators.Add(IsDialect);
        var portal = new Option<string?>("--portal") { Description = "Use this real portal instead. Needs --key.", HelpName = "URL" };
        var key = new Option<string?>("--key") { Description = "The API key for --portal.", HelpName = "KEY" };
        var storage = new Option<string?>("--storage") { Description = "Keep the data in PostgreSQL.", HelpName = "\"Host=…\"" };
        var set = new Option<string[]>("--set")
        {
            Description = "A setting of the bot, as in appsettings.json. May be given many times.",
            HelpName = "Section:Key=value",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
            DefaultValueFactory = _ => [],
        };
        var keep = new Option<string?>("--keep") { Description = "Keep the SQLite database in this folder.", HelpName = "FOLDER" };
        var lines = new Argument<string[]>("line")
        {
            Description = "The lines of a script, run one after the other. Without any, a chat is opened, and ? lists them.",
            Arity = ArgumentArity.ZeroOrMore,
        };

        var root = new RootCommand("Try DocSpaceBot without Teams or a portal: stand-ins for both, and the real bot.")
        {
            dialect,
            portal,
            key,
            storage,
            set,
            keep,
            lines,
        };
        // /h and /? are things one may type to the bot.
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Aliases.Clear();
        foreach (var version in root.Options.OfType<VersionOption>().ToList())
            root.Options.Remove(version);
        portal.Validators.Add(IsPortal);
        set.Validators.Add(AreSettings);
        root.Validators.Add(given =>
        {
            var surelyLines = arguments.SkipWhile(argument => argument != "--").Skip(1).Count();
            var others = given.GetResult(lines)?.Tokens.SkipLast(surelyLines).Select(token => token.Value) ?? [];
            foreach (var unknown in others.Where(text => text.StartsWith('-')))
                given.AddError($"There is no option {unknown}");
            if (IsGiven(given, portal) != IsGiven(given, key))
                given.AddError("--portal and --key belong together: give both or none.");
        });
        root.SetAction(
            (given, stop) =>
                run(
                    new TryoutOptions
                    {
                        Dialect = given.GetValue(dialect) switch
                        {
                            "3.6" => PortalDialect.V36,
                            "documented" => PortalDialect.Documented,
                            _ => PortalDialect.V37,
                        },
                        Portal = given.GetValue(portal) is { } url ? new Uri(url) : null,
                        Key = given.GetValue(key),
                        Storage = given.GetValue(storage),
                        Settings = [.. given.GetValue(set)!.Select(SettingOf)],
                        Keep = given.GetValue(keep),
                        Lines = given.GetValue(lines)!,
                    },
                    stop
                )
        );

        // A text in brackets at the beginning would be taken for a directive of the parser, and be lost.
        var parsed = root.Parse(arguments is [['[', ..], ..] ? ["--", .. arguments] : arguments, Parsing);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await errors.WriteLineAsync(error.Message);
            await errors.WriteLineAsync("--help lists the options. A line that begins with a dash goes after --");
            return BadOptions;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = output,
                Error = errors,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(5),
            },
            cancellationToken
        );
    }

    private static bool IsGiven(CommandResult given, Option option) => given.GetResult(option) is { Implicit: false };

    private static void IsDialect(OptionResult given)
    {
        if (given.GetValueOrDefault<string>() is not ("3.7" or "3.6" or "documented") and var text)
            given.AddError($"--dialect: \"{text}\" is not 3.7, 3.6 or documented");
    }

    private static void IsPortal(OptionResult given)
    {
        var text = given.GetValueOrDefault<string?>() ?? "";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            given.AddError($"--portal: \"{text}\" is not an address such as https://docspace.example.com");
    }

    private static void AreSettings(OptionResult given)
    {
        foreach (var text in (given.GetValueOrDefault<string[]>() ?? []).Where(text => text.IndexOf('=', StringComparison.Ordinal) <= 0))
            given.AddError($"--set: \"{text}\" is not a setting such as Approvals:Deadline=2.00:00:00");
    }

    private static KeyValuePair<string, string?> SettingOf(string text)
    {
        var split = text.IndexOf('=', StringComparison.Ordinal);
        return new(text[..split].Trim().Replace("__", ":", StringComparison.Ordinal), text[(split + 1)..]);
    }
}
