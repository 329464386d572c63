using System.Diagnostics;
using System.Globalization;

namespace DocSpaceBot.Benchmarks;

/// <summary>Measures everything in one run and in turns, so that the figures can be compared whatever else the machine does.</summary>
internal static class Benchmark
{
    private const int Starts = 5;
    private const int TurnsBeforeMemory = 10_000;

    /// <summary>Until nothing is compiled any more.</summary>
    private const int TurnsToWarmUp = 20_000;
    private const int EchoesToWarmUp = 5_000;
    private const int InvitesToWarmUp = 3_000;

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        await using var world = await World.StartAsync(CancellationToken.None);
        var figures = await MeasureAsync(world, options);
        figures.Print();
        return options.Check && !figures.AllReached ? 1 : 0;
    }

    private static async Task<Figures> MeasureAsync(World world, BenchmarkOptions options)
    {
        var figures = new Figures();
        Say($"{Environment.ProcessorCount} processors, {options.Rounds} rounds of {options.Round.TotalSeconds:0} s; a minute or two.");

        for (var i = 0; i < Starts; i++)
        {
            using var started = await BotProcess.StartAsync(world.Settings);
            figures.Starts.Add(started.StartTime.TotalSeconds);
        }

        using var echo = EchoProcess.TryStart(out var whyNoEcho);
        figures.WhyNoEcho = whyNoEcho;
        using var bot = await BotProcess.StartAsync(world.Settings);
        var help = new Chat(world, bot.Address, Messages.Help, world.MintTokens(1));
        var strangers = new Chat(world, bot.Address, Messages.Help, world.MintTokens(World.MoreTokensThanTheBotRemembers))
        {
            Numbers = help.Numbers,
        };
        var hello = echo is null ? null : new Chat(world, echo.Address, "hello", []);

        await help.CountRepliesAsync(TurnsBeforeMemory);
        figures.ResidentMegabytes = bot.Process.ResidentMemory / (1024.0 * 1024.0);
        await help.CountRepliesAsync(TurnsToWarmUp);
        await (hello?.CountRepliesAsync(EchoesToWarmUp) ?? Task.CompletedTask);

        for (var round = 1; round <= options.Rounds; round++)
        {
            if (hello is not null)
            {
                figures.Echo.Add(await hello.RepliesPerSecondAsync(options.Round));
            }

            figures.Help.Add(await help.RepliesPerSecondAsync(options.Round));
            figures.HelpWithNewTokens.Add(await strangers.RepliesPerSecondAsync(options.Round));
            figures.Invite.Add(await InviteAsync(world, options.Round));
            Say(
                $"Round {round}: echo {figures.Echo.LastOrDefault():F0}/s, help {figures.Help[^1]:F0}/s, with new tokens {figures.HelpWithNewTokens[^1]:F0}/s, invite {figures.Invite[^1]:F0}/s"
            );
        }

        return figures;
    }

    /// <summary>
    /// Invitations that were accepted, per second, by a bot with a database of its own, which is then killed: what it said yes to has to be
    /// in the file.
    /// </summary>
    private static async Task<double> InviteAsync(World world, TimeSpan time)
    {
        using var bot = await BotProcess.StartAsync(world.Settings);
        var chat = new Chat(world, bot.Address, Messages.Invite, world.MintTokens(1));
        var before = await chat.SendAsync(InvitesToWarmUp, Chat.LongestWait);
        var burst = await chat.SendAsync(long.MaxValue, time);
        bot.Process.Kill();
        InvitationsOnDisk.Verify(bot.Database, before.Accepted + burst.Accepted);
        return burst.Accepted / burst.AcceptedIn.TotalSeconds;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
