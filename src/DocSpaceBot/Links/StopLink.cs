using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Links;

/// <summary>The Stop button: from this moment nobody gets the link, and DocSpace is asked to revoke it.</summary>
internal sealed class StopLink(LinkChange change) : ICardAction
{
    public const string Verb = SharedVerbs.StopLink;

    public Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken) =>
        change.ApplyAsync(
            click,
            LedgerKind.LinkStopped,
            (link, now) => link.StoppedAt is null ? link with { StoppedAt = now, StoppedBy = click.By } : null,
            cancellationToken
        );
}

/// <summary>The New link button: the link is replaced, as far as DocSpace can the old one is revoked, and everybody who has a card gets the new one.</summary>
internal sealed class RenewLink(LinkChange change) : ICardAction
{
    public const string Verb = SharedVerbs.RenewLink;

    /// <summary>A second click means the same.</summary>
    private static readonly TimeSpan SameWish = TimeSpan.FromMinutes(1);

    public Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken) =>
        change.ApplyAsync(
            click,
            told: null,
            (link, now) =>
                link.IsGoodAt(now) && link.RenewAskedAt is null && (link.RenewedAt is not { } last || now - last >= SameWish)
                    ? link with
                    {
                        RenewAskedAt = now,
                        Cause = null,
                    }
                    : null,
            cancellationToken
        );
}

/// <summary>What whoever owns a link, and operators, can do with it from its cards.</summary>
internal sealed class LinkChange(Database database, LinkStore links, LinkCards cards, LinkLists lists, TimeProvider clock)
{
    /// <param name="told">Null where what comes of it is told in the ledger later.</param>
    /// <param name="change">Null when nothing is to be changed, because it has been done before.</param>
    public async Task<InvokeAnswer> ApplyAsync(
        CardClick click,
        LedgerKind? told,
        Func<SharedLink, DateTimeOffset, SharedLink?> change,
        CancellationToken cancellationToken
    )
    {
        if (await links.FindAsync(click.Request, cancellationToken) is not { } known || known.TenantId != click.TenantId)
        {
            return LinkCards.Unknown;
        }

        if (!await cards.MayStopAsync(known, click.By, click.TenantId, cancellationToken))
        {
            return await AnswerAsync(click, Refusal.NotYourLink.Text, cancellationToken);
        }

        var now = clock.GetUtcNow();
        await database.WriteAsync(
            async unit =>
            {
                if (await LinkStore.FindForChangeAsync(unit, known.Id) is not { } link || change(link, now) is not { } changed)
                {
                    return;
                }

                await LinkStore.SaveAsync(unit, changed);
                await StepQueue.AddAsync(unit, StepKind.TendLinks, link.Role.ToString(), now);
                await LinkStore.ShowAsync(unit, link.Id, now);

                if (told is { } kind)
                {
                    unit.Record(
                        new LedgerEntry(kind, now, link.TenantId)
                        {
                            Request = link.Id,
                            Actor = click.By,
                            Right = click.By.Id == link.Owner.Id ? LedgerRight.Requester : LedgerRight.Operator,
                        }
                    );
                }
            },
            cancellationToken
        );
        return await AnswerAsync(click, null, cancellationToken);
    }

    private Task<InvokeAnswer> AnswerAsync(CardClick click, string? notice, CancellationToken cancellationToken) =>
        LinkCards.ViewOf(click) is LinkCard.ListView
            ? lists.AnswerAsync(click, notice, cancellationToken)
            : cards.ForAsync(click, notice, cancellationToken);
}
