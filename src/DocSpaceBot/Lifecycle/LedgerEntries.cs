using static DocSpaceBot.Lifecycle.InvitationEvent;

namespace DocSpaceBot.Lifecycle;

/// <summary>What is told in the ledger of requests and of everything that happens to an invitation.</summary>
internal static class LedgerEntries
{
    /// <summary>Somebody has asked; one entry for the request and one for each of its people.</summary>
    public static IEnumerable<LedgerEntry> Of(InviteRequest request, IReadOnlyCollection<Invitation> people, DateTimeOffset now)
    {
        var asked = new LedgerEntry(LedgerKind.Requested, now, request.TenantId)
        {
            Request = request.Id,
            Actor = request.Requester,
            Right = LedgerRight.Requester,
        };

        yield return asked with
        {
            Detail = Joined(
                people.Any(it => it.Link is not null) ? "a link"
                    : people.Count == 1 ? "1 person"
                    : $"{people.Count} people",
                Reason(request)
            ),
        };

        foreach (var it in people)
        {
            yield return asked with
            {
                Kind = LedgerKind.Asked,
                Invitation = it.Id,
                Email = it.Link is null ? it.Email : null,
                After = it.Status,
                Detail = Joined(
                    Wanted(it),
                    it.Rule is { } rule ? $"rule: {rule}" : null,
                    it.WasAsked ? $"approvals needed: {it.Needed}" : null,
                    it.Wish is { } wish ? $"if already there: {LedgerWords.For(wish)}" : null,
                    Reason(request)
                ),
            };
        }
    }

    /// <summary>An event has moved an invitation. Null where nobody would learn anything from it.</summary>
    /// <param name="requester">Who asked for the invitation.</param>
    public static LedgerEntry? Of(
        string tenantId,
        string requester,
        Invitation before,
        InvitationEvent happened,
        Invitation after,
        DateTimeOffset now
    )
    {
        var isWaiting = before.WaitingSince is not null;

        return happened switch
        {
            Allow e => Told(LedgerKind.Allowed) with { Right = RightOf(e.Rule) },
            Ask e => Told(LedgerKind.ApprovalAsked, $"{e.Needed} needed") with { Right = RightOf(e.Rule) },
            ShownToApprovers e => Told(
                LedgerKind.ShownToApprovers,
                Joined(LedgerWords.For(e.Standing), e.Role is { } role ? $"as {role}" : null)
            ),
            Approve e => By(e.By, Told(LedgerKind.Approved, $"{after.Votes.Count} of {e.Needed}")) with { Right = e.Right },
            Deny e => By(e.By, Told(LedgerKind.Denied, $"reason: {e.Reason}")) with { Right = e.Right },
            TakeBackApproval e => By(e.By, Told(LedgerKind.ApprovalTakenBack)),
            Forbid e => Told(LedgerKind.Forbidden, LedgerWords.For(e.Cause)) with { Right = RightOf(e.Rule) },
            Undo e => By(e.By, Told(LedgerKind.TakenBack)),
            Cancel e => By(e.By, Told(LedgerKind.Cancelled)),
            TryAgain e => By(e.By, Told(LedgerKind.TriedAgain)),

            // The number of the room is told with the call.
            RoomFound => null,
            SendBegun => Told(LedgerKind.CallBegun, Wanted(after)) with { OncePerChange = isWaiting || before.SendBegunAt is not null },
            SendNotMade => Told(LedgerKind.CallNotMade) with { OncePerChange = isWaiting },
            InviteBegun => Told(LedgerKind.InviteCallBegun, Wanted(after)) with { OncePerChange = isWaiting },
            InviteNotMade => Told(LedgerKind.InviteCallNotMade) with { OncePerChange = isWaiting },

            LookedUp e => IsNews(before, after) ? Told(LedgerKind.LookedUp, Seen(e, before, after)) : null,
            LinkMade => Told(LedgerKind.LinkMade, Wanted(after)),
            PortalRefused e => Told(LedgerKind.Refused, LedgerWords.For(e.Cause)),
            PortalBusy e => Told(LedgerKind.Waiting, LedgerWords.For(e.Cause)) with { OncePerChange = isWaiting },
            GaveUp e => Told(LedgerKind.GivenUp, LedgerWords.For(e.Cause)),

            WishAsked e => By(e.By, Told(LedgerKind.WishAsked, LedgerWords.For(e.Wish))),
            WishBegun e => Told(LedgerKind.WishBegun, LedgerWords.For(e.Wish)) with { OncePerChange = before.WishCause is not null },
            WishNotMade e => Told(LedgerKind.WishNotMade, Why(e.Wish, e.Cause)) with { OncePerChange = true },
            WishDelayed e => Told(LedgerKind.WishDelayed, Why(e.Wish, e.Cause)) with { OncePerChange = true },
            WishSettled e => Told(LedgerKind.WishSettled, CameOf(e)),

            SeenOnPortal e => Told(LedgerKind.SeenOnPortal, LedgerWords.For(e.Standing)),
            PortalWelcomeMoved e when e.Outcome == before.PortalWelcome => null,
            PortalWelcomeMoved e => Told(LedgerKind.PortalWelcome, LedgerWords.For(e.Outcome)),
            WelcomeSettled e => Told(LedgerKind.WelcomeSettled, LedgerWords.For(e.Outcome)),
            DeadlinePassed => Told(LedgerKind.Expired),

            // A question, which changes nothing.
            Reminded => null,
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "The ledger has no words for it."),
        };

