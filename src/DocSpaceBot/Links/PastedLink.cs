using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Links;

/// <summary>
/// Somebody pasted an invitation link of the portal. What is said about it is safe for everybody who reads along, and comes from the text of the link and
/// from storage alone: the link is never fetched, and DocSpace is never asked about it, because both can use it up (IV:146).
/// </summary>
internal sealed class PastedLink(LinkStore links, LinkVault vault, LinkCards cards, IOptions<DocSpaceOptions> options, TimeProvider clock)
{
    private readonly Uri portal = new(options.Value.BaseUrl);

    /// <summary>Whether a text has such a link in it.</summary>
    public bool IsIn(Activity activity) => Find(activity) is not null;

    /// <summary>The answer to a client that asks what to show beneath a link. Links to other places are left alone.</summary>
    public async Task<InvokeAnswer> AnswerAsync(Activity activity, LinkQuery query, CancellationToken cancellationToken)
    {
        if (PortalLinkText.Read(portal, query.Url) is not { } link)
        {
            return InvokeAnswer.NotUnfurled;
        }

        var card = await CardAsync(link, activity, cancellationToken);
        return InvokeAnswer.Unfurled(card, LinkTexts.PastedTitle, LinkTexts.PastedText);
    }

    /// <summary>The same card for a message; null when there is no such link in it.</summary>
    public async Task<AdaptiveCard?> CardAsync(Activity activity, CancellationToken cancellationToken) =>
        Find(activity) is { } link ? await CardAsync(link, activity, cancellationToken) : null;

    private async Task<AdaptiveCard> CardAsync(PortalLinkText link, Activity activity, CancellationToken cancellationToken)
    {
        var known = await links.FindByMarkAsync(vault.MarkOf(link.Canonical), cancellationToken);

        // Nobody of another tenant learns what the bot knows.
        known = known?.TenantId == activity.TenantId ? known : null;
        var isLast = known is not null && cards.UrlOf(known) is { } url && PortalLinkText.Read(portal, url)?.Canonical == link.Canonical;
        var canShare = activity.Conversation?.ConversationType != "personal";
        return PastedLinkCard.For(link, known, isLast, cards.Portal, clock.GetUtcNow(), canShare);
    }

    /// <summary>In the text or behind it: a client writes a link with words of its own into the rich version of a message alone.</summary>
    private PortalLinkText? Find(Activity activity) =>
        (activity.Text is { } text ? PortalLinkText.FindIn(portal, text) : null)
        ?? (activity.Attachments ?? [])
            .Where(attachment =>
                attachment.ContentType == "text/html" && attachment.Content is { ValueKind: System.Text.Json.JsonValueKind.String }
            )
            .Select(attachment => PortalLinkText.FindIn(portal, attachment.Content!.Value.GetString()!))
            .FirstOrDefault(found => found is not null);
}
