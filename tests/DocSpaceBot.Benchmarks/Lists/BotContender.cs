using System.Diagnostics;

namespace DocSpaceBot.Benchmarks.Lists;

/// <summary>The bot, asked for everybody in one message.</summary>
internal static class BotContender
{
    public const string Who = "the bot";

    private static readonly TimeSpan LongestPreview = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(15);

    /// <summary>A look at its database now and then costs the bot nothing that could be measured.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    public static async Task<Outcome> RunAsync(Scenario scenario, IReadOnlyList<Newcomer> newcomers)
    {
        await using var work = await BotAtWork.StartAsync(scenario);
        var arrivals = new Arrivals(work.Portal, scenario, newcomers);
        var started = Stopwatch.GetTimestamp();
        var preview = await work.InviteAsync(newcomers, arrivals.Begun, LongestPreview);

        if (preview is not null)
        {
            started = Stopwatch.GetTimestamp();
            await work.ConfirmAsync(preview);
        }
        else if (!arrivals.Begun.IsCompleted)
        {
            return Outcome.NotMeasured(Who, $"neither a preview came nor anybody to the portal. {work.LastWords}");
        }

        var settled = await SettleAsync(work, arrivals, started, newcomers.Count);
        return arrivals.Outcome(Who, started) with { Preview = preview?.After, Remark = settled };
    }

    /// <summary>The portal may have everybody before the bot knows it; the calls by which it learns count too.</summary>
    /// <returns>What is odd about how it ended.</returns>
    private static async Task<string?> SettleAsync(BotAtWork work, Arrivals arrivals, long started, int wanted)
    {
        while (Stopwatch.GetElapsedTime(started) < LongestRun)
        {
            await Task.WhenAny(arrivals.Complete, Task.Delay(BetweenLooks));
            var known = InvitationsOnDisk.ByStatus(work.Bot.Database);

            if (known.Values.Sum() == wanted && !known.ContainsKey("Approved") && !known.ContainsKey("PendingApproval"))
            {
                return known.Count == 1 && known.ContainsKey("Invited")
                    ? null
                    : $"The bot ended with {string.Join(", ", known.Select(count => $"{count.Value} {count.Key}"))}.";
            }

            await Task.Delay(BetweenLooks);
        }

        return $"The bot was not through after {LongestRun.TotalMinutes:0} minutes. {work.Bot.Process.LastWords}";
    }
}
