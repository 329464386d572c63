using System.Globalization;
using DocSpaceBot.Approvals;
using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Links;

/// <summary>Everything that the cards of a link show.</summary>
/// <param name="Portal">As people read it.</param>
internal sealed record LinkPicture(InviteRequest Request, Invitation Row, string Portal, DateTimeOffset Now)
{
    /// <summary>Null as long as DocSpace has not made it.</summary>
    public SharedLink? Link { get; init; }

    /// <summary>Only for whoever asked, where nobody reads along.</summary>
    public string? Url { get; init; }

    public IReadOnlyList<LinkShare> Shares { get; init; } = [];

    public IReadOnlyList<Approver> Asked { get; init; } = [];

    /// <summary>Said to this person alone.</summary>
    public string? Notice { get; init; }

    /// <summary>Where whoever looks could share it; the ids with their names.</summary>
    public IReadOnlyList<(string Id, string Name)> Places { get; init; } = [];
}

/// <summary>The card of whoever asked for a link: from the request on, for its whole life. Only in the personal chat does it hold the link.</summary>
internal static class LinkCard
{
    /// <summary>The field for the conversation that a link is shared in.</summary>
    public const string PlaceField = "place";

    /// <summary>Tells the cards of a link from the one of its request: both have the same id.</summary>
    public const string ViewField = "view";
    public const string OwnView = "link";
    public const string JoinView = "join";
    public const string ListView = "links";

    public static string Summary(LinkPicture it) => $"Invitation link as {DocSpaceRoleNames.Short(it.Row.Role)}: {StateWords(it)}";

    public static AdaptiveCard For(LinkPicture it) =>
        new()
        {
            FallbackText = Summary(it),
            Body =
            [
                CardFrame.Heading($"Invitation link · {StateWords(it)}", StyleOf(it)),
                new FactSet([
                    new("DocSpace", CardText.Escape(it.Portal)),
                    new("Role", $"{DocSpaceRoleNames.For(it.Row.Role)}: {RoleWords.May(it.Row.Role)}"),
                    .. it.Link is { } link ? Facts(link, it) : [new("Limits", CardText.Escape(it.Row.Link!.InWords()))],
                    .. InvitationCard.Reason(it.Request),
                    new("Asked by", CardText.Escape(it.Request.Requester.Name)),
                ]),
                .. Url(it),
                .. Lines(it).Select(line => new TextBlock(line) { Spacing = Spacing.Small }),
                .. PlaceChoice(it),
                .. CardFrame.Notice(it.Notice is null ? null : CardText.Escape(it.Notice)),
                CardFrame.Reference(it.Request.Id),
            ],
            Actions = it.Link is null ? InvitationCard.Buttons(it.Request, [it.Row], it.Now) : Buttons(it.Link, it),
        };

    /// <summary>Where the link stands, in lower case.</summary>
    private static string StateWords(LinkPicture it) => it.Link is null ? LinkWords.For(it.Row) : LinkWords.For(it.Link.StateAt(it.Now));

    private static ContainerStyle StyleOf(LinkPicture it) =>
        it.Link is null ? InvitationCard.StyleOf(it.Row) : LinkWords.StyleOf(it.Link.StateAt(it.Now));

    private static IEnumerable<Fact> Facts(SharedLink link, LinkPicture it)
    {
        if (LinkWords.End(link, it.Now) is { } end)
        {
            yield return end;
        }

        yield return new("Handed\u00A0out", LinkWords.Taken(link));

        if (link.Terms.Domains.Count > 0)
        {
            yield return new("Only for", CardText.Escape(string.Join(", ", link.Terms.Domains)));
        }

        if (it.Shares.Count > 0)
        {
            yield return new("Shared in", it.Shares.Count == 1 ? "1 conversation" : $"{it.Shares.Count} conversations");
        }
    }

    private static IEnumerable<CardElement> Url(LinkPicture it)
    {
        if (it.Url is { } url && it.Link?.IsGoodAt(it.Now) == true)
        {
            yield return LinkWords.Shown(url);
        }

        if (it.Link?.Host is { } host && it.Link.IsGoodAt(it.Now))
        {
            yield return new TextBlock(
                $"Beware: this link leads to {CardText.Escape(host)}, not to {CardText.Escape(it.Portal)}. DocSpace may know itself by another name behind a proxy. Ask an operator before you pass it on."
            )
            {
                Color = TextColor.Attention,
                Spacing = Spacing.Small,
            };
        }
    }

    private static IEnumerable<string> Lines(LinkPicture it)
    {
        if (it.Link is not { } link)
        {
            foreach (var line in Asking.Lines(it.Request, [it.Row], it.Asked))
            {
                yield return line;
            }

            if (RequestLine(it) is { } words)
            {
                yield return words;
            }

            yield break;
        }

        switch (link.StateAt(it.Now))
        {
            case LinkState.Stopped:
                yield return LinkWords.Stopped(link);
                break;
            case LinkState.Expired:
                yield return "Nobody gets it any more. Type /link for a new one.";
                break;
            case var state:
                yield return it.Url is null
                    ? $"The link itself is only shown to {CardText.Escape(link.Owner.Name)}, in the personal chat with me."
                : state is LinkState.UsedUp ? "Whoever has this link can join, so do not pass it on."
                : "Whoever has this link can join, so do not put it into a channel. Press Share instead: there everybody gets it from me alone, and I count.";

                if (link.IsOldKind)
                {
                    yield return $"DocSpace's own limit for this kind of link: good until {InvitationCard.Time(link.SecretAt + SharedLink.OldKindLife)}, for any number of people, and it cannot be revoked. The limits above are kept by me.";
                }

                if (state is LinkState.UsedUp)
                {
                    yield return "As many people as it is meant for have got it; nobody else does.";
                }

                break;
        }

        if (link.RenewAskedAt is not null)
        {
            yield return "A new link is being made.";
        }
        else if (link.Cause is { } cause && link.StoppedAt is null)
        {
            yield return $"The link could not be replaced. {Refusal.LinkBecause(cause, outcome: "")}";
        }
        else if (link is { RenewedAt: { } at, StoppedAt: null })
        {
            yield return $"This is a new link, made {InvitationCard.Time(at)}.{(link.IsOldKind ? " Copies of the one before work until their 7 days are over." : " The one before is no longer good.")}";
        }
    }

