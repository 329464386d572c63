using DocSpaceBot.Conversations;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Approvals;

internal enum Choice
{
    Approve,
    Deny,
}

/// <summary>What has come of a decision.</summary>
/// <param name="Invitations">Those that it was about, as they are now.</param>
/// <param name="Why">Why nothing was changed; null when something was, or when it had been decided just so by the same person.</param>
internal sealed record Decided(IReadOnlyList<Invitation> Invitations, string? Why);

/// <summary>
/// Somebody decides about a request or about some of its people, by a button or typed. Their right is looked up in the policy and in storage as
/// they are at this moment; the table decides about each invitation, so that of two who decide at once one is too late.
/// </summary>
internal sealed class DecideRequest(
    Database database,
    RequestPolicy policy,
    HomeTenant home,
    IOptions<ApprovalOptions> options,
    InvitationStore invitations,
    TimeProvider clock
)
{
    public const int LongestReason = 500;

    public async Task<Decided> DecideAsync(
        Unit unit,
        InviteRequest request,
        Func<Invitation, bool> isMeant,
        Person by,
        string place,
        Choice choice,
        string? reason
    )
    {
        var words = Short(reason);

        if (choice is Choice.Deny && words.Length > 0)
        {
            await TakeBackAsync(unit, request, isMeant, by);
        }

        var all = await InvitationStore.ListAsync(unit, request.Id, forChange: true);
        var meant = all.Where(isMeant).ToList();
        var waiting = meant.Where(it => it.Status is InvitationStatus.PendingApproval).ToList();

        if (by.Id == request.Requester.Id)
        {
            return new(meant, Refusal.OwnRequest.Text);
        }

        var rights = await RightsAsync(unit, request, by, place);

        if (waiting.Count == 0)
        {
            return new(meant, AlreadyDecided(request, meant, by, choice));
        }

        if (choice is Choice.Deny && words.Length == 0)
        {
            return new(meant, Refusal.NeedsReason.Text);
        }

        var moved = new Dictionary<InvitationId, Invitation>();
        string? why = null;

        foreach (var it in waiting)
        {
            var verdict = policy.Decide(request, it, rights.Requester);
            var right = ApprovalRights.RightOf(verdict, rights.By, rights.Manager);

            if (right is null)
            {
                why = (verdict.Answer is PolicyAnswer.Deny ? Refusal.RulesChanged : Refusal.NotAnApprover).Text;
                continue;
            }

            InvitationEvent happened =
                choice is Choice.Deny
                    ? new InvitationEvent.Deny(by, request.Requester, right, words, clock.GetUtcNow())
                    : new InvitationEvent.Approve(
                        by,
                        request.Requester,
                        right,
                        verdict.Needed,
                        await StillEntitledAsync(unit, request, it, verdict, rights.Manager),
                        clock.GetUtcNow(),
                        options.Value.UndoWindow
                    );

            switch (await invitations.ApplyAsync(unit, it.Id, happened))
            {
                case Transition.Moved now:
                    moved[it.Id] = now.Invitation;
                    break;
                case Transition.Refused refused:
                    why = refused.Why.Text;
                    break;
            }
        }

        return new([.. meant.Select(it => moved.GetValueOrDefault(it.Id, it))], moved.Count > 0 ? null : why);
    }

    /// <summary>What a person may do with a request, for drawing their buttons.</summary>
    public async Task<IReadOnlyList<Invitation>> ListDecidableAsync(
        Unit unit,
        InviteRequest request,
        IReadOnlyList<Invitation> all,
        Person by,
        string place
    )
    {
        if (by.Id == request.Requester.Id || !all.Any(it => it.Status is InvitationStatus.PendingApproval))
        {
            return [];
        }

        var rights = await RightsAsync(unit, request, by, place);

        return
        [
            .. all.Where(it =>
                it.Status is InvitationStatus.PendingApproval
                && ApprovalRights.RightOf(policy.Decide(request, it, rights.Requester), rights.By, rights.Manager) is not null
            ),
        ];
    }

    /// <summary>Those that the rules let pass as they are now, or that enough of those have said yes to who may still decide.</summary>
    public Task<IReadOnlyList<Invitation>> ListAgreedAsync(
        InviteRequest request,
        IReadOnlyList<Invitation> all,
        CancellationToken cancellationToken
    ) => database.WriteAsync(unit => ListAgreedAsync(unit, request, all), cancellationToken);

    /// <inheritdoc cref="ListAgreedAsync(InviteRequest, IReadOnlyList{Invitation}, CancellationToken)"/>
    public async Task<IReadOnlyList<Invitation>> ListAgreedAsync(Unit unit, InviteRequest request, IReadOnlyList<Invitation> all)
    {
        var requester = await PeopleStore.FindAsync(unit, request.TenantId, request.Requester.Id);
        var manager = await ManagerStore.FindAsync(unit, request.TenantId, request.Requester.Id);
        var agreed = new List<Invitation>();

        foreach (var it in all)
        {
            var verdict = policy.Decide(request, it, requester);

            if (
                verdict.Answer is PolicyAnswer.Allow
                || (
                    verdict.Answer is PolicyAnswer.Ask
                    && (await StillEntitledAsync(unit, request, it, verdict, manager?.ManagerId)).Count >= verdict.Needed
                )
            )
            {
                agreed.Add(it);
            }
        }

        return agreed;
    }

    /// <summary>Whoever approved by mistake may deny as long as nothing has left.</summary>
    private async Task TakeBackAsync(Unit unit, InviteRequest request, Func<Invitation, bool> isMeant, Person by)
    {
        var now = clock.GetUtcNow();

        foreach (
            var it in (await InvitationStore.ListAsync(unit, request.Id, forChange: true))
                .Where(isMeant)
                .Where(it => it.Status is InvitationStatus.Approved && it.IsApprovedBy(by))
        )
        {
            await invitations.ApplyAsync(unit, it.Id, new InvitationEvent.TakeBackApproval(by, now));
        }
    }

    private async Task<Rights> RightsAsync(Unit unit, InviteRequest request, Person by, string place)
    {
        var known = await PeopleStore.FindAsync(unit, request.TenantId, by.Id);
        var requester = await PeopleStore.FindAsync(unit, request.TenantId, request.Requester.Id);
        var manager = await ManagerStore.FindAsync(unit, request.TenantId, request.Requester.Id);
        return new(new(by, home.AddressesOf(known), place), requester, manager?.ManagerId);
    }

    private async Task<IReadOnlyList<string>> StillEntitledAsync(
        Unit unit,
        InviteRequest request,
        Invitation it,
        Verdict verdict,
        string? manager
    )
    {
        var entitled = new List<string>();

        foreach (var vote in it.Votes)
        {
            var known = await PeopleStore.FindAsync(unit, request.TenantId, vote.By.Id);

            if (ApprovalRights.StillCounts(verdict, vote, new(vote.By, home.AddressesOf(known), ""), manager))
            {
                entitled.Add(vote.By.Id);
            }
        }

        return entitled;
    }

    /// <summary>Null for whoever has decided just that: a click that came twice is no news to them.</summary>
    private static string? AlreadyDecided(InviteRequest request, IReadOnlyList<Invitation> meant, Person by, Choice choice) =>
        meant.Count > 0 && meant.All(it => choice is Choice.Approve ? it.IsApprovedBy(by) && !it.CameToNothing : it.Denial?.By.Id == by.Id)
            ? null
            : string.Join(' ', meant.Select(it => DecisionWords.Outcome(request, it)).Distinct(StringComparer.Ordinal).Take(3));

    /// <summary>Texts of people are cut, but not between the halves of a letter.</summary>
    private static string Short(string? reason)
    {
        var text = CardText.OneLine(reason);
        return text.Length <= LongestReason ? text
            : char.IsHighSurrogate(text[LongestReason - 1]) ? text[..(LongestReason - 1)]
            : text[..LongestReason];
    }

    private sealed record Rights(Decider By, KnownPerson? Requester, string? Manager);
}
