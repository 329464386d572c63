using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Benchmarks.Approvals;

/// <summary>What came of many who decide at their own time, with one bot that keeps its data in SQLite.</summary>
/// <param name="Answers">From the moment of the press to the answer.</param>
/// <param name="Copies">From the moment of the press until the last copy of the card said what was decided.</param>
internal sealed record SteadyOutcome(Timings Answers, Timings Copies)
{
    /// <summary>Presses not answered with the card as decided, copies that never said so, addresses with a wrong number of mails, cards that are stale in the end.</summary>
    public IReadOnlyList<int> Wrong { get; init; } = [];

    public bool IsLedgerInOrder { get; init; }

    public int Approvers { get; init; }

    /// <summary>Of one processor, while the buttons were pressed.</summary>
    public double ShareOfBot { get; init; }

    public double ShareOfStandIns { get; init; }

    /// <summary>For one press with all that comes of it: the edits of the cards, the calls to DocSpace, what the requester is told.</summary>
    public double MillisecondsOfBotEach { get; init; }

    public double RefreshesPerSecond { get; init; }

    /// <summary>Of the connector, most of them edits of cards.</summary>
    public double CallsPerSecond { get; init; }
}

/// <summary>A hundred presses a second, each of another request.</summary>
internal static class SteadyClicks
{
    public const int PerSecond = 100;
    public const int Seconds = 30;

    /// <summary>Not counted: until nothing is compiled any more, and what is approved goes out while others approve.</summary>
    private const int SecondsToWarmUp = 15;

    /// <summary>Teams takes two messages or edits a second in a chat, so that many chats are needed for this many presses.</summary>
    private const int Departments = 300;
    private const int RequestersEach = 2;
    private const int ApproversEach = 4;

    private const int Connections = 64;
    private const int OneInSoManyIsDenied = 5;
    private const int Seed = 20260302;

    private static readonly TimeSpan LongestShow = TimeSpan.FromMinutes(2);

    /// <param name="isWatching">Everybody has the chat on the screen all the time, so that every card is fetched anew after each edit.</param>
    public static async Task<SteadyOutcome> MeasureAsync(bool isWatching, Action<string> say)
    {
        var departments = Department.Make(Departments, RequestersEach, ApproversEach, needed: 1);
        await using var office = await Office.StartAsync(departments, new TeamsSetup(), postgres: null, bots: 1);
        await office.MoveInAsync(isWatching);
        var wanted = (Seconds + SecondsToWarmUp) * PerSecond;
        var copies = await office.AskAsync(wanted / (Departments * RequestersEach) + 1);
        say($"{wanted} requests wait, each with {ApproversEach} approvers");

        var clicks = Plan(office, copies, departments, wanted);
        var watch = new CardWatch(office.Teams, copies);
        var (bot, own, delivered, calls) = (
            office.ProcessorTimeOfBots,
            Environment.CpuUsage.TotalTime,
            office.Teams.Delivered.Count,
            office.Teams.CallCount
        );
        var started = Stopwatch.GetTimestamp();
        var clicked = await ClickRush.RunAsync(clicks, Connections);
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var outcome = new
        {
            Bot = (office.ProcessorTimeOfBots - bot).TotalSeconds / took,
            Own = (Environment.CpuUsage.TotalTime - own).TotalSeconds / took,
            Refreshes = (office.Teams.Delivered.Count - delivered) / took,
            Calls = (office.Teams.CallCount - calls) / took,
        };

        await ShownAsync(watch, clicks.Count * (1 + ApproversEach));
        await office.RestAsync();
        var botInAll = office.ProcessorTimeOfBots - bot;
        return await JudgeAsync(office, copies, watch, clicked) with
        {
            Approvers = Departments * ApproversEach,
            ShareOfBot = outcome.Bot,
            ShareOfStandIns = outcome.Own,
            MillisecondsOfBotEach = botInAll.TotalMilliseconds / clicked.Count,
            RefreshesPerSecond = outcome.Refreshes,
            CallsPerSecond = outcome.Calls,
        };
    }

    /// <summary>Who presses when is left to chance, as it is among people: every request once, by one of its approvers.</summary>
    [SuppressMessage("Security", "S2245", Justification = "The same order in every run; nothing is kept secret by it.")]
    private static IReadOnlyList<Click> Plan(
        Office office,
        IReadOnlyList<CardCopy> copies,
        IReadOnlyList<Department> departments,
        int wanted
    )
    {
        var random = new Random(Seed);
        var approvers = departments.SelectMany(department => department.Approvers).ToHashSet(StringComparer.Ordinal);
        var requests = copies
            .Where(copy => approvers.Contains(copy.Reader))
            .GroupBy(copy => copy.Request, StringComparer.Ordinal)
            .OrderBy(request => request.Key, StringComparer.Ordinal)
            .Select(request => request.OrderBy(copy => copy.Reader, StringComparer.Ordinal).ToArray())
            .Take(wanted);
        var due = TimeSpan.Zero;
        var clicks = new List<Click>();

        // Those who ask first are in other departments: one after the other, nobody's chat gets several at once.
        foreach (var (number, mine) in requests.Index())
        {
            var decision = number % OneInSoManyIsDenied == 0 ? Decision.Deny : Decision.Approve;
            clicks.Add(office.Press(mine[random.Next(mine.Length)], decision, office.Bots[0], due));
            due += TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / PerSecond);
        }

        return clicks;
    }

    private static async Task ShownAsync(CardWatch watch, int expected)
    {
        var started = Stopwatch.GetTimestamp();

        while (watch.Decided < expected && Stopwatch.GetElapsedTime(started) < LongestShow)
        {
            await Task.Delay(100);
        }
    }

    private static async Task<SteadyOutcome> JudgeAsync(
        Office office,
        IReadOnlyList<CardCopy> copies,
        CardWatch watch,
        IReadOnlyList<Clicked> clicked
    )
    {
        var counted = clicked.Where(it => it.Click.Due >= TimeSpan.FromSeconds(SecondsToWarmUp)).ToList();
        var shown = watch.LastOfEach;
        var requests = await office.State.RequestsAsync();
        var pressed = clicked.ToDictionary(it => it.Click.Request, it => it.Click.Decision, StringComparer.Ordinal);

        return new(
            new(counted.Select(it => it.Took)),
            new(
                counted
                    .Where(it => shown.ContainsKey(it.Click.Request))
                    .Select(it => Stopwatch.GetElapsedTime(it.DueAt, shown[it.Click.Request]))
            )
        )
        {
            Wrong =
            [
                clicked.Count(it => !it.IsCard || it.IsTooLate),
                clicked.Count(it => !shown.ContainsKey(it.Click.Request)),
                requests.Count(request =>
                    office.Portal.MailsTo(request.Email).Count(mail => mail.Kind is MailKind.Invitation)
                    != (pressed.TryGetValue(request.Id, out var decision) && decision is Decision.Approve ? 1 : 0)
                ),
                office.CountStale([.. copies.Where(copy => pressed.ContainsKey(copy.Request))], requests),
            ],
            IsLedgerInOrder = await office.State.IsLedgerInOrderAsync(),
        };
    }
}
