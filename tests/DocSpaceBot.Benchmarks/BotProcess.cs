using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace DocSpaceBot.Benchmarks;

/// <summary>The bot itself, as it is started in production, on a SQLite file of its own.</summary>
internal sealed class BotProcess : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder;
    private readonly Dictionary<string, string?> settings;

    private BotProcess(DirectoryInfo folder, Uri address, Dictionary<string, string?> settings)
    {
        (this.folder, Address, this.settings) = (folder, address, settings);
        Process = Run();
    }

    public Uri Address { get; }

    /// <summary>From starting the process to the first 200 of <c>/readyz</c>.</summary>
    public TimeSpan StartTime { get; private set; }

    public string Database => DatabaseIn(folder);

    public ChildProcess Process { get; private set; }

    /// <param name="settings">The settings of a bot with this address and this database file.</param>
    public static Task<BotProcess> StartAsync(Func<Uri, string, Dictionary<string, string?>> settings) =>
        StartAsync(settings, _ => Task.CompletedTask);

    /// <inheritdoc cref="StartAsync(Func{Uri, string, Dictionary{string, string?}})"/>
    /// <param name="prepare">What is put into the database file before.</param>
    public static async Task<BotProcess> StartAsync(Func<Uri, string, Dictionary<string, string?>> settings, Func<string, Task> prepare)
    {
        var folder = Directory.CreateTempSubdirectory("docspacebot-benchmark-");
        var address = World.FreeAddress();
        await prepare(DatabaseIn(folder));
        var started = Stopwatch.GetTimestamp();
        var bot = new BotProcess(folder, address, settings(address, DatabaseIn(folder)));
        await bot.BecomeReadyAsync(started);
        return bot;
    }

    /// <summary>Kills it without a goodbye, and starts it again with what it has kept.</summary>
    public async Task RestartAsync()
    {
        Process.Dispose();
        var started = Stopwatch.GetTimestamp();
        Process = Run();
        await BecomeReadyAsync(started);
    }

    public void Dispose()
    {
        Process.Dispose();
        folder.Delete(recursive: true);
    }

    private ChildProcess Run() =>
        ChildProcess.Start(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [BuiltWith.BotProgram],
            folder.FullName,
            settings
        );

    private async Task BecomeReadyAsync(long started)
    {
        while (!IsReady(Address))
        {
            if (Stopwatch.GetElapsedTime(started) > LongestStart)
            {
                Process.Dispose();
                throw new InvalidOperationException($"The bot did not become ready. {Process.LastWords}");
            }

            await Task.Delay(2);
        }

        StartTime = Stopwatch.GetElapsedTime(started);
    }

    private static string DatabaseIn(DirectoryInfo folder) => Path.Combine(folder.FullName, "docspacebot.db");

    private static bool IsReady(Uri address)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };

        try
        {
            socket.Connect(address.Host, address.Port);
            socket.Send(Encoding.ASCII.GetBytes($"GET /readyz HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n"));
            var answer = new byte[256];
            return socket.Receive(answer) > 12 && HttpMessage.Status(answer) == 200;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
