using System.Diagnostics;
using System.Globalization;
using DocSpaceBot.Storage;
using Microsoft.Data.Sqlite;

namespace DocSpaceBot.Benchmarks;

/// <summary>Measures everything in one run, so that the figures can be compared with each other whatever else the machine does.</summary>
internal sealed class Benchmark(World world, BenchmarkOptions options) : IDisposable
{
    private const int TurnsBeforeMemory = 10_000;
    private const int Starts = 5;
    private const int Connections = 256;

    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(60);

    private readonly List<double> echo = [];
    private readonly List<double> help = [];
    private readonly List<double> invite = [];

    public static async Task<int> RunAsync(string[] args)
    {
        if (BenchmarkOptions.Read(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(BenchmarkOptions.Usage);
            return 2;
        }

        await using var world = await World.StartAsync(CancellationToken.None);
        using var benchmark = new Benchmark(world, options);
        return await benchmark.RunAsync();
    }

    public void Dispose() { }

    private async Task<int> RunAsync()
    {
        var starts = await MeasureStartsAsync();
        Console.WriteLine($"start: {string.Join(' ', starts.Select(s => s.ToString("F2", CultureInfo.InvariantCulture)))}");
        using var js = EchoProcess.TryStart(out var whyNot);
        Console.WriteLine(whyNot);
        using var bot = await BotProcess.StartAsync(world);
        var helps = new LoadGenerator(bot.Address);
        var helpMessages = MessagesTo(bot.Address, Messages.Help, world.MintToken());
        var echoes = js is null ? null : new LoadGenerator(js.Address);
        var echoMessages = js is null ? null : MessagesTo(js.Address, "hello", null);

        await TurnsAsync(helps, helpMessages, TurnsBeforeMemory, LongestDrain, null);
        Console.WriteLine($"memory: {bot.Process.ResidentMemory / 1048576.0:F0} MB");
        if (echoes is not null)
            await TurnsAsync(echoes, echoMessages!, 5_000, LongestDrain, null);
        await TurnsAsync(helps, helpMessages, 20_000, LongestDrain, null);

        for (var round = 0; round < options.Rounds; round++)
        {
            if (echoes is not null)
                echo.Add(await TurnsAsync(echoes, echoMessages!, long.MaxValue / 2, options.Round, js!.Process));
            help.Add(await TurnsAsync(helps, helpMessages, long.MaxValue / 2, options.Round, bot.Process));
            invite.Add(await InvitesAsync());
            Console.WriteLine(
                $"round {round}: echo {echo.LastOrDefault():F0} help {help[^1]:F0} invite {invite[^1]:F0} ratio {help[^1] / echo.LastOrDefault():F2} {invite[^1] / echo.LastOrDefault():F2}"
            );
        }

        return 0;
    }

    private Messages MessagesTo(Uri bot, string text, string? token) =>
        new(text, bot, world.Connector.ServiceUrl, world.TenantId, world.BotId, token);

    private async Task<double[]> MeasureStartsAsync()
    {
        var seconds = new double[Starts];

        for (var i = 0; i < Starts; i++)
        {
            using var bot = await BotProcess.StartAsync(world);
            seconds[i] = bot.StartTime.TotalSeconds;
        }

        return seconds;
    }

    /// <summary>Messages that were accepted and whose reply arrived, per second.</summary>
    private async Task<double> TurnsAsync(LoadGenerator generator, Messages messages, long count, TimeSpan longest, ChildProcess? process)
    {
        var sink = world.Connector;
        sink.Reset();
        var cpu = process?.ProcessorTime;
        var mine = Process.GetCurrentProcess().TotalProcessorTime;
        var burst = await generator.RunAsync(messages, count, longest, Connections);
        var started = Stopwatch.GetTimestamp();
        while (sink.Replies < burst.Accepted && Stopwatch.GetElapsedTime(started) < LongestDrain)
        {
            await Task.Delay(5);
        }

        var time = Stopwatch.GetElapsedTime(burst.Started, sink.LastAt);
        if (process is not null)
            Console.WriteLine(
                $"   sent {burst.Sent} accepted {burst.Accepted} in {burst.AcceptedIn.TotalSeconds:F2} s, replies {sink.Replies} in {time.TotalSeconds:F2} s; cpu/turn {(process.ProcessorTime - cpu!.Value).TotalMicroseconds / burst.Sent:F0} us, generator {(Process.GetCurrentProcess().TotalProcessorTime - mine).TotalMicroseconds / burst.Sent:F0} us"
            );
        return sink.Replies / time.TotalSeconds;
    }

    private async Task<double> InvitesAsync()
    {
        using var bot = await BotProcess.StartAsync(world);
        var generator = new LoadGenerator(bot.Address);
        var messages = MessagesTo(bot.Address, Messages.Invite, world.MintToken());
        var warm = await generator.RunAsync(messages, 3000, LongestDrain, Connections);
        var cpu = bot.Process.ProcessorTime;
        var burst = await generator.RunAsync(messages, long.MaxValue / 2, options.Round, Connections);
        Console.WriteLine(
            $"   sent {burst.Sent} accepted {burst.Accepted} in {burst.AcceptedIn.TotalSeconds:F2} s; cpu/turn {(bot.Process.ProcessorTime - cpu).TotalMicroseconds / burst.Sent:F0} us"
        );
        bot.Process.Kill();
        var kept = CountInvitations(bot.Database);
        if (kept != warm.Accepted + burst.Accepted)
            Console.WriteLine($"   kept {kept} of {warm.Accepted + burst.Accepted}");
        return burst.Accepted / burst.AcceptedIn.TotalSeconds;
    }

    private static long CountInvitations(string database)
    {
        SqliteLibrary.Use();
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from invitations where email like 'guest%@example.com'";
        return (long)command.ExecuteScalar()!;
    }
}
