using DocSpaceBot.Storage;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Conversations;

/// <summary>The personal chat with somebody, opened where there is none yet.</summary>
internal sealed class PersonalChats(
    Database database,
    PeopleStore people,
    ConversationStore conversations,
    ConnectorClient connector,
    TimeProvider clock
)
{
    /// <summary>Null when the person cannot be written to: the bot is not installed there, or they are gone.</summary>
    /// <param name="id">The Entra object id.</param>
    /// <exception cref="ConnectorException">Teams cannot say at the moment.</exception>
    public async Task<ConversationReference?> OpenAsync(string tenantId, string id, CancellationToken cancellationToken)
    {
        var person = await people.FindAsync(tenantId, id, cancellationToken);

        if (person?.ConversationId is { Length: > 0 } known)
        {
            return await conversations.FindAsync(known, cancellationToken);
        }

        if (await conversations.FindAnyAsync(tenantId, cancellationToken) is not { } near)
        {
            return null;
        }

        try
        {
            var created = await connector.CreateConversationAsync(
                near.ServiceUrl,
                NewConversation.With(person?.TeamsId is { Length: > 0 } teamsId ? teamsId : id, tenantId, near.BotId),
                cancellationToken
            );
            var chat = new ConversationReference(created.ServiceUrl ?? near.ServiceUrl, created.Id, "personal", tenantId, near.BotId)
            {
                BotName = near.BotName,
            };
            await KeepAsync(chat, person, id, cancellationToken);
            return chat;
        }
        catch (ConnectorException e) when (e.Fault is ConnectorFault.Unreachable or ConnectorFault.NotFound or ConnectorFault.Invalid)
        {
            return null;
        }
    }

    private async Task KeepAsync(ConversationReference chat, KnownPerson? person, string id, CancellationToken cancellationToken)
    {
        // Cards name people by the id that Teams has for them.
        var member = person?.TeamsId is null ? await connector.GetMemberAsync(chat, id, cancellationToken) : null;

        await database.WriteAsync(
            async unit =>
            {
                if (member is { AadObjectId: not null })
                {
                    await PeopleStore.KeepAsync(unit, chat.TenantId, member, clock.GetUtcNow());
                }

                await conversations.RememberAsync(unit, chat);
                await people.RememberAsync(
                    unit,
                    chat.TenantId,
                    new ChannelAccount
                    {
                        Id = member?.Id ?? person?.TeamsId ?? "",
                        AadObjectId = id,
                        Name = member?.Name ?? person?.Name,
                    },
                    chat.ConversationId,
                    timeZone: null,
                    locale: null
                );
            },
            cancellationToken
        );
    }
}
