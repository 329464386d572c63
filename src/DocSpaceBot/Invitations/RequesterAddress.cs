using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Invitations;

/// <summary>Learns the address of whoever asks, where a rule of the policy is about that and it is not known yet.</summary>
internal sealed class RequesterAddress(CurrentPolicy policy, MemberAddress addresses)
{
    /// <param name="where">A conversation that the person is in.</param>
    public Task LearnAsync(ConversationReference where, Person requester, CancellationToken cancellationToken) =>
        policy.AsksForRequester ? addresses.LearnAsync(where, requester, cancellationToken) : Task.CompletedTask;
}
