using System.Collections.Concurrent;
using System.Diagnostics;
using DocSpaceBot.Hosting;

namespace DocSpaceBot.Tests.Crash;

/// <summary>The real program in a process of its own, so that it can be killed as a machine kills it.</summary>
internal sealed class BotProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private const int KeptLines = 500;

    /// <summary>Generous, because a busy machine takes long to start anything.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly TaskCompletionSource<Uri> url = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> output = new();

    private BotProcess(IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] command =
        [
            // A file that may not grow is to be an error for the bot, and not its end by a signal.
            .. OperatingSystem.IsLinux() ? ["/bin/sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"] : Array.Empty<string>(),
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            typeof(BotApp).Assembly.Location,
            "--urls",
            "http://127.0.0.1:0",
        ];
        start.FileName = command[0];

        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => url.TrySetException(new InvalidOperationException("The bot ended before it listened."));
    }

    /// <summary>What it has written last, its log and its errors.</summary>
    public string Output => string.Join('\n', output);

    public Uri Url => url.Task.Result;

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<BotProcess> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var bot = new BotProcess(settings);
        bot.process.Start();
        bot.process.BeginOutputReadLine();
        bot.process.BeginErrorReadLine();

        try
        {
            await bot.url.Task.WaitAsync(Patience);
            return bot;
        }
        catch (Exception e)
        {
            await bot.KillAsync();
            throw new InvalidOperationException($"The bot did not start. It wrote:\n{bot.Output}", e);
        }
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said, no handler runs. Returns when the process is gone.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: false);
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>From now on no file of the bot can grow. On Linux only.</summary>
    public void FillDisk() => FullDisk.Limit(process.Id, 0);

    public void EmptyDisk() => FullDisk.Limit(process.Id, ulong.MaxValue);

    public Task WaitForExitAsync() => process.WaitForExitAsync().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        output.Enqueue(line);

        if (output.Count > KeptLines)
        {
            output.TryDequeue(out _);
        }

        if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            url.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
        }
    }
}
