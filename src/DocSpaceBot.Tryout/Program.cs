using DocSpaceBot.Tryout;
using DocSpaceBot.Tryout.Terminal;
using Microsoft.Extensions.Options;

const int succeeded = 0;
const int failed = 1;

if (!Console.IsOutputRedirected || OperatingSystem.IsWindows())
    Console.OutputEncoding = System.Text.Encoding.UTF8;

return await TryoutCommandLine.RunAsync(args, RunAsync, Console.Out, Console.Error, CancellationToken.None);

static async Task<int> RunAsync(TryoutOptions options, CancellationToken cancellationToken)
{
    var isScript = options.Lines.Count > 0;
    var console = TerminalOutput.For(isScript);
    var screen = new ChatScreen(console);
    try
    {
        var lines = Script.Read(options.Lines);
        await using var session = await TryoutSession.StartAsync(options, screen, RealBot.StartAsync, cancellationToken);
        if (isScript)
            return await Script.RunAsync(lines, session, screen, cancellationToken) ? succeeded : failed;

        await Chat.RunAsync(session, screen, console, cancellationToken);
        return succeeded;
    }
    catch (OptionsValidationException refused)
    {
        screen.Failed("The bot does not start with these settings.", string.Join('\n', refused.Failures));
        return TryoutCommandLine.BadOptions;
    }
    catch (LineFailedException refused)
    {
        screen.Failed("The script was not run.", refused.Message);
        return failed;
    }
    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
    {
        return isScript ? failed : succeeded;
    }
}
