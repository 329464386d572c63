using DocSpace.Api;
using DocSpaceBot.Invitations;
using FsCheck;
using FsCheck.Fluent;

namespace DocSpaceBot.Tests.Invitations;

public sealed class SeatPlanTests
{
    private static readonly DocSpaceRole[] Roles = Enum.GetValues<DocSpaceRole>();

    [Fact]
    public void Without_limits_everybody_goes_and_nothing_is_said()
    {
        var plan = SeatPlan.For(Rows(DocSpaceRole.User, DocSpaceRole.RoomAdmin), null, null);

        Assert.Equal([0, 1], plan.Now.Select(it => it.Row));
        Assert.Empty(plan.HeldBack);
    }

    [Fact]
    public void Paid_roles_get_the_seats_in_the_order_of_the_rows_and_the_others_go_all_the_same()
    {
        var plan = SeatPlan.For(
            Rows(DocSpaceRole.RoomAdmin, DocSpaceRole.User, DocSpaceRole.DocSpaceAdmin, DocSpaceRole.User),
            freeSeats: 1,
            invitationsLeft: null
        );

        Assert.Equal([0, 1, 3], plan.Now.Select(it => it.Row));
        var held = Assert.Single(plan.HeldBack);
        Assert.Equal((2, HeldBecause.NoSeat), (held.Row.Row, held.Because));
        Assert.Equal(
            "DocSpace has one free paid seat, and somebody before this row takes it. Not invited yet. Invite as user, or ask an operator for more seats.",
            held.Why.Text
        );
    }

    [Fact]
    public void A_row_without_a_seat_leaves_its_invitation_to_the_next_one()
    {
        var plan = SeatPlan.For(Rows(DocSpaceRole.RoomAdmin, DocSpaceRole.User, DocSpaceRole.Guest), freeSeats: 0, invitationsLeft: 1);

        Assert.Equal([1], plan.Now.Select(it => it.Row));
        Assert.Equal([HeldBecause.NoSeat, HeldBecause.NoInvitation], plan.HeldBack.Select(it => it.Because));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-4)]
    public void A_portal_with_less_than_nothing_left_has_nothing_left(int left)
    {
        var plan = SeatPlan.For(Rows(DocSpaceRole.User), null, left);

        Assert.Empty(plan.Now);
        Assert.StartsWith(
            "DocSpace takes no more invitations at the moment.",
            Assert.Single(plan.HeldBack).Why.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(DocSpaceRole.RoomAdmin, Assert.Single(SeatPlan.For(Rows(DocSpaceRole.RoomAdmin), left, null).HeldBack).Row.Role);
    }

    [Fact]
    public void Never_more_than_there_is_and_every_row_is_either_planned_or_held_back_in_order() =>
        Prop.ForAll(
                (
                    from roles in Gen.Elements(Roles).ListOf()
                    from seats in Limit()
                    from invitations in Limit()
                    select (Rows: Rows([.. roles]), seats, invitations)
                ).ToArbitrary(),
                it =>
                {
                    var plan = SeatPlan.For(it.Rows, it.seats, it.invitations);
                    var all = plan.Now.Concat(plan.HeldBack.Select(held => held.Row)).OrderBy(row => row.Row);

                    return all.SequenceEqual(it.Rows)
                        && plan.Now.Count <= Math.Max(it.invitations ?? int.MaxValue, 0)
                        && plan.Now.Count(row => DocSpaceRoles.TakesSeat(row.Role)) <= Math.Max(it.seats ?? int.MaxValue, 0)
                        && plan.Now.SequenceEqual(plan.Now.OrderBy(row => row.Row))
                        && plan.HeldBack.SequenceEqual(plan.HeldBack.OrderBy(held => held.Row.Row))
                        && plan.HeldBack.All(held => held.Why.WhatToDo.Length > 0);
                }
            )
            .QuickCheckThrowOnFailure();

    private static Gen<int?> Limit() => Gen.OneOf(Gen.Constant<int?>(null), Gen.Choose(-2, 12).Select(it => (int?)it));

    private static SeatRow[] Rows(params DocSpaceRole[] roles) => [.. roles.Select((role, row) => new SeatRow(row, role))];
}
