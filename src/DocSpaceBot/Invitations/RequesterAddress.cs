using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Invitations;

/// <summary>Learns the address of whoever asks, where a rule of the policy is about that and it is not known yet.</summary>
internal sealed class RequesterAddress(CurrentPolicy policy, PeopleStore people, ConnectorClient connector)
{
    /// <param name="where">A conversation that the person is in.</param>
    public async Task LearnAsync(ConversationReference where, Person requester, CancellationToken cancellationToken)
    {
        if (
            !policy.AsksForRequester
            || requester.Id.Length == 0
            || await people.FindAsync(where.TenantId, requester.Id, cancellationToken) is { Email.Length: > 0 }
        )
        {
            return;
        }

        try
        {
            if (await connector.GetMemberAsync(where, requester.Id, cancellationToken) is { } member)
            {
                await people.KeepAsync(where.TenantId, [member], cancellationToken);
            }
        }
        catch (ConnectorException)
        {
            // The address stays unknown, which counts against the request.
        }
    }
}
