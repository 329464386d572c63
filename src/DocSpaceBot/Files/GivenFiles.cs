using System.Globalization;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Files;

/// <summary>Finds the kind of a file, and the personal chat in which it is handed over.</summary>
internal sealed class GivenFiles(IServiceProvider services, PeopleStore people, ConversationStore conversations)
{
    /// <summary>The key of the kind whose ids name none.</summary>
    public const string OfRequest = "";

    public IGivenFile? KindOf(string id) =>
        services.GetKeyedService<IGivenFile>(id.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? id[..colon] : OfRequest);

    public Task<CultureInfo> LanguageOfAsync(FileOwner owner, CancellationToken cancellationToken) =>
        people.LanguageAsync(owner.TenantId, owner.Person.Id, cancellationToken);

    /// <summary>The personal chat with the owner, wherever it was asked. Null where the bot does not know it: others are not shown the file.</summary>
    public async Task<ConversationReference?> ChatOfAsync(FileOwner owner, CancellationToken cancellationToken)
    {
        if (
            owner.ConversationId is { } where
            && await conversations.FindAsync(where, cancellationToken) is { ConversationType: "personal" } asked
        )
        {
            return asked;
        }

        return
            await people.FindAsync(owner.TenantId, owner.Person.Id, cancellationToken) is { ConversationId: { } chat }
            && await conversations.FindAsync(chat, cancellationToken) is { ConversationType: "personal" } personal
            ? personal
            : null;
    }
}
