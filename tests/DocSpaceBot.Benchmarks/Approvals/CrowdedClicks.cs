using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Benchmarks.Approvals;

/// <summary>What came of a few who decided about everything at once, with two bots on one PostgreSQL.</summary>
/// <param name="Safety">How the server keeps what it says it has kept.</param>
internal sealed record CrowdedOutcome(string Safety)
{
    public int Requests { get; init; }

    public int Presses { get; init; }

    /// <summary>Presses that were told that others had been faster.</summary>
    public int TooLate { get; init; }

    public int Invited { get; init; }

    public int Denied { get; init; }

    public int Copies { get; init; }

    /// <summary>
    /// Presses not answered with a card; requests that were decided never, or more than once, or that stand anywhere but at an end; addresses with a wrong
    /// number of mails; cards that are stale in the end.
    /// </summary>
    public IReadOnlyList<int> Wrong { get; init; } = [];

    public bool IsLedgerInOrder { get; init; }

    public TimeSpan AllAnswered { get; init; }

    public TimeSpan AllInvited { get; init; }

    /// <summary>Until the last copy of the last card said what was decided; null when one never did.</summary>
    public TimeSpan? AllShown { get; init; }
}

/// <summary>Eight people press on every card of two hundred requests, all at the same time and half of them at each of two bots.</summary>
internal static class CrowdedClicks
{
    public const int Requests = 200;
    public const int Approvers = 8;
    public const int Needed = 2;
    public const int Bots = 2;

    private const int Requesters = 25;
    private const int OneInSoManyIsContested = 4;
    private const int Connections = 32;
    private const int Seed = 20260302;

    /// <summary>The bot's own, and a moment more.</summary>
    private static readonly TimeSpan UndoWindow = TimeSpan.FromSeconds(11);

    public static async Task<CrowdedOutcome> MeasureAsync(Postgres postgres, Action<string> say)
    {
        var departments = Department.Make(1, Requesters, Approvers, Needed);
        await using var office = await Office.StartAsync(departments, new TeamsSetup { RateLimits = true }, postgres, Bots);
        await office.MoveInAsync(isWatching: true);
        var copies = await office.AskAsync(Requests / Requesters);
        say($"{Requests} requests wait, each with {Approvers} approvers of whom {Needed} have to agree");

        var clicks = Plan(office, copies, departments[0]);
        var watch = new CardWatch(office.Teams, copies);
        var (started, startedAt) = (Stopwatch.GetTimestamp(), TimeProvider.System.GetUtcNow());
        var clicked = await ClickRush.RunAsync(clicks, Connections);
        var answered = Stopwatch.GetElapsedTime(started);

        // What is approved goes out when it can no longer be taken back.
        await Task.Delay(UndoWindow);
        await office.RestAsync();
        await office.Teams.IdleAsync();
        var requests = await office.State.RequestsAsync();
        var shown = watch.LastOfEach;

        return new(postgres.Safety)
        {
            Requests = requests.Count,
            Presses = clicked.Count,
            TooLate = clicked.Count(it => it.IsTooLate),
            Invited = requests.Count(request => request.Status == "Invited"),
            Denied = requests.Count(request => request.Status == "Denied"),
            Copies = copies.Count,
            Wrong =
            [
                clicked.Count(it => !it.IsCard),
                requests.Count(request => request.Outcomes != 1 || request.Status is not ("Invited" or "Denied")),
                requests.Count(request =>
                    office.Portal.MailsTo(request.Email).Count(mail => mail.Kind is MailKind.Invitation)
                    != (request.Status == "Invited" ? 1 : 0)
                ),
                office.CountStale(copies, requests),
            ],
            IsLedgerInOrder = await office.State.IsLedgerInOrderAsync(),
            AllAnswered = answered,
            AllInvited =
                DateTimeOffset.FromUnixTimeMilliseconds(await office.State.AskAsync<long>("select max(invited_at) from invitations"))
                - startedAt,
            AllShown = shown.Count == requests.Count ? Stopwatch.GetElapsedTime(started, shown.Values.Max()) : null,
        };
    }

    /// <summary>Every approver on every card, in any order. About some requests they are not of one mind.</summary>
    [SuppressMessage("Security", "S2245", Justification = "The same order in every run; nothing is kept secret by it.")]
    private static IReadOnlyList<Click> Plan(Office office, IReadOnlyList<CardCopy> copies, Department department)
    {
        var random = new Random(Seed);
        var contested = copies
            .Select(copy => copy.Request)
            .Distinct(StringComparer.Ordinal)
            .Index()
            .Where(it => it.Index % OneInSoManyIsContested == 0)
            .Select(it => it.Item)
            .ToHashSet(StringComparer.Ordinal);
        var all = copies.Where(copy => department.Approvers.Contains(copy.Reader, StringComparer.Ordinal)).ToArray();
        random.Shuffle(all);

        return
        [
            .. all.Index()
                .Select(it =>
                    office.Press(
                        it.Item,
                        contested.Contains(it.Item.Request) && random.Next(2) == 0 ? Decision.Deny : Decision.Approve,
                        office.Bots[it.Index % office.Bots.Count],
                        TimeSpan.Zero
                    )
                ),
        ];
    }
}
