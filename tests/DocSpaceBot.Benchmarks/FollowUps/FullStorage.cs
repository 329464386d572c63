using System.Diagnostics;
using System.Globalization;
using Dapper;
using DocSpaceBot.Benchmarks.Approvals;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Overview;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Benchmarks.FollowUps;

/// <summary>How long one question takes.</summary>
internal sealed record StorageTiming(string What, Timings Took);

/// <summary>Asks what commands ask, and the worker, when a hundred thousand invitations and steps are kept.</summary>
internal sealed class FullStorage : IAsyncDisposable
{
    public const int Invitations = 100_000;
    public const int Own = 1_000;
    public const int Steps = 100_000;
    public const int DueSteps = 100;

    private const int InAList = 100;
    private const int OneInSoManyWaits = 4;
    private const int Runs = 200;
    private const int RunsToWarmUp = 20;

    /// <summary>As many as the worker does at a time.</summary>
    private const int StepsAtOnce = 32;

    private const string TenantId = "c0a705a0-1000-4000-8000-000000000001";

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly Person Somebody = new("5b0715ac-0000-4000-8000-00000000a11c", "Alice Anders");

    private readonly TimeProvider clock = TimeProvider.System;
    private readonly Database database;
    private readonly StepQueue queue;
    private readonly OverviewLists lists;
    private readonly List<StorageTiming> timings = [];

    private FullStorage(Database database)
    {
        this.database = database;
        (queue, lists) = (new(database, clock), new(clock));
    }

    /// <param name="provider">Where it is kept.</param>
    /// <param name="connectionString">An empty database.</param>
    public static async Task<IReadOnlyList<StorageTiming>> MeasureAsync(StorageProvider provider, string connectionString)
    {
        await using var storage = new FullStorage(await PastInvitations.OpenAsync(provider, connectionString));
        await storage.FillAsync();
        await storage.AskAsync();
        return storage.timings;
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private async Task FillAsync()
    {
        await PastInvitations.AddAsync(database, OwnRequests().Concat(Lists()), clock);
        await database.WriteAsync(AddStepsAsync, CancellationToken.None);

        if (database.IsPostgres)
        {
            // A server does so by itself after a while.
            await database.ReadAsync(
                db => db.ExecuteAsync("vacuum (analyze) requests, invitations, sent_cards, steps"),
                CancellationToken.None
            );
        }
    }

    private async Task AskAsync()
    {
        var reader = new Reader(TenantId, Somebody, ChatOf(0), IsPersonal: true);
        await TimeAsync("/status", unit => CountAsync(unit, reader.Own));
        await TimeAsync("/status of an operator, of everybody", unit => CountAsync(unit, reader.Everybodys));
        await TimeAsync("/status ADDRESS", unit => FindAsync(unit, reader, EmailOf(Own / 2)));
        await TimeAsync("/mine", unit => lists.DrawAsync(unit, reader, ListKind.Mine, 0));
        await TimeAsync("/pending", unit => lists.DrawAsync(unit, reader, ListKind.Pending, 0));
        await TimeAsync("/pending all", unit => lists.DrawAsync(unit, reader, ListKind.All, 0));
        await TimeAsync(
            "the worker takes steps",
            () => queue.TakeAsync(StepsAtOnce, Lease, CancellationToken.None),
            async taken =>
            {
                foreach (var step in taken)
                {
                    await queue.PostponeAsync(step, clock.GetUtcNow() - Lease, countsAsFailure: false, CancellationToken.None);
                }
            }
        );
    }

    private Task TimeAsync<T>(string what, Func<Unit, Task<T>> ask) =>
        TimeAsync(what, () => database.WriteAsync(ask, CancellationToken.None), _ => Task.CompletedTask);

    private async Task TimeAsync<T>(string what, Func<Task<T>> ask, Func<T, Task> afterwards)
    {
        var took = new List<TimeSpan>();

        for (var run = 0; run < RunsToWarmUp + Runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await ask();
            took.Add(Stopwatch.GetElapsedTime(started));
            await afterwards(answer);
        }

        timings.Add(new(what, new(took.Skip(RunsToWarmUp))));
    }

    private async Task<int> CountAsync(Unit unit, OverviewScope scope)
    {
        var now = clock.GetUtcNow();
        var open = await InvitationStore.CountOpenAsync(unit, scope);
        var links = await InvitationStore.CountOpenLinksAsync(unit, scope, now);
        var ended = await InvitationStore.CountEndedAsync(unit, scope, now - StatusCommand.Lately);
        return open.Counts.Count + ended.Counts.Count + links;
    }

    private static async Task<int> FindAsync(Unit unit, Reader reader, string email)
    {
        var found = await InvitationStore.FindNewestAsync(unit, reader.Own, email);
        var drafts = await OverviewLists.UnconfirmedAsync(unit, reader);
        var cards = await SentCardStore.ListStandingAsync(unit, [found!.Value.Request.Id]);
        return drafts.Count + cards.Count;
    }

    /// <summary>Of one person, each for somebody else.</summary>
    private static IEnumerable<PastRequest> OwnRequests() => Enumerable.Range(0, Own).Select(number => RequestOf(Somebody, 0, number, 1));

    /// <summary>Of many others.</summary>
    private static IEnumerable<PastRequest> Lists() =>
        Enumerable
            .Range(0, (Invitations - Own) / InAList)
            .Select(number => RequestOf(new(Guid.NewGuid().ToString(), "Bob Brandt"), number + 1, Own + (number * InAList), InAList));

    private static PastRequest RequestOf(Person requester, int chat, int first, int people) =>
        new(
            requester,
            new ConversationReference("https://smba.example/emea/", ChatOf(chat), "personal", TenantId, "28:bot"),
            string.Create(CultureInfo.InvariantCulture, $"17{first:D11}"),
            [
                .. Enumerable
                    .Range(first, people)
                    .Select(number => new PastInvitee(EmailOf(number), Guid.NewGuid()) { HasJoined = number % OneInSoManyWaits != 0 }),
            ]
        );

    private Task<int> AddStepsAsync(Unit unit) =>
        unit.ExecuteAsync(
            """
            with recursive n (i) as (select cast(1 as bigint) union all select i + 1 from n where i < @Steps)
            insert into steps (kind, subject, due_at, attempts, revision, leased_until)
            select @kind, 's' || i, case when i <= @DueSteps then @now - 1000 else @now + 3600000 + i end, 0, 1, 0 from n
            """,
            new
            {
                kind = StepKind.ShowCard,
                Steps,
                DueSteps,
                now = clock.GetUtcNow(),
            }
        );

    private static string ChatOf(int number) => string.Create(CultureInfo.InvariantCulture, $"a:chat{number}");

    private static string EmailOf(int number) => string.Create(CultureInfo.InvariantCulture, $"p{number:D6}@storage.example");
}
