using DocSpace.Api;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>A row that is ready to be sent: nobody has the address yet, and the role is decided.</summary>
internal sealed record SeatRow(int Row, DocSpaceRole Role);

internal enum HeldBecause
{
    /// <summary>The role takes a paid seat, and none is left.</summary>
    NoSeat,

    /// <summary>The portal takes no more invitations for now.</summary>
    NoInvitation,
}

/// <summary>A row that has to wait, with the words that people read.</summary>
internal sealed record HeldRow(SeatRow Row, HeldBecause Because, Refusal Why);

/// <summary>
/// Which rows go now and which are held back, so that a request does not stop halfway: the portal works through a list one by one and leaves what it
/// did before it ran out of seats or invitations. Rows keep their order, and who comes first is served first. A row that is held back for want of a seat
/// uses no invitation, so the rows after it may still go.
/// </summary>
internal sealed record SeatPlan(IReadOnlyList<SeatRow> Now, IReadOnlyList<HeldRow> HeldBack)
{
    /// <param name="rows">In the order in which they were asked for.</param>
    /// <param name="freeSeats">Null = unlimited. A portal that uses more than it pays for has none.</param>
    /// <param name="invitationsLeft">Null = unlimited.</param>
    public static SeatPlan For(IEnumerable<SeatRow> rows, int? freeSeats, int? invitationsLeft)
    {
        var seats = Math.Max(freeSeats ?? int.MaxValue, 0);
        var invitations = Math.Max(invitationsLeft ?? int.MaxValue, 0);
        var now = new List<SeatRow>();
        var heldBack = new List<HeldRow>();

        foreach (var row in rows)
        {
            var takesSeat = DocSpaceRoles.TakesSeat(row.Role);

            if (takesSeat && seats == 0)
            {
                heldBack.Add(new(row, HeldBecause.NoSeat, NoSeat(Math.Max(freeSeats ?? 0, 0))));
            }
            else if (invitations == 0)
            {
                heldBack.Add(new(row, HeldBecause.NoInvitation, NoInvitation(Math.Max(invitationsLeft ?? 0, 0))));
            }
            else
            {
                now.Add(row);
                invitations--;
                seats -= takesSeat ? 1 : 0;
            }
        }

        return new(now, heldBack);
    }

    private static Refusal NoSeat(int free) =>
        Held(
            "no-seat",
            free switch
            {
                0 => DraftTexts.NoSeat,
                1 => DraftTexts.OneSeat,
                _ => DraftTexts.FewSeats.With(free),
            },
            DraftTexts.MoreSeats
        );

    private static Refusal NoInvitation(int left) =>
        Held(
            "no-invitation",
            left switch
            {
                0 => DraftTexts.NoInvitation,
                1 => DraftTexts.OneInvitation,
                _ => DraftTexts.FewInvitations.With(left),
            },
            DraftTexts.MoreInvitations
        );

    private static Refusal Held(string code, string why, string whatToDo) => new(code, $"{why} {DraftTexts.NotInvitedYet}", whatToDo);
}
