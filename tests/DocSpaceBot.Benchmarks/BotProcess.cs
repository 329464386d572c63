using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace DocSpaceBot.Benchmarks;

/// <summary>The bot itself, as it is started in production, on a SQLite file of its own.</summary>
internal sealed class BotProcess : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly ChildProcess process;
    private readonly DirectoryInfo folder;

    private BotProcess(ChildProcess process, DirectoryInfo folder, Uri address, TimeSpan startTime) =>
        (this.process, this.folder, Address, StartTime) = (process, folder, address, startTime);

    public Uri Address { get; }

    /// <summary>From starting the process to the first 200 of <c>/readyz</c>.</summary>
    public TimeSpan StartTime { get; }

    public string Database => DatabaseIn(folder);

    public ChildProcess Process => process;

    /// <param name="settings">The settings of a bot with this address and this database file.</param>
    public static async Task<BotProcess> StartAsync(Func<Uri, string, Dictionary<string, string?>> settings)
    {
        var folder = Directory.CreateTempSubdirectory("docspacebot-benchmark-");
        var address = World.FreeAddress();
        var started = Stopwatch.GetTimestamp();
        var process = ChildProcess.Start(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [BuiltWith.BotProgram],
            folder.FullName,
            settings(address, DatabaseIn(folder))
        );

        while (!IsReady(address))
        {
            if (Stopwatch.GetElapsedTime(started) > LongestStart)
            {
                process.Dispose();
                throw new InvalidOperationException($"The bot did not become ready. {process.LastWords}");
            }

            await Task.Delay(2);
        }

        return new(process, folder, address, Stopwatch.GetElapsedTime(started));
    }

    public void Dispose()
    {
        process.Dispose();
        folder.Delete(recursive: true);
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
