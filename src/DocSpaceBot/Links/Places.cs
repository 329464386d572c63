using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Links;

/// <summary>Where somebody can share a link: the channels and group chats that both the bot and they are in.</summary>
internal sealed class Places(ConversationStore conversations, ConnectorClient connector, TimeProvider clock)
{
    /// <summary>So many are looked into; whoever wants to share elsewhere asks there.</summary>
    private const int Most = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The newest first. Names of conversations that the person is not in are not told.</summary>
    public async Task<IReadOnlyList<(string Id, string Name)>> ListAsync(
        string tenantId,
        Person person,
        CancellationToken cancellationToken
    )
    {
        var known = await conversations.ListSharedAsync(tenantId, Most, cancellationToken);
        using var enough = new CancellationTokenSource(Patience, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough.Token);
        var isIn = await Task.WhenAll(known.Select(it => IsInAsync(it.Reference, person, patience.Token)));
        return [.. known.Where((_, i) => isIn[i]).Select(it => (it.Reference.ConversationId, it.Name ?? NameOf(it.Reference)))];
    }

    /// <summary>Null when the bot cannot write there, or whoever pressed is not in it.</summary>
    public async Task<ConversationReference?> FindAsync(string conversationId, CardClick click, CancellationToken cancellationToken) =>
        (
            await conversations.FindAsync(conversationId, cancellationToken)
            ?? (click.Where?.ConversationId == conversationId ? click.Where : null)
        )
            is { ConversationType: not "personal" } there
        && there.TenantId == click.TenantId
        && await IsInAsync(there with { ConversationId = ConversationReference.RootOf(conversationId) }, click.By, cancellationToken)
            ? there
            : null;

    private async Task<bool> IsInAsync(ConversationReference there, Person person, CancellationToken cancellationToken)
    {
        try
        {
            return await connector.GetMemberAsync(there, person.Id, cancellationToken) is not null;
        }
        catch (Exception e) when (e is ConnectorException or OperationCanceledException)
        {
            return false;
        }
    }

    private static string NameOf(ConversationReference there) =>
        there.ConversationType == "channel" ? LinkTexts.AChannel : LinkTexts.AGroupChat;
}
