using DocSpace.Api;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Tests.Invitations;

/// <summary>What people see before they confirm. The files beside this are the cards.</summary>
public sealed class DraftCardTests
{
    [Fact]
    public void While_everybody_is_looked_up_the_card_says_so() =>
        ApprovedCard.Same("DraftCard.Looking", DraftCard.For(An.Draft(DraftState.Looking, New("carol@example.com"))));

    [Fact]
    public void Everybody_has_a_verdict_and_those_who_need_a_look_come_first() =>
        ApprovedCard.Same(
            "DraftCard.Ready",
            DraftCard.For(An.Draft(DraftState.Ready, OfEveryKind()) with { Reason = "New team, *urgent*" })
        );

    [InGerman]
    [Fact]
    public void Who_reads_German_is_asked_in_German() =>
        ApprovedCard.Same(
            "DraftCard.Ready.de",
            DraftCard.For(
                An.Draft(
                    DraftState.Ready,
                    [
                        .. OfEveryKind()
                            .Select(row =>
                                row.Verdict is RowVerdict.Wrong ? row with { Note = "Zeile 11: Das ist keine E-Mail-Adresse." } : row
                            ),
                    ]
                ) with
                {
                    Reason = "Neues Team",
                }
            )
        );

    [Fact]
    public void A_dry_run_has_no_button() =>
        ApprovedCard.Same("DraftCard.DryRun", DraftCard.For(An.Draft(DraftState.Ready, New("carol@example.com")) with { IsDryRun = true }));

    [Fact]
    public void An_address_that_looks_wrong_is_alone_on_its_card() =>
        ApprovedCard.Same(
            "DraftCard.Odd",
            DraftCard.For(
                An.Draft(
                    DraftState.Ready,
                    New("carol@exmaple.com") with
                    {
                        Warning = "exmaple.com is one slip away from example.com, which is known here. Did you mean carol@example.com?",
                    }
                )
            )
        );

    [Fact]
    public void Who_needs_somebodys_approval_is_told_from_who_does_not() =>
        ApprovedCard.Same(
            "DraftCard.NeedsApproval",
            DraftCard.For(
                An.Draft(
                    DraftState.Ready,
                    New("carol@example.com"),
                    New("dave@partner.example", 2) with
                    {
                        NeedsApproval = true,
                    },
                    New("erin@partner.example", 3) with
                    {
                        NeedsApproval = true,
                        Role = DocSpaceRole.RoomAdmin,
                    },
                    New("frank@example.com", 4) with
                    {
                        Verdict = RowVerdict.Active,
                    }
                )
            )
        );

    [Fact]
    public void Nobody_new_leaves_only_what_can_be_ticked() =>
        ApprovedCard.Same(
            "DraftCard.NobodyNew",
            DraftCard.For(An.Draft(DraftState.Ready, New("carol@example.com") with { Verdict = RowVerdict.Pending }))
        );

    [Fact]
    public void What_was_cancelled_says_that_nobody_was_invited() =>
        ApprovedCard.Same("DraftCard.Cancelled", DraftCard.For(An.Draft(DraftState.Cancelled, New("carol@example.com"))));

    [Fact]
    public void Who_is_held_back_is_told_why_and_stays_behind() =>
        ApprovedCard.Same(
            "DraftCard.HeldBack",
            DraftCard.For(
                An.Draft(
                    DraftState.Ready,
                    [
                        New("first@example.com") with
                        {
                            Role = DocSpaceRole.RoomAdmin,
                        },
                        .. SeatPlan
                            .For([new(1, DocSpaceRole.RoomAdmin), new(2, DocSpaceRole.RoomAdmin), new(3, DocSpaceRole.User)], 1, 1)
                            .HeldBack.Select(held =>
                                New($"held{held.Row.Row}@example.com", held.Row.Row) with
                                {
                                    Role = held.Row.Role,
                                    Verdict = RowVerdict.HeldBack,
                                    Note = held.Why.Happened,
                                    WhatToDo = held.Why.WhatToDo,
                                }
                            ),
                    ]
                )
            )
        );

