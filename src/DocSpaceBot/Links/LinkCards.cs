using DocSpace.Api;
using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Links;

/// <summary>The cards of a link as they are now, for whoever asks for one; and who may do something with it.</summary>
internal sealed class LinkCards(
    InvitationStore invitations,
    LinkStore links,
    ApproverStore approvers,
    PeopleStore people,
    Operators operators,
    LinkVault vault,
    IOptions<DocSpaceOptions> options,
    TimeProvider clock
)
{
    private readonly Uri portal = new(options.Value.BaseUrl);

    public static InvokeAnswer Unknown => InvokeAnswer.Error(404, "UnknownLink", Refusal.UnknownLink.Text);

    /// <summary>As people read it.</summary>
    public string Portal => PortalAddress.Name(portal);

    /// <summary>The view of a card's button: one of <see cref="LinkCard"/>; null for cards of other things.</summary>
    public static string? ViewOf(CardClick click) =>
        click.Entered.GetValueOrDefault(LinkCard.ViewField) is LinkCard.OwnView or LinkCard.JoinView or LinkCard.ListView
            ? click.Entered[LinkCard.ViewField]
            : null;

    /// <summary>The link itself; null when it has to be asked for anew.</summary>
    public string? UrlOf(SharedLink link) =>
        link.IsOldKind && link.SecretAt + SharedLink.OldKindLife <= clock.GetUtcNow() ? null : vault.Open(link.Secret, link.Id.Value);

    public async Task<bool> MayStopAsync(SharedLink link, Person by, string tenantId, CancellationToken cancellationToken) =>
        tenantId == link.TenantId
        && by.Id.Length > 0
        && (by.Id == link.Owner.Id || await operators.IsOneAsync(tenantId, by, cancellationToken));

    /// <summary>The card of whoever asked.</summary>
    /// <param name="isPrivate">Nobody but whoever asked reads it.</param>
    public async Task<LinkPicture?> PictureAsync(InviteRequest request, bool isPrivate, CancellationToken cancellationToken)
    {
        if (await invitations.ListAsync(request.Id, cancellationToken) is not [{ Link: not null } row])
        {
            return null;
        }

        var link = await links.FindAsync(request.Id, cancellationToken);
        return new(request, row, Portal, clock.GetUtcNow())
        {
            Link = link,
            Url = link is not null && isPrivate ? UrlOf(link) : null,
            Shares = link is null ? [] : await links.ListSharesAsync(link.Id, cancellationToken),
            Asked = request.Number is null || link is not null ? [] : await approvers.ListAsync(request.Id, cancellationToken),
        };
    }

    /// <summary>For somebody who may see it: whoever asked for it, and whoever is in the conversation that it stands in.</summary>
    public Task<InvokeAnswer> OwnAsync(CardClick click, string? notice, CancellationToken cancellationToken) =>
        OwnAsync(click, notice, [], cancellationToken);

    /// <inheritdoc cref="OwnAsync(CardClick, string?, CancellationToken)"/>
    /// <param name="places">Where it can be shared, to be chosen from.</param>
    public async Task<InvokeAnswer> OwnAsync(
        CardClick click,
        string? notice,
        IReadOnlyList<(string Id, string Name)> places,
        CancellationToken cancellationToken
    )
    {
        if (
            await invitations.FindRequestAsync(click.Request, cancellationToken) is not { } request
            || request.TenantId != click.TenantId
            || (request.Requester.Id != click.By.Id && request.ConversationId != click.ConversationId)
            || await PictureAsync(request, await IsPrivateAsync(request, click, cancellationToken), cancellationToken) is not { } picture
        )
        {
            return Unknown;
        }

        return InvokeAnswer.Card(LinkCard.For(picture with { Notice = notice, Places = places }));
    }

    /// <summary>The card of a channel, with the button to stop it for whoever may.</summary>
    public async Task<InvokeAnswer> JoinAsync(CardClick click, string? notice, CancellationToken cancellationToken)
    {
        if (
            await links.FindAsync(click.Request, cancellationToken) is not { } link
            || link.TenantId != click.TenantId
            || !await IsSharedAsync(link.Id, click.ConversationId, cancellationToken)
        )
        {
            return Unknown;
        }

        var mayStop = await MayStopAsync(link, click.By, click.TenantId, cancellationToken);
        var reader = await people.FindAsync(click.TenantId, click.By.Id, cancellationToken);
        return InvokeAnswer.Card(
            JoinCard.For(link, Portal, clock.GetUtcNow(), mayStop, reader?.TeamsId is { Length: > 0 } id ? [id] : null, notice)
        );
    }

    /// <summary>The card that was pressed, as it is now.</summary>
    public Task<InvokeAnswer> ForAsync(CardClick click, string? notice, CancellationToken cancellationToken) =>
        ViewOf(click) is LinkCard.JoinView ? JoinAsync(click, notice, cancellationToken) : OwnAsync(click, notice, cancellationToken);

    /// <summary>The card of a channel stands in a thread of it, and may be pressed there only.</summary>
    public async Task<bool> IsSharedAsync(RequestId link, string conversationId, CancellationToken cancellationToken) =>
        (await links.ListSharesAsync(link, cancellationToken)).Any(share =>
            ConversationReference.RootOf(share.ConversationId) == ConversationReference.RootOf(conversationId)
        );

    /// <summary>
    /// The personal chat of whoever asked: what is shown there nobody else reads. Where the client shows no answers the card would be a message of its own,
    /// which waits in storage as it is and is never edited; the link stands on the card that is.
    /// </summary>
    private async Task<bool> IsPrivateAsync(InviteRequest request, CardClick click, CancellationToken cancellationToken) =>
        click.AnswerIsShown
        && request.Requester.Id == click.By.Id
        && (await people.FindAsync(request.TenantId, request.Requester.Id, cancellationToken))?.ConversationId == click.ConversationId;
}
