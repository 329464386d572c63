using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Conversations;

/// <summary>Learns the address of somebody who talks with the bot, where it is not known yet.</summary>
internal sealed class MemberAddress(PeopleStore people, ConnectorClient connector)
{
    /// <param name="where">A conversation that the person is in.</param>
    public async Task LearnAsync(ConversationReference where, Person person, CancellationToken cancellationToken)
    {
        if (person.Id.Length == 0 || await people.FindAsync(where.TenantId, person.Id, cancellationToken) is { Email.Length: > 0 })
        {
            return;
        }

        try
        {
            if (await connector.GetMemberAsync(where, person.Id, cancellationToken) is { } member)
            {
                await people.KeepAsync(where.TenantId, [member], cancellationToken);
            }
        }
        catch (ConnectorException)
        {
            // The address stays unknown, which counts against whoever asks.
        }
    }
}
