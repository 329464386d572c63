using DocSpace.Api;
using DocSpaceBot.Conversations;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.Links;

/// <summary>
/// Takes a request for a link in: the same policy and the same approvals as for people. A link is one request with one row, which has no address;
/// for the policy it counts as many people as it is for.
/// </summary>
internal sealed class AskForLink(
    CurrentPolicy policy,
    IOptions<ApprovalOptions> approvals,
    IOptions<DocSpaceOptions> docSpace,
    HomeTenant home
)
{
    /// <summary>The same words so soon mean the same link: a message that was delivered twice, a second try.</summary>
    private static readonly TimeSpan SameRequest = TimeSpan.FromMinutes(1);

    /// <summary>Part of the unit of the turn or click that asks.</summary>
    /// <returns>What to say; null when the card says everything.</returns>
    public async Task<string?> AskAsync(Unit unit, AskedBy by, LinkArguments asked)
    {
        var role = asked.Role ?? docSpace.Value.DefaultRole;
        var since = by.Now - SameRequest;

        if (await InvitationStore.FindSameLinkAsync(unit, by.TenantId, by.Requester.Id, role, asked.Terms, since) is { } before)
        {
            return LinkTexts.AskedAlready.With(Words.For(before.Status));
        }

        var requester = await PeopleStore.FindAsync(unit, by.TenantId, by.Requester.Id);
        var asker = new Asker(by.Requester.Id, home.AddressOf(requester));
        var verdict = policy.Policy.Decide(new PolicyQuestion(asker, null, role) { People = asked.Terms.Uses });

        if (WhyNot(asker, verdict) is { } no)
        {
            unit.Record(
                new LedgerEntry(LedgerKind.NotAllowed, by.Now, by.TenantId)
                {
                    Actor = by.Requester,
                    Right = verdict.Rule ?? LedgerRight.Policy,
                    Detail = $"a link as {role}, {no.Code}",
                }
            );
            return no.Text;
        }

        var request = new InviteRequest(RequestId.New(), by.TenantId, by.Requester, by.ConversationId, asked.Reason, by.Now)
        {
            People = asked.Terms.Uses,
            Number = verdict.Answer is PolicyAnswer.Ask ? await InvitationStore.NextNumberAsync(unit) : null,
        };
        var row = new Invitation(InvitationId.New(), request.Id, 0, "", role, by.Now) { Link = asked.Terms };
        InvitationEvent happened =
            verdict.Answer is PolicyAnswer.Ask
                ? new InvitationEvent.Ask(verdict.Rule, verdict.Needed, by.Now + approvals.Value.Deadline)
                : new InvitationEvent.Allow(verdict.Rule, by.Now, approvals.Value.UndoWindow);
        await InvitationStore.AddAsync(unit, request, [(Transition.Moved)InvitationLifecycle.Apply(row, happened)], by.Now);
        return null;
    }

    private static Refusal? WhyNot(Asker asker, Verdict verdict) =>
        verdict switch
        {
            { Answer: PolicyAnswer.Ask } when !ApprovalRights.CanBeEnough(verdict, asker) => Refusal.NoLinkNobodyToAsk,
            { Answer: PolicyAnswer.Deny, Rule: { } rule } => Refusal.PolicyDeniesLink(rule),
            { Answer: PolicyAnswer.Deny } => Refusal.LinkNotAllowed,
            _ => null,
        };
}