    [Fact]
    public void A_list_with_nobody_to_invite_says_what_to_do_next() =>
        ApprovedCard.Same(
            "DraftCard.AllWrong",
            DraftCard.For(
                An.Draft(
                    DraftState.Ready,
                    New("carol@example") with
                    {
                        Verdict = RowVerdict.Wrong,
                        Note = "Line 1: “carol@example” is not an e-mail address. Write it like alice@example.com.",
                    }
                )
            )
        );

    [Fact]
    public void A_portal_that_cannot_be_asked_is_said() =>
        ApprovedCard.Same(
            "DraftCard.Failed",
            DraftCard.For(
                An.Draft(DraftState.Failed, New("carol@example.com")) with
                {
                    Problem = Refusal.NobodyBecause(Cause.PortalUnavailable).Text,
                }
            )
        );

    [Fact]
    public void Eight_hundred_rows_are_counted_and_as_many_as_fit_are_behind_a_button() =>
        ApprovedCard.Same(
            "DraftCard.Many",
            DraftCard.For(An.Draft(DraftState.Ready, [.. Enumerable.Range(1, 800).Select(line => New($"person{line}@example.com", line))]))
        );

    [Fact]
    public void The_longest_addresses_with_the_longest_remarks_fit_into_a_message() =>
        Assert.InRange(
            DraftCard
                .For(
                    An.Draft(
                        DraftState.Ready,
                        [
                            .. Enumerable
                                .Range(1, 1_000)
                                .Select(line =>
                                    New(new string('x', 60) + "@" + new string('y', 190) + ".example", line) with
                                    {
                                        Verdict = RowVerdict.NotAllowed,
                                        Note = new string('w', 300),
                                    }
                                ),
                        ]
                    )
                )
                .ToUtf8()
                .Length,
            1,
            26_000
        );

    [Fact]
    public void Long_names_rooms_and_remarks_in_any_script_fit_into_a_message() =>
        Assert.InRange(
            DraftCard
                .For(
                    An.Draft(
                        DraftState.Ready,
                        [
                            .. Enumerable
                                .Range(1, 1_000)
                                .Select(line =>
                                    New(new string('_', 60) + "@" + new string('y', 186) + ".example", line) with
                                    {
                                        Role = DocSpaceRole.Guest,
                                        FirstName = new string('ж', 64),
                                        LastName = new string('ж', 64),
                                        Room = new string('ж', 255),
                                        Warning = new string('w', 600),
                                    }
                                ),
                        ]
                    )
                )
                .ToUtf8()
                .Length,
            1,
            27_000
        );

    private static DraftRow New(string email, int line = 1) => new(line, email, DocSpaceRole.User) { Verdict = RowVerdict.New };

    private static DraftRow[] OfEveryKind() =>
        [
            New("new@example.com"),
            New("named@example.com", 2) with
            {
                FirstName = "Nora",
                LastName = "Nolan",
            },
            New("guest@partner.example", 3) with
            {
                Role = DocSpaceRole.Guest,
                Room = "Q4 Audit",
            },
            New("pending@example.com", 4) with
            {
                Verdict = RowVerdict.Pending,
            },
            New("active@example.com", 5) with
            {
                Verdict = RowVerdict.Active,
            },
            New("lower@example.com", 6) with
            {
                Role = DocSpaceRole.RoomAdmin,
                PortalRole = DocSpaceRole.User,
                Verdict = RowVerdict.OtherRole,
            },
            New("disabled@example.com", 7) with
            {
                Verdict = RowVerdict.Disabled,
            },
            New("underway@example.com", 8) with
            {
                Verdict = RowVerdict.UnderWay,
            },
            New("denied@rival.example", 9) with
            {
                Verdict = RowVerdict.NotAllowed,
                Note = Refusal.NotAllowed.Text,
            },
            New("held@example.com", 10) with
            {
                Role = DocSpaceRole.RoomAdmin,
                Verdict = RowVerdict.HeldBack,
                Note = SeatPlan.For([new(10, DocSpaceRole.RoomAdmin)], 0, null).HeldBack[0].Why.Text,
            },
            New("not an address", 11) with
            {
                Verdict = RowVerdict.Wrong,
                Note = "Line 11: this is not an e-mail address.",
            },
        ];
}
