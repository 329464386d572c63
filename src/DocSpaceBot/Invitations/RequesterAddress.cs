using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Invitations;

/// <summary>Learns the address of whoever asks, where a rule of the policy is about that and it is not known yet.</summary>
internal sealed class RequesterAddress(
    IOptions<PolicyOptions> policy,
    PeopleStore people,
    ConversationStore conversations,
    ConnectorClient connector
)
{
    public async Task LearnAsync(string tenantId, Person requester, string conversationId, CancellationToken cancellationToken)
    {
        if (
            !policy.Value.AsksForRequester
            || await people.FindAsync(tenantId, requester.Id, cancellationToken) is { Email.Length: > 0 }
            || await conversations.FindAsync(conversationId, cancellationToken) is not { } where
        )
        {
            return;
        }

        try
        {
            if (await connector.GetMemberAsync(where, requester.Id, cancellationToken) is { } member)
            {
                await people.KeepAsync(tenantId, [member], cancellationToken);
            }
        }
        catch (ConnectorException)
        {
            // The address stays unknown, which counts against the request.
        }
    }
}
