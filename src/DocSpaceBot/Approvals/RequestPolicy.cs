using DocSpaceBot.Conversations;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Approvals;

/// <summary>What the policy says now about what was asked for before.</summary>
internal sealed class RequestPolicy(CurrentPolicy policy, HomeTenant home)
{
    /// <param name="requester">What Teams has told of whoever asked; null when it is not known.</param>
    public Verdict Decide(InviteRequest request, Invitation it, KnownPerson? requester) =>
        policy.Policy.Decide(
            new PolicyQuestion(AskerOf(request, requester), it.Link is null ? it.Email : null, it.Role)
            {
                Room = it.Room?.Trim(),
                People = request.People,
                IsNewDomain = it.IsNewDomain,
            }
        );

    /// <summary>Whoever asked, as far as rules can tell.</summary>
    public Asker AskerOf(InviteRequest request, KnownPerson? requester) => new(request.Requester.Id, home.AddressOf(requester));
}
