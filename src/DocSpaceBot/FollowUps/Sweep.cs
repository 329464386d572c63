using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Microsoft.Extensions.Options;
using PortalFacts = DocSpaceBot.Storage.PortalFacts;

namespace DocSpaceBot.FollowUps;

/// <summary>
/// Learns who has joined, for all invitations at once. First the portal is only asked how many are pending; when that number and ours are those of
/// the last look, nobody is looked at. Else the pending list is read page by page, and each of ours who is not in it any more is looked up; whom a page
/// has missed because the list moved is looked up too, and found waiting. Then it is seen to those who have waited too long.
/// </summary>
internal sealed partial class Sweep(
    InvitationStore invitations,
    PortalFacts facts,
    PersonLook personLook,
    Overdue overdue,
    DocSpaceClient docSpace,
    IOptions<FollowUpOptions> options,
    TimeProvider clock,
    ILogger<Sweep> logger
) : IStep
{
    private const int PageOfInvitations = 500;
    private const int LookUpsAtOnce = 4;

    /// <summary>The number can stay the same while one comes and one goes, so everybody is looked at now and then all the same: four times a day.</summary>
    private static readonly TimeSpan NumberIsGoodFor = TimeSpan.FromHours(6);

    /// <summary>Who confirms the address later than this is not waited for, and not more of them than this at a time.</summary>
    private static readonly TimeSpan ConfirmationIsAwaited = TimeSpan.FromDays(30);
    private const int MostUnconfirmed = 100;

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

        await LookAtUnconfirmedAsync(cancellationToken);

        if (first.Count == 0)
        {
            return;
        }

        // The number alone would stay the same when one of ours is invited and joins between two looks.
        var ours = await invitations.DescribeInvitedAsync(cancellationToken);
        var whoWaits = await WhoWaitsAsync(cancellationToken);
        var total = (await docSpace.GetPeopleAsync(whoWaits with { Count = 1, Fields = "id" }, cancellationToken)).Total;
        await facts.KeepLastAskedAsync(cancellationToken);
        var state = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{total} of them, ours {ours}");

        if (await facts.FindAsync(PortalFacts.PendingTotal, cancellationToken) != state)
        {
            await LookAtAllAsync(first, whoWaits, cancellationToken);
            await facts.KeepAsync(PortalFacts.PendingTotal, state, NumberIsGoodFor, cancellationToken);
        }

        await overdue.SeeToAsync(cancellationToken);
    }

    /// <summary>
    /// The pending, as a rule. People who were created and have not taken the account into use are not among them, but have their activation before them too.
    /// </summary>
    private async Task<PeopleFilter> WhoWaitsAsync(CancellationToken cancellationToken) =>
        await invitations.IsAnyCreatedAsync(cancellationToken)
            ? new() { OfEveryStatus = true, Activation = ActivationStatus.Pending }
            : new() { Status = PersonStatus.Pending };

    private async Task LookAtAllAsync(IReadOnlyList<Invitation> first, PeopleFilter whoWaits, CancellationToken cancellationToken)
    {
        var waiting = new HashSet<Guid>();

        await foreach (var person in docSpace.GetAllPeopleAsync(whoWaits with { Fields = PeopleFilter.StatesOnly }, cancellationToken))
        {
            if (person.Status is not PersonStatus.Terminated)
            {
                waiting.Add(person.Id);
            }
        }

        for (var page = first; page.Count > 0; page = await invitations.ListInvitedAsync(page[^1].Id, PageOfInvitations, cancellationToken))
        {
            await LookAtAsync(page.Where(it => it.PortalUser is { } user && !waiting.Contains(user)), cancellationToken);
        }
    }

    /// <summary>DocSpace tells of a confirmed address by a webhook; this is for where it does not.</summary>
    private async Task LookAtUnconfirmedAsync(CancellationToken cancellationToken)
    {
        if (await facts.FindAsync(PortalFacts.UnconfirmedLooked, cancellationToken) is not null)
        {
            return;
        }

        await LookAtAsync(
            await invitations.ListUnconfirmedAsync(clock.GetUtcNow() - ConfirmationIsAwaited, MostUnconfirmed, cancellationToken),
            cancellationToken
        );
        await facts.KeepAsync(PortalFacts.UnconfirmedLooked, "", NumberIsGoodFor, cancellationToken);
    }

    private Task LookAtAsync(IEnumerable<Invitation> all, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            all,
            new ParallelOptions { MaxDegreeOfParallelism = LookUpsAtOnce, CancellationToken = cancellationToken },
            async (invitation, token) =>
            {
                if (await personLook.SeeAsync(invitation.PortalUser!.Value, NoticedBy.Sweep, token) is { } seen)
                {
                    await invitations.ApplyAsync(invitation.Id, seen, token);
                }
            }
        );

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The portal could not be asked who has joined; it is asked again at the next sweep: {Problem}")]
        public static partial void NotNow(ILogger logger, string problem);
    }
}
