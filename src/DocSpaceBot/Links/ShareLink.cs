using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Links;

/// <summary>
/// The Share button: puts a card into a channel or group with which everybody there gets the link alone. Pressed in the personal chat it asks where, unless
/// there is only one place. On the card of a pasted link it stands for asking for a link that is shared there.
/// </summary>
internal sealed class ShareLink(
    Database database,
    LinkStore links,
    LinkCards cards,
    Places places,
    AskForLink ask,
    RequesterAddress requesters,
    ConversationStore conversations,
    TimeProvider clock
) : ICardAction
{
    public const string Verb = SharedVerbs.ShareLink;

    /// <summary>The id on the card of a link that the bot does not know: one is asked for.</summary>
    public const string NewLink = "new";

    /// <summary>The field for its role.</summary>
    public const string RoleField = "role";

    public async Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken)
    {
        if (click.Id == NewLink)
        {
            return await AskAsync(click, cancellationToken);
        }

        if (await links.FindAsync(click.Request, cancellationToken) is not { } link || link.TenantId != click.TenantId)
        {
            return LinkCards.Unknown;
        }

        if (!await cards.MayStopAsync(link, click.By, click.TenantId, cancellationToken))
        {
            return InvokeAnswer.Message(Refusal.NotYourLink.Text);
        }

        var wanted =
            click.Entered.GetValueOrDefault(LinkCard.PlaceField)
            ?? (click.Where is { ConversationType: not "personal" } ? click.ConversationId : null);

        if (wanted is null)
        {
            var choice = await places.ListAsync(click.TenantId, click.By, cancellationToken);

            switch (choice)
            {
                case []:
                    return await cards.OwnAsync(click, LinkTexts.NoPlaceKnown, cancellationToken);
                case [var only]:
                    wanted = only.Id;
                    break;
                default:
                    return await cards.OwnAsync(click, null, choice, cancellationToken);
            }
        }

        if (await places.FindAsync(wanted, click, cancellationToken) is not { } place)
        {
            return await SayAsync(click, LinkTexts.NotThere, cancellationToken);
        }

        var notice = await database.WriteAsync(unit => ShareAsync(unit, click, place), cancellationToken);
        return await SayAsync(click, notice, cancellationToken);
    }

    private Task<InvokeAnswer> SayAsync(CardClick click, string notice, CancellationToken cancellationToken) =>
        LinkCards.ViewOf(click) is LinkCard.OwnView
            ? cards.OwnAsync(click, notice, cancellationToken)
            : Task.FromResult(InvokeAnswer.Message(notice));

    private async Task<string> ShareAsync(Unit unit, CardClick click, ConversationReference place)
    {
        var now = clock.GetUtcNow();
        await conversations.RememberAsync(unit, place);

        if (await LinkStore.FindForChangeAsync(unit, click.Request) is not { } link)
        {
            return Refusal.UnknownLink.Text;
        }

        if (link.StateAt(now) is not LinkState.Open)
        {
            return LinkTexts.NotSharedState.With(LinkWords.For(link.StateAt(now)));
        }

        if (!await LinkStore.TryShareAsync(unit, link.Id, new(place.ConversationId, click.By, now)))
        {
            return LinkTexts.SharedThereAlready;
        }

        unit.Record(
            new LedgerEntry(LedgerKind.LinkShared, now, link.TenantId)
            {
                Request = link.Id,
                Actor = click.By,
                Right = click.By.Id == link.Owner.Id ? LedgerRight.Requester : LedgerRight.Operator,
            }
        );
        await LinkStore.ShowAsync(unit, link.Id, now);
        return LinkTexts.IsShared;
    }

    /// <summary>Whoever presses asks for it, by the rules for everybody who does.</summary>
    private async Task<InvokeAnswer> AskAsync(CardClick click, CancellationToken cancellationToken)
    {
        if (await places.FindAsync(click.ConversationId, click, cancellationToken) is not { } here)
        {
            return InvokeAnswer.Message(LinkTexts.NotThere);
        }

        await requesters.LearnAsync(here, click.By, cancellationToken);
        var role = click.Entered.TryGetValue(RoleField, out var text) ? DocSpaceRoleNames.Read(text) : null;
        var asked = new LinkArguments(role, LinkTerms.Usual with { ShareIn = click.ConversationId }, Reason: null);
        var said = await database.WriteAsync(
            async unit =>
            {
                await conversations.RememberAsync(unit, here);
                return await ask.AskAsync(unit, new(click.TenantId, click.By, here.ConversationId, clock.GetUtcNow()), asked);
            },
            cancellationToken
        );
        return InvokeAnswer.Message(said ?? LinkTexts.NewIsAskedFor);
    }
}
