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

    public static string Summary(LinkPicture it) => LinkTexts.LinkAs.With(DocSpaceRoleNames.Short(it.Row.Role), StateWords(it));

    public static AdaptiveCard For(LinkPicture it) =>
        new()
        {
            FallbackText = Summary(it),
            Body =
            [
                CardFrame.Heading(LinkTexts.LinkHeading.With(StateWords(it)), StyleOf(it)),
                new FactSet([
                    new("DocSpace", CardText.Escape(it.Portal)),
                    new(LinkTexts.Role, $"{DocSpaceRoleNames.For(it.Row.Role)}: {RoleWords.May(it.Row.Role)}"),
                    .. it.Link is { } link ? Facts(link, it) : [new(LinkTexts.Limits, CardText.Escape(it.Row.Link!.InWords()))],
                    .. InvitationCard.Reason(it.Request),
                    new(LinkTexts.AskedBy, CardText.Escape(it.Request.Requester.Name)),
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

        yield return new(LinkTexts.HandedOut, LinkWords.Taken(link));

        if (link.Terms.Domains.Count > 0)
        {
            yield return new(LinkTexts.OnlyFor, CardText.Escape(string.Join(", ", link.Terms.Domains)));
        }

        if (it.Shares.Count > 0)
        {
            yield return new(LinkTexts.SharedIn, Wording.Count(it.Shares.Count, LinkTexts.OneConversation, LinkTexts.ManyConversations));
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
            yield return new TextBlock(LinkTexts.LeadsElsewhere.With(CardText.Escape(host), CardText.Escape(it.Portal)))
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
                yield return LinkTexts.TypeForNew;
                break;
            case var state:
                yield return it.Url is null ? LinkTexts.OnlyShownTo.With(CardText.Escape(link.Owner.Name))
                : state is LinkState.UsedUp ? LinkTexts.DoNotPassOn
                : LinkTexts.ShareInstead;

                if (link.IsOldKind)
                {
                    yield return LinkTexts.OldKindLimit.With(InvitationCard.Time(link.SecretAt + SharedLink.OldKindLife));
                }

                if (state is LinkState.UsedUp)
                {
                    yield return LinkTexts.AllHaveGotIt;
                }

                break;
        }

        if (link.RenewAskedAt is not null)
        {
            yield return LinkTexts.IsRenewed;
        }
        else if (link.Cause is { } cause && link.StoppedAt is null)
        {
            yield return LinkTexts.NotReplaced.With(Refusal.LinkBecause(cause, outcome: ""));
        }
        else if (link is { RenewedAt: { } at, StoppedAt: null })
        {
            yield return (link.IsOldKind ? LinkTexts.NewLinkMadeOldKind : LinkTexts.NewLinkMade).With(InvitationCard.Time(at));
        }
    }

    private static string? RequestLine(LinkPicture it) =>
        it.Row switch
        {
            { Status: InvitationStatus.Approved, Cause: { } cause } => LinkTexts.NextTry.With(
                Refusal.LinkWaitsBecause(cause),
                InvitationCard.Time(it.Row.NextLookAt ?? it.Now)
            ),
            { Status: InvitationStatus.Approved } when Countdown.IsRunning([it.Row], it.Now) => Countdown.Words([it.Row], it.Now),
            { Status: InvitationStatus.Approved } => LinkTexts.BotAsks,
            { Status: InvitationStatus.Cancelled, WasAsked: false } => LinkTexts.TakenBack,
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
                    Label = LinkTexts.ShareItIn,
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
                    ? [Button(it.Places.Count > 0 ? LinkTexts.ShareHere : LinkTexts.Share, SharedVerbs.ShareLink, about)]
                    : Array.Empty<AdaptiveAction>(),
                Button(LinkTexts.NewLink, SharedVerbs.RenewLink, about),
                Button(LinkTexts.Stop, SharedVerbs.StopLink, about, ActionStyle.Destructive),
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
            LinkState.Open => LinkTexts.StateReady,
            LinkState.UsedUp => LinkTexts.StateUsedUp,
            LinkState.Expired => LinkTexts.StateExpired,
            _ => LinkTexts.StateStopped,
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
            LinkState.Expired => new(LinkTexts.Ended, InvitationCard.Time(link.ExpiresAt)),
            _ => new(LinkTexts.Ends, InvitationCard.Time(link.ExpiresAt)),
        };

    public static string Taken(SharedLink link) => LinkTexts.CountOf.With(link.Taken, link.Terms.Uses);

    /// <summary>Who stopped it, and what DocSpace has made of that.</summary>
    public static string Stopped(SharedLink link)
    {
        var when = InvitationCard.Time(link.StoppedAt.GetValueOrDefault());
        var copies = link.Revoked switch
        {
            null => LinkTexts.IsRevoked,
            Revocation.Done when link.StoppedBy is null => LinkTexts.CopiesDoNotWork,
            Revocation.Done => LinkTexts.RevokedLookedUp,
            Revocation.CannotBe => LinkTexts.CannotBeRevoked.With(InvitationCard.Time(link.SecretAt + SharedLink.OldKindLife)),
            _ => LinkTexts.RevokingUnknown,
        };
        return link.StoppedBy is { } by
            ? LinkTexts.StoppedBy.With(CardText.Escape(by.Name), when, copies)
            : LinkTexts.RevokedElsewhere.With(when, copies);
    }

    /// <summary>The link itself, to be opened or copied.</summary>
    public static TextBlock Shown(string url) =>
        new($"[{CardText.Escape(url)}]({Target(url)})") { Spacing = Spacing.Medium, Weight = TextWeight.Bolder };

    private static string Target(string url) =>
        url.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal);
}