    private static string? RequestLine(LinkPicture it) =>
        it.Row switch
        {
            { Status: InvitationStatus.Approved, Cause: { } cause } =>
                $"{Refusal.LinkWaitsBecause(cause)} The next try is at {InvitationCard.Time(it.Row.NextLookAt ?? it.Now)}.",
            { Status: InvitationStatus.Approved } when Countdown.IsRunning([it.Row], it.Now) => Countdown.Words([it.Row], it.Now),
            { Status: InvitationStatus.Approved } => "The bot asks DocSpace for the link now.",
            { Status: InvitationStatus.Cancelled, WasAsked: false } => "It was taken back. There is no link.",
            { Status: InvitationStatus.Failed, Cause: { } cause } => Refusal.LinkBecause(cause),
            _ => null,
        };

    private static IEnumerable<CardElement> PlaceChoice(LinkPicture it) =>
        it.Places.Count == 0
            ? []
            :
            [
                new InputChoiceSet(PlaceField)
                {
                    Label = "Share it in",
                    Value = it.Places[0].Id,
                    Choices = [.. it.Places.Select(place => new Teams.Protocol.Cards.Choice(place.Name, place.Id))],
                },
            ];

    private static IReadOnlyList<AdaptiveAction> Buttons(SharedLink link, LinkPicture it)
    {
        var about = About(link.Id, OwnView);
        var state = link.StateAt(it.Now);

        return state is LinkState.Stopped or LinkState.Expired
            ? []
            :
            [
                .. state is LinkState.Open
                    ? [Button(it.Places.Count > 0 ? "Share here" : "Share", SharedVerbs.ShareLink, about)]
                    : Array.Empty<AdaptiveAction>(),
                Button("New link", SharedVerbs.RenewLink, about),
                Button("Stop", SharedVerbs.StopLink, about, ActionStyle.Destructive),
            ];
    }

    public static Dictionary<string, string> About(RequestId link, string view) => new() { ["id"] = link.Value, [ViewField] = view };

    /// <summary>Clients that do not know the button send the same as a message.</summary>
    public static ExecuteAction Button(string title, string verb, Dictionary<string, string> about, ActionStyle? style = null) =>
        new(title, verb, about)
        {
            Style = style,
            Fallback = new SubmitAction(title, new Dictionary<string, string>(about) { ["verb"] = verb }) { Style = style },
        };
}

/// <summary>Where links stand, as people read it.</summary>
internal static class LinkWords
{
    /// <summary>Of the request for one.</summary>
    public static string For(Invitation it) =>
        it.Status is InvitationStatus.LinkReady ? For(LinkState.Open) : InvitationCard.Lower(Words.For(it.Status));

    public static string For(LinkState state) =>
        state switch
        {
            LinkState.Open => "ready",
            LinkState.UsedUp => "used up",
            LinkState.Expired => "expired",
            _ => "stopped",
        };

    public static ContainerStyle StyleOf(LinkState state) =>
        state switch
        {
            LinkState.Open => ContainerStyle.Good,
            LinkState.Stopped => ContainerStyle.Attention,
            LinkState.Expired => ContainerStyle.Warning,
            _ => ContainerStyle.Emphasis,
        };

    /// <summary>Null where it was ended by somebody before that.</summary>
    public static Fact? End(SharedLink link, DateTimeOffset now) =>
        link.StateAt(now) switch
        {
            LinkState.Stopped => null,
            LinkState.Expired => new("Ended", InvitationCard.Time(link.ExpiresAt)),
            _ => new("Ends", InvitationCard.Time(link.ExpiresAt)),
        };

    public static string Taken(SharedLink link) => string.Create(CultureInfo.InvariantCulture, $"{link.Taken} of {link.Terms.Uses}");

    /// <summary>Who stopped it, and what DocSpace has made of that.</summary>
    public static string Stopped(SharedLink link)
    {
        var who = link.StoppedBy is { } by ? $"{CardText.Escape(by.Name)} stopped it" : "It was revoked in DocSpace, not by me";
        var when = link.StoppedAt is { } at ? $" ({InvitationCard.Time(at)})" : "";
        return $"{who}{when}. "
            + link.Revoked switch
            {
                null => "Nobody gets it from me any more; DocSpace is asked to revoke it.",
                Revocation.Done when link.StoppedBy is null => "Nobody gets it any more, and copies no longer work.",
                Revocation.Done => "Nobody gets it any more, and copies no longer work: DocSpace has revoked it (looked up).",
                Revocation.CannotBe =>
                    $"Nobody gets it from me any more. DocSpace cannot revoke this kind of link: copies work until {InvitationCard.Time(link.SecretAt + SharedLink.OldKindLife)}.",
                _ =>
                    "Nobody gets it from me any more, but whether DocSpace has revoked it is not known. An administrator can look in DocSpace.",
            };
    }

    /// <summary>The link itself, to be opened or copied.</summary>
    public static TextBlock Shown(string url) =>
        new($"[{CardText.Escape(url)}]({Target(url)})") { Spacing = Spacing.Medium, Weight = TextWeight.Bolder };

    private static string Target(string url) =>
        url.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal);
}
