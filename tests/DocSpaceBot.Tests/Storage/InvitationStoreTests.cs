using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Tryout;

namespace DocSpaceBot.Tests.Storage;

public sealed class InvitationStoreTests
{
    private readonly MovableClock clock = new(An.Instant);

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_kept_comes_back_whole(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var store = new InvitationStore(database, clock);
        var request = An.Request() with { Reason = "audit “2026”" };
        var invitation = An.Invitation() with { Role = DocSpace.Api.DocSpaceRole.RoomAdmin };
        await AddAsync(database, request, invitation);

        await store.ApplyAsync(invitation.Id, new InvitationEvent.LookedUp(Standing.Absent, null, An.Instant.AddSeconds(1)), default);
        await store.ApplyAsync(
            invitation.Id,
            new InvitationEvent.PortalBusy(Cause.PortalLimit, An.Instant.AddHours(1), An.Instant),
            default
        );

        Assert.Equal(request, await store.FindRequestAsync(request.Id, default));
        Assert.Equal(
            invitation with
            {
                Status = InvitationStatus.Approved,
                Version = 2,
                SendFrom = An.Instant,
                Before = Standing.Absent,
                LookedAt = An.Instant.AddSeconds(1),
                Cause = Cause.PortalLimit,
                NextLookAt = An.Instant.AddHours(1),
                WaitingSince = An.Instant,
            },
            Assert.Single(await store.ListAsync(request.Id, default))
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_waits_for_a_mail_does_not_stand_in_the_way_of_others_who_are_overdue(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var store = new InvitationStore(database, clock);
        var mailed = An.Invitation(InvitationStatus.Invited) with
        {
            WaitsSince = An.Instant,
            Wish = Wish.PasswordMail,
            WishState = WishState.Asked,
        };
        var other = An.Invitation(InvitationStatus.Invited) with
        {
            Id = InvitationId.New(),
            Row = 1,
            Email = "dave@example.com",
            WaitsSince = An.Instant.AddMinutes(1),
            Wish = Wish.Resend,
            WishState = WishState.Done,
        };
        await database.WriteAsync(
            unit => InvitationStore.AddAsync(unit, An.Request(), [new(mailed, []), new(other, [])], An.Instant),
            default
        );

        foreach (var unreminded in (bool[])[true, false])
        {
            var overdue = await store.ListWaitingSinceAsync(An.Instant.AddDays(30), unreminded, most: 1, default);

            Assert.Equal(other.Id, Assert.Single(overdue).Id);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Fifty_who_do_the_same_thing_at_once_do_it_once(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var store = new InvitationStore(database, clock);
        var invitation = An.Invitation();
        await AddAsync(database, An.Request(), invitation);

        var all = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => store.ApplyAsync(invitation.Id, new InvitationEvent.Undo(An.Alice), default))
        );

        Assert.Single(all, transition => transition is Transition.Moved);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_address_is_brought_in_by_one_request_at_a_time(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await AddAsync(database, An.Request(), An.Invitation());
        var other = An.Request() with { Id = RequestId.New() };

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            AddAsync(database, other, An.Invitation() with { Id = InvitationId.New(), Request = other.Id })
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_failed_one_is_not_tried_again_while_another_request_brings_the_person_in(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var store = new InvitationStore(database, clock);
        var failed = An.Invitation();
        await AddAsync(database, An.Request(), failed);
        await store.ApplyAsync(failed.Id, new InvitationEvent.PortalRefused(Cause.KeyRejected, An.Instant), default);
        var other = An.Request() with { Id = RequestId.New() };
        await AddAsync(database, other, An.Invitation() with { Id = InvitationId.New(), Request = other.Id });

        Assert.Equal(
            new Transition.Refused(Refusal.UnderWay),
            await store.ApplyAsync(failed.Id, new InvitationEvent.TryAgain(An.Alice), default)
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_change_and_the_work_it_leaves_are_kept_together(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await AddAsync(database, An.Request(), An.Invitation());

        var steps = await new StepQueue(database, clock).TakeAsync(10, TimeSpan.FromSeconds(30), default);

        Assert.Equal([StepKind.SendInvitations, StepKind.ShowCard], steps.Select(step => step.Kind).Order());
        Assert.All(steps, step => Assert.Equal(An.Request().Id.Value, step.Subject));
    }

    private static Task AddAsync(Database database, InviteRequest request, Invitation invitation) =>
        database.WriteAsync(
            unit =>
                InvitationStore.AddAsync(
                    unit,
                    request,
                    [(Transition.Moved)InvitationLifecycle.Apply(invitation, new InvitationEvent.Allow(null, An.Instant, TimeSpan.Zero))],
                    An.Instant
                ),
            default
        );
}
