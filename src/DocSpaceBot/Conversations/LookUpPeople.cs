using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Conversations;

/// <summary>
/// Learns who is in a conversation, with their addresses, so that somebody who joins DocSpace can be welcomed in Teams. Somebody without an
/// Entra object id cannot be told from others and is left out.
/// </summary>
internal sealed class LookUpPeople(ConversationStore conversations, PeopleStore people, ConnectorClient connector) : IStep
{
    private const int PerPage = 500;

    /// <summary>Large teams are read up to here; the rest is learned as people write to the bot.</summary>
    private const int MostPages = 20;

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (await conversations.FindAsync(step.Subject, cancellationToken) is not { } conversation)
        {
            return StepOutcome.Done;
        }

        string? next = null;

        for (var page = 0; page < MostPages; page++)
        {
            var members = await connector.GetMembersPageAsync(conversation, PerPage, next, cancellationToken);
            await people.KeepAsync(conversation.TenantId, members.Members, cancellationToken);
            next = members.ContinuationToken;

            if (next is null)
            {
                break;
            }
        }

        return StepOutcome.Done;
    }
}