        LedgerEntry Told(LedgerKind kind, string? detail = null) =>
            new(kind, now, tenantId)
            {
                Request = after.Request,
                Invitation = after.Id,
                Email = after.Link is null ? after.Email : null,
                Before = before.Status,
                After = after.Status,
                Detail = detail,
            };

        LedgerEntry By(Person person, LedgerEntry told) =>
            told with
            {
                Actor = person,
                Right = person.Id == requester ? LedgerRight.Requester : null,
            };
    }

    /// <summary>Who has been looked at may be looked at again before each call.</summary>
    private static bool IsNews(Invitation before, Invitation after) =>
        before.Before is null
        || after.Status != before.Status
        || after.CreatedAt != before.CreatedAt
        || after.PortalUser != before.PortalUser;

    private static string Seen(LookedUp seen, Invitation before, Invitation after)
    {
        var standing =
            after.RoomId is null || seen.Standing is Standing.Disabled ? LedgerWords.For(seen.Standing)
            : seen.Standing is Standing.Absent ? "not in the room"
            : $"in the room, {LedgerWords.For(seen.Standing)}";

        // Of those who had to wait not every call is told.
        var asked =
            before is { WaitingSince: not null, SendBegunAt: { } at } && after.Status != before.Status
                ? $"asked for at {LedgerWords.For(at)}"
                : null;
        return Joined(standing, seen.Role is { } role ? $"as {role}" : null, asked);
    }

    private static string Wanted(Invitation it) =>
        it.Link is { } link ? Joined($"a link as {it.Role}", LedgerWords.For(link))
        : it.Room is null ? Joined($"as {it.Role}", it.Creates ? "created by name" : null)
        : Joined($"as {it.Role}", $"into the room “{it.Room}”", it.RoomId is { } number ? $"room {number}" : null);

    private static string Why(Wish wish, Cause cause) => $"{LedgerWords.For(wish)}: {LedgerWords.For(cause)}";

    private static string CameOf(WishSettled settled) =>
        Joined(
            $"{LedgerWords.For(settled.Wish)}: {LedgerWords.For(settled.Outcome)}",
            settled.Cause is { } cause ? LedgerWords.For(cause) : null,
            settled.Role is { } role ? $"as {role}" : null
        );

    private static string RightOf(string? rule) => rule ?? LedgerRight.Policy;

    private static string? Reason(InviteRequest request) => request.Reason is null ? null : $"reason: {request.Reason}";

    private static string Joined(params ReadOnlySpan<string?> parts) => string.Join(", ", parts.ToArray().Where(part => part is not null));
}
