using DocSpace.Api;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Microsoft.Extensions.Options;
using PortalFacts = DocSpaceBot.Storage.PortalFacts;

namespace DocSpaceBot.FollowUps;

/// <summary>
/// Learns who has joined, for all invitations at once. First the portal is only asked how many are pending; when that number and ours are those of
/// the last look, nobody is looked at. Else the pending list is read page by page, and each of ours who is not in it any more is looked up.
/// </summary>
internal sealed partial class Sweep(
    InvitationStore invitations,
    PortalFacts facts,
    PersonLook personLook,
    DocSpaceClient docSpace,
    IOptions<FollowUpOptions> options,
    TimeProvider clock,
    ILogger<Sweep> logger
) : IStep
{
    private const int PageOfInvitations = 500;
    private const int LookUpsAtOnce = 4;

    /// <summary>The number can stay the same while one comes and one goes, so everybody is looked at now and then all the same.</summary>
    private static readonly TimeSpan NumberIsGoodFor = TimeSpan.FromHours(6);

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
        }
        catch (DocSpaceException e)
        {
            Log.NotNow(logger, e.Message);
        }

        return StepOutcome.Again(clock.GetUtcNow() + options.Value.SweepInterval);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var first = await invitations.ListInvitedAsync(null, PageOfInvitations, cancellationToken);

        if (first.Count == 0)
        {
            return;
        }

        await ExpireAsync(first, cancellationToken);

        // The number alone would stay the same when one of ours is invited and joins between two looks.
        var ours = await invitations.DescribeInvitedAsync(cancellationToken);
        var total = (
            await docSpace.GetPeopleAsync(
                new()
                {
                    Status = PersonStatus.Pending,
                    Count = 1,
                    Fields = "id",
                },
                cancellationToken
            )
        ).Total;
        await facts.KeepLastAskedAsync(cancellationToken);
        var state = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{total} of them, ours {ours}");

        if (await facts.FindAsync(PortalFacts.PendingTotal, cancellationToken) == state)
        {
            return;
        }

        var anyCreated = await invitations.IsAnyCreatedBeforeAsync(cancellationToken);
        var waiting = await WaitingAsync(anyCreated, cancellationToken);

        for (var page = first; page.Count > 0; page = await invitations.ListInvitedAsync(page[^1].Id, PageOfInvitations, cancellationToken))
        {
            await Parallel.ForEachAsync(
                page.Where(it => it.PortalUser is { } user && !waiting.Contains(user)),
                new ParallelOptions { MaxDegreeOfParallelism = LookUpsAtOnce, CancellationToken = cancellationToken },
                async (invitation, token) => await LookAtAsync(invitation, token)
            );
        }

        // People who were created and not activated are not in the number of the pending.
        if (!anyCreated)
        {
            await facts.KeepAsync(PortalFacts.PendingTotal, state, NumberIsGoodFor, cancellationToken);
        }
    }

    /// <summary>Everybody whom the portal still waits for.</summary>
    private async Task<HashSet<Guid>> WaitingAsync(bool anyCreated, CancellationToken cancellationToken)
    {
        var waiting = new HashSet<Guid>();
        var pending = new PeopleFilter { Status = PersonStatus.Pending, Fields = PeopleFilter.StatesOnly };

        await foreach (var person in docSpace.GetAllPeopleAsync(pending, cancellationToken))
        {
            waiting.Add(person.Id);
        }

        if (anyCreated)
        {
            var created = new PeopleFilter
            {
                Status = PersonStatus.Active,
                Activation = ActivationStatus.Pending,
                Fields = PeopleFilter.StatesOnly,
            };

            await foreach (var person in docSpace.GetAllPeopleAsync(created, cancellationToken))
            {
                waiting.Add(person.Id);
            }
        }

        return waiting;
    }

    private async Task LookAtAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        var standing = PortalStanding.Of(await personLook.FindAsync(invitation.PortalUser!.Value, cancellationToken));

        if (standing is not (Standing.Pending or Standing.Created))
        {
            await invitations.ApplyAsync(invitation.Id, new InvitationEvent.SeenOnPortal(standing, clock.GetUtcNow()), cancellationToken);
        }
    }

    private async Task ExpireAsync(IReadOnlyList<Invitation> oldest, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - options.Value.ExpireAfter;

        foreach (var invitation in oldest.Where(it => it.InvitedAt < before))
        {
            // A last look: whoever joined in time is not called expired.
            await LookAtAsync(invitation, cancellationToken);
            await invitations.ApplyAsync(invitation.Id, new InvitationEvent.DeadlinePassed(), cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The portal could not be asked who has joined; it is asked again at the next sweep: {Problem}")]
        public static partial void NotNow(ILogger logger, string problem);
    }
}
