using System.Diagnostics;

namespace DocSpaceBot.Benchmarks;

/// <summary>A program that is measured: a process of its own, which is killed in the end.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process process;
    private readonly TaskCompletionSource<string> firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> lastLines = new();

    private ChildProcess(Process process) => this.process = process;

    /// <summary>The first line the program writes.</summary>
    public Task<string> FirstLine => firstLine.Task;

    /// <summary>The last few lines it wrote, for when something is wrong.</summary>
    public string LastWords
    {
        get
        {
            lock (lastLines)
            {
                return string.Join(Environment.NewLine, lastLines);
            }
        }
    }

    /// <summary>Bytes of memory that are really in use (Linux: VmRSS), as the operating system sees it.</summary>
    public long ResidentMemory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>What all its threads together have had of the processors since it was started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static ChildProcess Start(
        string program,
        IEnumerable<string> arguments,
        string folder,
        IEnumerable<KeyValuePair<string, string?>> environment,
        bool listens = false
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = listens,
            UseShellExecute = false,
        };

        foreach (var (name, value) in environment)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = new Process { StartInfo = start };
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, line) => child.Read(line.Data);
        process.ErrorDataReceived += (_, line) => child.Read(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Writes a line to a program that was started to listen, and that it will be the last.</summary>
    public async Task TellAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        process.StandardInput.Close();
    }

    /// <summary>The exit code, or null when it has not ended of its own accord by then.</summary>
    public async Task<int?> EndAsync(TimeSpan longest)
    {
        using var patience = new CancellationTokenSource(longest);

        try
        {
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Kills it without a goodbye (SIGKILL), so that what it has told us is all that can be relied upon.</summary>
    public void Kill()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            firstLine.TrySetException(new InvalidOperationException($"The program ended before it wrote anything. {LastWords}"));
            return;
        }

        lock (lastLines)
        {
            lastLines.Enqueue(line);

            if (lastLines.Count > 20)
            {
                lastLines.Dequeue();
            }
        }

        firstLine.TrySetResult(line);
    }
}
