using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Links;

/// <summary>The links that are open, as one person may see them.</summary>
/// <param name="IsEverybodys">For operators; else only their own.</param>
internal sealed record LinkList(IReadOnlyList<(SharedLink Link, int Shares)> Rows, bool IsEverybodys);

internal sealed class LinkLists(Database database, Operators operators, TimeProvider clock)
{
    public async Task<LinkList> ReadAsync(
        Unit unit,
        string tenantId,
        Person reader,
        bool isPrivate,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var isOperator = isPrivate && await operators.IsOneAsync(tenantId, reader, cancellationToken);
        var rows = new List<(SharedLink, int)>();

        foreach (var link in await LinkStore.ListOpenAsync(unit, tenantId, isOperator ? null : reader.Id, now))
        {
            rows.Add((link, (await LinkStore.ListSharesAsync(unit, link.Id)).Count));
        }

        return new(rows, isOperator);
    }

    /// <summary>The list as it is after a button on it was pressed, for whoever pressed.</summary>
    public Task<InvokeAnswer> AnswerAsync(CardClick click, string? notice, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async unit =>
            {
                var now = clock.GetUtcNow();
                var all = await ReadAsync(unit, click.TenantId, click.By, isPrivate: true, now, cancellationToken);
                return InvokeAnswer.Card(LinkListCard.For(all, now, null, notice));
            },
            cancellationToken
        );
}
