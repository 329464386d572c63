using System.Data.Common;
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
    var screen = new ChatScreen(console, repeatsTyped: isScript || Console.IsInputRedirected);
    try
    {
        var lines = Script.Read(options.Lines);
        await using var session = await StartAsync(options, screen, cancellationToken);
        if (session is null)
            return TryoutCommandLine.BadOptions;
        if (isScript)
            return await Script.RunAsync(lines, session, screen, cancellationToken) ? succeeded : failed;

        await Chat.RunAsync(session, screen, console, cancellationToken);
        return succeeded;
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

// Whatever keeps the bot from starting came with the options: nothing else differs between two try-outs.
static async Task<TryoutSession?> StartAsync(TryoutOptions options, ChatScreen screen, CancellationToken cancellationToken)
{
    try
    {
        return await TryoutSession.StartAsync(options, screen, RealBot.StartAsync, cancellationToken);
    }
    catch (Exception refused) when (refused is OptionsValidationException or InvalidOperationException or DbException or IOException)
    {
        screen.Failed("The bot does not start with these options.", refused.Message);
        return null;
    }
}
