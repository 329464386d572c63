using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.FollowUps;

/// <summary>Asks the requester what to do about people who have not joined, and shows what was done.</summary>
internal static class WaitingCard
{
    /// <summary>The <c>row</c> of its buttons: it is about those who are asked about.</summary>
    public const string Row = "waiting";

    private const int MostRows = 10;

    /// <summary>DocSpace's own links in mails (email:validinterval, InvitationValidator.cs:146).</summary>
    private static readonly TimeSpan LinkIsGoodFor = TimeSpan.FromDays(7);

    public static string Summary(IReadOnlyList<Invitation> all) => Title(Open(all), email => email);

    /// <summary>Whom the card is about: everybody who has been asked about once.</summary>
    public static IReadOnlyList<Invitation> Subjects(IReadOnlyList<Invitation> all) => [.. all.Where(it => it.RemindedAt is not null)];

    /// <summary>May be mailed again in the one way or the other.</summary>
    public static Wish? MailFor(Invitation it) =>
        !it.IsInQuestion || it.HasOpenWish ? null
        : it.WasCreated ? Wish.PasswordMail
        : Wish.Resend;

    public static bool CanBeWithdrawn(Invitation it) => it is { IsInQuestion: true, HasOpenWish: false, IsOurs: true };

    /// <param name="all">Everybody of the request; at least one has been asked about.</param>
    /// <param name="expireAfter">When it expires, from the newest mail.</param>
    /// <param name="notice">Something for whoever pressed a button.</param>
    public static AdaptiveCard For(
        InviteRequest request,
        IReadOnlyList<Invitation> all,
        DateTimeOffset now,
        TimeSpan expireAfter,
        string? notice = null
    )
    {
        var subjects = Subjects(all);
        var open = Open(all);
        var rows = subjects.OrderBy(it => it.IsInQuestion ? 0 : 1).ThenBy(it => it.Row).ToList();
        return new()
        {
            FallbackText = Summary(all),
            Body =
            [
                CardFrame.Heading(Title(open, CardText.Escape), open.Count > 0 ? ContainerStyle.Warning : ContainerStyle.Emphasis),
                .. LongList.Of(rows, MostRows, it => InFull(it, now), it => (it.Email, Words.For(it.Status))),
                .. About(open, now, expireAfter).Select(line => new TextBlock(line) { IsSubtle = true, Spacing = Spacing.Small }),
                .. CardFrame.Notice(notice),
            ],
            Actions = Buttons(request, open),
        };
    }

    private static List<Invitation> Open(IReadOnlyList<Invitation> all) =>
        [.. all.Where(it => it is { IsInQuestion: true, HasOpenWish: false })];

    private static string Title(IReadOnlyList<Invitation> open, Func<string, string> write) =>
        open switch
        {
            [] => FollowUpTexts.NobodyWaits,
            [var one] => FollowUpTexts.NotJoined.With(write(one.Email)),
            _ => FollowUpTexts.ManyNotJoined.With(open.Count),
        };

    private static Container InFull(Invitation it, DateTimeOffset now) =>
        new()
        {
            Spacing = Spacing.Small,
            Items =
            [
                new ColumnSet { Columns = [.. LongList.WhoAndWhat(it.Email, Words.For(it.Status))] },
                .. Lines(it, now).Select(line => new TextBlock(line) { IsSubtle = true, Spacing = Spacing.None }),
            ],
        };

    private static IEnumerable<string> Lines(Invitation it, DateTimeOffset now)
    {
        if (it is { Status: InvitationStatus.Invited, WaitsSince: { } since })
        {
            var time = InvitationCard.Time(since);
            yield return it.WasCreated ? FollowUpTexts.CreatedSince.With(time)
            : since > it.InvitedAt ? FollowUpTexts.MailedAgainSince.With(time)
            : FollowUpTexts.InvitedSince.With(time);

            if (it is { IsInQuestion: true, WasCreated: false } && now - since >= LinkIsGoodFor)
            {
                yield return FollowUpTexts.LinkRunOut;
            }
        }

        foreach (var line in InvitationCard.Besides(it))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> About(IReadOnlyList<Invitation> open, DateTimeOffset now, TimeSpan expireAfter)
    {
        if (open.Count == 0)
        {
            yield break;
        }

        if (open.Any(it => it.WasCreated))
        {
            yield return FollowUpTexts.CreatedNeedsPassword;
        }

        if (open.Any(it => !it.WasCreated && now - it.WaitsSince < LinkIsGoodFor))
        {
            yield return FollowUpTexts.LinkRunsOut;
        }

        if (open.Min(it => it.WaitsSince) is { } oldest)
        {
            yield return FollowUpTexts.ExpiresOn.With(InvitationCard.Time(oldest + expireAfter));
        }

        if (open.Count > 1)
        {
            yield return FollowUpTexts.ForOne;
        }
    }

    private static IReadOnlyList<AdaptiveAction> Buttons(InviteRequest request, IReadOnlyList<Invitation> open)
    {
        var about = new Dictionary<string, string> { ["id"] = request.Id.Value, ["row"] = Row };
        var mailed = open.Count(it => MailFor(it) is not null);
        var withdrawn = open.Count(CanBeWithdrawn);
        return
        [
            .. mailed > 0
                ? [new ExecuteAction(Wording.Count(mailed, FollowUpTexts.SendAgain, FollowUpTexts.SendAllAgain), CardVerbs.Resend, about)]
                : Array.Empty<AdaptiveAction>(),
            .. open.Any(it => !it.WasCreated) && open.Select(it => it.Role).Distinct().Count() == 1
                ? [new ExecuteAction(FollowUpTexts.GetLink, CardVerbs.AskForLink, about)]
                : Array.Empty<AdaptiveAction>(),
            .. withdrawn > 0
                ?
                [
                    new ExecuteAction(Wording.Count(withdrawn, FollowUpTexts.Withdraw, FollowUpTexts.WithdrawAll), CardVerbs.Cancel, about)
                    {
                        Style = ActionStyle.Destructive,
                    },
                ]
                : Array.Empty<AdaptiveAction>(),
        ];
    }
}

/// <summary>The verbs of buttons that belong to other slices.</summary>
internal static class CardVerbs
{
    public const string Resend = "invite/resend";
    public const string Cancel = "invite/cancel";
    public const string AskForLink = "link/ask";
}
