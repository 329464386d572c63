using System.Globalization;
using DocSpace.Api;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Approvals;

/// <summary>The people of a request, as those see them who decide.</summary>
internal static class ApprovalRows
{
    private const int MostShared = 3;

    public static IEnumerable<Fact> Facts(Invitation it)
    {
        if (it.Link is { } link)
        {
            var words = CardText.Escape(link.InWords());
            yield return new(ApprovalTexts.Link, link.ShareIn is null ? words : ApprovalTexts.LinkWithCard.With(words));
        }
        else
        {
            yield return new(ApprovalTexts.Invitee, CardText.Escape(it.Email));
        }

        if (it.FirstName is not null)
        {
            yield return new(ApprovalTexts.Name, CardText.Escape($"{it.FirstName} {it.LastName}".TrimEnd()));
        }

        yield return new(ApprovalTexts.Role, $"{DocSpaceRoleNames.For(it.Role)}: {RoleWords.May(it.Role)}");

        if (it.Room is { } room)
        {
            yield return new(ApprovalTexts.Room, CardText.Escape(room));
        }

        if (IsOpen(it) && it.Link is null)
        {
            yield return new(ApprovalTexts.Account, Account(it));
        }

        if (it.Rule is { } rule)
        {
            yield return new(ApprovalTexts.Rule, CardText.Escape(rule));
        }
    }

    public static IEnumerable<Fact> Facts(IReadOnlyList<Invitation> all)
    {
        foreach (var role in all.Select(it => it.Role).Distinct())
        {
            yield return new(ApprovalTexts.Role, $"{DocSpaceRoleNames.For(role)}: {RoleWords.May(role)}");
        }

        yield return new(
            ApprovalTexts.Status,
            string.Join(
                " · ",
                all.GroupBy(it => it.Status).OrderBy(group => group.Key).Select(group => $"{Words.For(group.Key)} {group.Count()}")
            )
        );
    }

    /// <summary>How the address stands in DocSpace, and what a yes would change.</summary>
    public static string Account(Invitation it) =>
        it.Shown switch
        {
            null => ApprovalTexts.NotLookedUp,
            Standing.Absent => ApprovalTexts.NobodyHasAddress,
            Standing.Pending when it.Wish is Wish.Resend => WithRole(ApprovalTexts.PendingMailedAgain, it),
            Standing.Pending => WithRole(ApprovalTexts.PendingNoMail, it),
            Standing.Created => WithRole(ApprovalTexts.CreatedNoMail, it),
            Standing.Disabled => ApprovalTexts.AccountDisabled,
            _ when it.Room is not null => ApprovalTexts.MemberIntoRoom,
            _ => it.HasOtherRole ? WithRole(ApprovalTexts.Member, it) : ApprovalTexts.MemberUnchanged,
        };

    /// <summary>A yes is to the role as well: whoever asked may have it changed then, by a tick before or a button afterwards.</summary>
    private static string WithRole(string account, Invitation it) =>
        it.HasOtherRole
            ? (it.Wish is Wish.ChangeRole ? ApprovalTexts.RoleIsChanged : ApprovalTexts.RoleCanBeChanged).With(
                account,
                DocSpaceRoleNames.Short(it.PortalRole!.Value)
            )
            : account;

    /// <summary>What was looked up and what is odd serves a decision, and is no longer true when the invitation is out.</summary>
    private static bool IsOpen(Invitation it) =>
        it is { Status: InvitationStatus.PendingApproval } or { Status: InvitationStatus.Approved, SendBegunAt: null, Votes.Count: > 0 };

    public static IEnumerable<CardElement> Warnings(Invitation it) =>
        !IsOpen(it) ? []
        : it.Link is not null ? [Warning(ApprovalTexts.LinkWarning)]
        : it.Note is { } note ? [Warning(note)]
        : [];

    private static TextBlock Warning(string note) => new(CardText.Escape(note)) { Color = TextColor.Attention, Spacing = Spacing.Small };

    /// <summary>
    /// Those that wait come first, each with buttons of its own for whoever may decide. What is odd about several of them is said once, before them.
    /// </summary>
    public static IEnumerable<CardElement> List(
        IReadOnlyList<Invitation> all,
        ApprovalView view,
        Dictionary<string, string> about,
        int most
    )
    {
        var decidable = view.Decidable.Select(it => it.Id).ToHashSet();
        var rows = all.OrderBy(it => it.Status is InvitationStatus.PendingApproval ? 0 : 1).ThenBy(it => it.Row).ToList();
        var shared = rows.Where(it => IsOpen(it) && it.Note is not null)
            .GroupBy(it => it.Note!, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .Take(MostShared)
            .ToHashSet(StringComparer.Ordinal);

        return shared
            .Select(Warning)
            .Concat(
                LongList.Of(
                    rows,
                    most,
                    it => Row(shared.Contains(it.Note ?? "") ? it with { Note = null } : it, view, decidable.Contains(it.Id), about),
                    it => (it.Email, Words.For(it.Status))
                )
            );
    }

    private static Container Row(Invitation it, ApprovalView view, bool isDecidable, Dictionary<string, string> about)
    {
        var row = new Dictionary<string, string>(about) { ["row"] = it.Row.ToString(CultureInfo.InvariantCulture) };
        var canApprove = view.Reader is { } reader && it.WaitsForYesOf(reader);

        return new()
        {
            Spacing = Spacing.Small,
            Separator = true,
            Items =
            [
                new ColumnSet { Columns = [.. LongList.WhoAndWhat(it.Email, Status(it))] },
                new TextBlock(Details(it)) { IsSubtle = true, Spacing = Spacing.None },
                .. Warnings(it),
                .. isDecidable
                    ?
                    [
                        new ActionSet
                        {
                            Spacing = Spacing.Small,
                            Actions =
                            [
                                .. canApprove
                                    ? [ApprovalCard.Button(ApprovalTexts.Approve, ApproveInvitation.Verb, row)]
                                    : Array.Empty<AdaptiveAction>(),
                                ApprovalCard.Button(ApprovalTexts.Deny, DenyInvitation.Verb, row),
                            ],
                        },
                    ]
                    : Array.Empty<CardElement>(),
            ],
        };
    }

    private static string Status(Invitation it) =>
        it is { Status: InvitationStatus.PendingApproval, Needed: > 1 } ? ApprovalTexts.VotesOf.With(it.Votes.Count, it.Needed)
        : it.Status is InvitationStatus.PendingApproval ? ApprovalTexts.Waiting
        : Words.For(it.Status);

    private static string Details(Invitation it) =>
        string.Join(
            " · ",
            new[]
            {
                it.FirstName is null ? null : CardText.Escape($"{it.FirstName} {it.LastName}".TrimEnd()),
                DocSpaceRoleNames.Short(it.Role),
                it.Room is null ? null : CardText.Escape(it.Room),
                IsOpen(it) ? Account(it) : null,
            }.OfType<string>()
        );
}

/// <summary>What a role means for whoever decides.</summary>
internal static class RoleWords
{
    public static string May(DocSpaceRole role) =>
        role switch
        {
            DocSpaceRole.Guest => ApprovalTexts.GuestMay,
            DocSpaceRole.RoomAdmin => ApprovalTexts.RoomAdminMay,
            DocSpaceRole.DocSpaceAdmin => ApprovalTexts.DocSpaceAdminMay,
            _ => ApprovalTexts.UserMay,
        };
}
