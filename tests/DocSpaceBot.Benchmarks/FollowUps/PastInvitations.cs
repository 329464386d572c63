using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Benchmarks.FollowUps;

/// <summary>Somebody who was asked for.</summary>
internal sealed record PastInvitee(string Email, Guid PortalUser)
{
    public bool HasJoined { get; init; }
}

/// <summary>What somebody asked for in one go.</summary>
/// <param name="Where">The requester's personal chat.</param>
/// <param name="Card">The message that carries the card of the request.</param>
internal sealed record PastRequest(Person Requester, ConversationReference Where, string Card, IReadOnlyList<PastInvitee> People);

/// <summary>
/// Puts into storage what a bot has kept after people were invited, through the bot's own rules and statements: to have each asked for would take as long as
/// what is measured, and be another measurement.
/// </summary>
internal static class PastInvitations
{
    private const int RequestsInAUnit = 200;

    private static readonly TimeSpan Ago = TimeSpan.FromHours(1);

    public static async Task<Database> OpenAsync(StorageProvider provider, string connectionString)
    {
        var database = new Database(
            Options.Create(new StorageOptions { Provider = provider, ConnectionString = connectionString }),
            new WorkSignal()
        );
        await database.PrepareAsync(CancellationToken.None);
        return database;
    }

    public static async Task AddAsync(Database database, IEnumerable<PastRequest> requests, TimeProvider clock)
    {
        var conversations = new ConversationStore(database, clock);
        var people = new PeopleStore(database, clock);

        foreach (var some in requests.Chunk(RequestsInAUnit))
        {
            await database.WriteAsync(
                async unit =>
                {
                    foreach (var past in some)
                    {
                        await conversations.RememberAsync(unit, past.Where);
                        await people.RememberAsync(
                            unit,
                            past.Where.TenantId,
                            new ChannelAccount { AadObjectId = past.Requester.Id, Name = past.Requester.Name },
                            past.Where.ConversationId,
                            "UTC",
                            "en-US"
                        );
                        await AddAsync(unit, past, clock.GetUtcNow() - Ago);
                    }
                },
                CancellationToken.None
            );
        }
    }

    private static async Task AddAsync(Unit unit, PastRequest past, DateTimeOffset at)
    {
        var request = new InviteRequest(RequestId.New(), past.Where.TenantId, past.Requester, past.Where.ConversationId, Reason: null, at)
        {
            People = past.People.Count,
        };
        await InvitationStore.AddAsync(
            unit,
            request,
            [.. past.People.Select((person, row) => new Transition.Moved(Bring(request, row, person, at), []))],
            at
        );
        await KnownDomains.AddAsync(unit, past.People[0].Email);
        await SentCardStore.KeepAsync(
            unit,
            new()
            {
                Subject = request.Id.Value,
                ConversationId = past.Where.ConversationId,
                ActivityId = past.Card,
                Drawn = "as it was when everybody was invited",
                DrawnAt = at,
            }
        );
    }

    private static Invitation Bring(InviteRequest request, int row, PastInvitee person, DateTimeOffset at)
    {
        InvitationEvent[] invited =
        [
            new InvitationEvent.Allow(Rule: null, at, TimeSpan.Zero),
            new InvitationEvent.LookedUp(Standing.Absent, null, at),
            new InvitationEvent.SendBegun(at),
            new InvitationEvent.LookedUp(Standing.Pending, person.PortalUser, at) { Role = DocSpaceRole.User },
        ];
        InvitationEvent[] joined =
        [
            new InvitationEvent.SeenOnPortal(Standing.Active, at, NoticedBy.Webhook) { Role = DocSpaceRole.User, IsConfirmed = true },
            new InvitationEvent.PortalWelcomeMoved(PortalWelcome.KnownRefused),
            new InvitationEvent.WelcomeSettled(TeamsWelcome.Unreachable, at),
        ];
        var asked = new Invitation(InvitationId.New(), request.Id, row, person.Email, DocSpaceRole.User, at);
        return invited
            .Concat(person.HasJoined ? joined : [])
            .Aggregate(
                asked,
                (it, happened) =>
                    InvitationLifecycle.Apply(it, happened) is Transition.Moved { Invitation: var next }
                        ? next with
                        {
                            Version = it.Version + 1,
                        }
                        : throw new InvalidOperationException($"{happened.GetType().Name} cannot happen to what is {it.Status}.")
            );
    }
}
