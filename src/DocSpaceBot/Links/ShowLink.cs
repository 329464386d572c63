using System.Globalization;
using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;
using Teams.Protocol.Cards;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Links;

/// <summary>
/// Posts the cards of a link or edits them to the present state: where it is shared, in the personal chat of whoever asked for it elsewhere, and with
/// those who took it. There is one such step for a link at a time. One conversation that cannot be written to does not hold up the others.
/// </summary>
internal sealed class ShowLink(
    Database database,
    InvitationStore invitations,
    LinkStore links,
    LinkCards cards,
    CardEdits edits,
    PersonalChats chats,
    PeopleStore people,
    Operators operators,
    ConversationStore conversations,
    ConnectorClient connector,
    TimeProvider clock
) : IStep
{
    /// <summary>The clients of more people do not fetch a card by themselves.</summary>
    private const int MostRefreshed = 60;

    private const int AtOnce = 8;

    /// <summary>The subject under which the card in the personal chat is kept.</summary>
    private static string OwnCardOf(RequestId link) => $"own {link}";

    private static string JoinCardOf(RequestId link) => $"join {link}";

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        var id = new RequestId(step.Subject);

        if (
            await links.FindAsync(id, cancellationToken) is not { } link
            || await invitations.FindRequestAsync(id, cancellationToken) is not { } request
        )
        {
            return StepOutcome.Done;
        }

        ConnectorException? fault = null;
        var shows = new List<Func<CancellationToken, Task>> { token => ShowOwnAsync(request, token) };
        var refreshFor = await WhoMayStopAsync(link, cancellationToken);
        shows.AddRange(
            (await links.ListSharesAsync(id, cancellationToken)).Select(share =>
                (Func<CancellationToken, Task>)(token => ShowShareAsync(link, share, refreshFor, token))
            )
        );

        if (!link.IsGoodAt(clock.GetUtcNow()) || link.RenewedAt is not null || link.SecretAt != link.MadeAt)
        {
            shows.AddRange(
                (await links.ListTakesAsync(id, cancellationToken)).Select(take =>
                    (Func<CancellationToken, Task>)(token => ShowTakenAsync(link, take, token))
                )
            );
        }

        await Parallel.ForEachAsync(
            shows,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (show, token) =>
            {
                try
                {
                    await show(token);
                }
                catch (ConnectorException e) when (e.Fault is ConnectorFault.NotAllowed or ConnectorFault.TooBig or ConnectorFault.Invalid)
                {
                    // It stays so; the others are tried again for what goes by.
                }
                catch (ConnectorException e)
                {
                    fault = e;
                }
            }
        );

        var now = clock.GetUtcNow();
        return fault is not null ? throw fault
            : link.StoppedAt is null && now < link.ExpiresAt ? StepOutcome.Again(link.ExpiresAt)
            : StepOutcome.Done;
    }

    /// <summary>Asked for where others read along, the link itself is shown in the personal chat.</summary>
    private async Task ShowOwnAsync(InviteRequest request, CancellationToken cancellationToken)
    {
        if (
            await conversations.FindAsync(request.ConversationId, cancellationToken) is { ConversationType: "personal" }
            || await chats.OpenAsync(request.TenantId, request.Requester.Id, cancellationToken) is not { } chat
            || chat.ConversationId == request.ConversationId
            || await cards.PictureAsync(request, isPrivate: true, cancellationToken) is not { } picture
        )
        {
            return;
        }

        CultureInfo.CurrentUICulture = await people.LanguageAsync(request.TenantId, request.Requester.Id, cancellationToken);
        await edits.ShowAsync(
            OwnCardOf(request.Id),
            chat.ConversationId,
            LinkCard.For(picture),
            LinkCard.Summary(picture),
            posts: picture.Link?.StoppedAt is null,
            cancellationToken
        );
    }

    /// <summary>Everybody there reads the same card: it is in the language of whoever shared it.</summary>
    private async Task ShowShareAsync(
        SharedLink link,
        LinkShare share,
        IReadOnlyList<string> refreshFor,
        CancellationToken cancellationToken
    )
    {
        CultureInfo.CurrentUICulture = await people.LanguageAsync(link.TenantId, share.By.Id, cancellationToken);
        var now = clock.GetUtcNow();
        var card = JoinCard.For(link, cards.Portal, now, refreshFor: refreshFor);
        var summary = JoinCard.Summary(link, cards.Portal, now);
        var isOpen = link.StateAt(now) is LinkState.Open;

        if (
            share.ThreadId is null
            && await conversations.FindAsync(share.ConversationId, cancellationToken) is { ConversationType: "channel" } channel
            && ConversationReference.RootOf(channel.ConversationId) == channel.ConversationId
        )
        {
            if (isOpen)
            {
                await BeginThreadAsync(link, share, channel, card, summary, cancellationToken);
            }

            return;
        }

        await edits.ShowAsync(JoinCardOf(link.Id), share.ThreadId ?? share.ConversationId, card, summary, posts: isOpen, cancellationToken);
    }

    private async Task BeginThreadAsync(
        SharedLink link,
        LinkShare share,
        ConversationReference channel,
        AdaptiveCard card,
        string summary,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var thread = await connector.CreateConversationAsync(
                channel.ServiceUrl,
                NewConversation.ThreadIn(channel.ConversationId, OutgoingActivity.FromCard(card, summary), channel.TenantId, channel.BotId),
                cancellationToken
            );
            await database.WriteAsync(
                async unit =>
                {
                    await conversations.RememberAsync(unit, channel with { ConversationId = thread.Id });
                    await LinkStore.PlaceAsync(unit, link.Id, share, thread.Id);
                    await SentCardStore.KeepAsync(
                        unit,
                        CardEdits.Sent(JoinCardOf(link.Id), thread.Id, thread.ActivityId, card, clock.GetUtcNow())
                    );
                },
                cancellationToken
            );
        }
        catch (ConnectorException e) when (e.Fault is ConnectorFault.Unreachable or ConnectorFault.NotFound)
        {
            await conversations.GiveUpIfClosedAsync(channel.ConversationId, e, cancellationToken);
        }
    }

    private async Task ShowTakenAsync(SharedLink link, LinkTake take, CancellationToken cancellationToken)
    {
        if (await people.FindAsync(link.TenantId, take.By.Id, cancellationToken) is { ConversationId: { Length: > 0 } chat } person)
        {
            CultureInfo.CurrentUICulture = Language.For(person.Locale);
            await edits.ShowAsync(
                HandLink.CardOf(link.Id, take.By),
                chat,
                TakenCard.For(link, cards.UrlOf(link), cards.Portal, clock.GetUtcNow()),
                TakenCard.Summary(cards.Portal),
                posts: false,
                cancellationToken
            );
        }
    }

    /// <summary>How Teams calls those who get a view with the button to stop it.</summary>
    private async Task<IReadOnlyList<string>> WhoMayStopAsync(SharedLink link, CancellationToken cancellationToken)
    {
        var may = new List<string?> { (await people.FindAsync(link.TenantId, link.Owner.Id, cancellationToken))?.TeamsId };

        if (operators.TenantFor(link.TenantId) == link.TenantId)
        {
            foreach (var entry in operators.Entries)
            {
                var known = entry.IsObjectId
                    ? await people.FindAsync(link.TenantId, entry.Text.Trim(), cancellationToken)
                    : await people.FindByEmailAsync(link.TenantId, entry.Text, cancellationToken);
                may.Add(known?.TeamsId);
            }
        }

        return [.. may.Where(id => !string.IsNullOrEmpty(id)).Select(id => id!).Distinct(StringComparer.Ordinal).Take(MostRefreshed)];
    }
}
