using DocSpace.Api;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Tryout.Teams;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Tests.Invitations;

/// <summary>The card of a request in everything that can become of it. The files beside this are what people see.</summary>
public sealed class InvitationCardTests
{
    private static readonly DateTimeOffset Later = An.Instant.AddMinutes(3);

    private static readonly Invitation Invited = An.Invitation(InvitationStatus.Invited) with
    {
        Before = Standing.Absent,
        InvitedAt = An.Instant,
        LookedAt = An.Instant,
    };

    private static readonly Invitation Waiting = An.Invitation() with { DecideBy = An.Instant.AddDays(7) };

    [Theory]
    [InlineData(nameof(InvitationStatus.PendingApproval))]
    [InlineData(nameof(InvitationStatus.Approved))]
    [InlineData(nameof(InvitationStatus.Invited))]
    [InlineData(nameof(InvitationStatus.Joined))]
    [InlineData(nameof(InvitationStatus.Welcomed))]
    [InlineData(nameof(InvitationStatus.AlreadyMember))]
    [InlineData(nameof(InvitationStatus.Denied))]
    [InlineData(nameof(InvitationStatus.Cancelled))]
    [InlineData(nameof(InvitationStatus.Expired))]
    [InlineData(nameof(InvitationStatus.Failed))]
    public void In_every_status_the_card_is_as_approved(string status) =>
        ApprovedCard.Same($"InvitationCard.{status}", InvitationCard.For(An.Request(), [In(Enum.Parse<InvitationStatus>(status))], Later));

    [InGerman]
    [Theory]
    [InlineData(nameof(InvitationStatus.PendingApproval))]
    [InlineData(nameof(InvitationStatus.Invited))]
    [InlineData(nameof(InvitationStatus.AlreadyMember))]
    [InlineData(nameof(InvitationStatus.Failed))]
    public void Who_reads_German_has_the_card_in_German(string status) =>
        ApprovedCard.Same(
            $"InvitationCard.{status}.de",
            InvitationCard.For(An.Request(), [In(Enum.Parse<InvitationStatus>(status))], Later)
        );

    [InGerman]
    [Fact]
    public void The_countdown_is_in_German_too() =>
        ApprovedCard.Same(
            "InvitationCard.ApprovedWithUndo.de",
            InvitationCard.For(
                An.Request() with
                {
                    Reason = "Prüfung 2026",
                },
                [An.Invitation(InvitationStatus.Approved) with { SendFrom = An.Instant.AddSeconds(10) }],
                An.Instant
            )
        );

    [InGerman]
    [Fact]
    public void The_card_of_many_people_is_in_German_too() =>
        ApprovedCard.Same(
            "InvitationCard.Many.de",
            InvitationCard.For(
                An.Request() with
                {
                    Reason = "Neues Team",
                },
                [.. Many(12), Waiting with { Row = 12, Email = "dave@example.com" }],
                Later,
                asked: [Asked("Dana Diaz")]
            )
        );

    [Fact]
    public void While_it_waits_it_says_who_was_asked_who_has_approved_and_until_when() =>
        ApprovedCard.Same(
            "InvitationCard.PendingAsked",
            InvitationCard.For(
                An.Request() with
                {
                    Number = 17,
                },
                [
                    Waiting with
                    {
                        Needed = 2,
                        Votes = [new(An.Dana, An.Instant, "managers")],
                        Note = "Nobody at example.com has been invited from here before. Check that it is the right domain.",
                    },
                ],
                Later,
                asked: [Asked("Dana Diaz"), Asked("Max Maurer"), Asked(null)]
            )
        );

    [Fact]
    public void When_nobody_can_be_reached_it_says_that_an_operator_knows() =>
        ApprovedCard.Same(
            "InvitationCard.PendingNobodyReached",
            InvitationCard.For(An.Request() with { Number = 17, OperatorsToldAt = An.Instant }, [Waiting], Later)
        );

    [Fact]
    public void Of_a_list_those_who_wait_are_told_from_those_who_are_out() =>
        ApprovedCard.Same(
            "InvitationCard.ManyPending",
            InvitationCard.For(
                An.Request() with
                {
                    Number = 17,
                },
                [
                    Waiting,
                    Waiting with
                    {
                        Row = 1,
                        Email = "dave@example.com",
                    },
                    Waiting with
                    {
                        Row = 2,
                        Email = "erin@example.com",
                        Status = InvitationStatus.Denied,
                        Denial = new(An.Dana, An.Instant, "left the project"),
                    },
                    Invited with
                    {
                        Row = 3,
                        Email = "frank@example.com",
                        Votes = [new(An.Dana, An.Instant, "managers")],
                        DecideBy = An.Instant,
                    },
                ],
                Later,
                asked: [Asked("Dana Diaz"), Asked("Max Maurer")]
            )
        );

    [Fact]
    public void Approved_it_says_by_whom_and_no_longer_what_was_to_be_checked() =>
        ApprovedCard.Same(
            "InvitationCard.ApprovedBy",
            InvitationCard.For(
                An.Request(),
                [
                    Invited with
                    {
                        Votes = [new(An.Dana, An.Instant, "managers")],
                        DecideBy = An.Instant.AddDays(7),
                        Note = "Nobody at example.com has been invited from here before. Check that it is the right domain.",
                    },
                ],
                Later
            )
        );

    [Fact]
    public void Denied_it_says_by_whom_and_why() =>
        ApprovedCard.Same(
            "InvitationCard.DeniedBecause",
            InvitationCard.For(
                An.Request(),
                [Waiting with { Status = InvitationStatus.Denied, Denial = new(An.Dana, An.Instant, "Not a partner *any more*") }],
                Later
            )
        );

    [Fact]
    public void When_nobody_decided_it_says_so() =>
        ApprovedCard.Same(
            "InvitationCard.ExpiredUndecided",
            InvitationCard.For(An.Request(), [Waiting with { Status = InvitationStatus.Expired }], Later)
        );

    [Fact]
    public void As_long_as_nothing_has_left_there_is_a_button_to_take_it_back() =>
        ApprovedCard.Same(
            "InvitationCard.ApprovedWithUndo",
            InvitationCard.For(
                An.Request() with
                {
                    Reason = "Audit 2026, *urgent*",
                },
                [An.Invitation(InvitationStatus.Approved) with { SendFrom = An.Instant.AddSeconds(10) }],
                An.Instant
            )
        );

    [Fact]
    public void While_DocSpace_is_away_the_card_says_when_it_is_tried_again() =>
        ApprovedCard.Same(
            "InvitationCard.ApprovedAndWaiting",
            InvitationCard.For(
                An.Request(),
                [An.Invitation(InvitationStatus.Approved) with { Cause = Cause.PortalUnavailable, NextLookAt = Later }],
                An.Instant
            )
        );

    [Fact]
    public void Somebody_who_was_waiting_before_is_shown_as_that() =>
        ApprovedCard.Same(
            "InvitationCard.InvitedBefore",
            InvitationCard.For(An.Request(), [Invited with { Before = Standing.Pending }], Later)
        );

    [Fact]
    public void Somebody_who_is_gone_from_DocSpace_is_shown_as_that() =>
        ApprovedCard.Same(
            "InvitationCard.CancelledByRemoval",
            InvitationCard.For(An.Request(), [Invited with { Status = InvitationStatus.Cancelled, LookedAt = Later }], Later)
        );

    [Fact]
    public void Once_the_person_is_there_every_step_is_told_with_its_time_and_source() =>
        ApprovedCard.Same(
            "InvitationCard.WholeLadder",
            InvitationCard.For(
                An.Request(),
                [
                    Invited with
                    {
                        Status = InvitationStatus.Welcomed,
                        Rule = "partners",
                        DecideBy = An.Instant.AddDays(7),
                        SendFrom = An.Instant,
                        Votes = [new(An.Dana, An.Instant.AddMinutes(5), "managers")],
                        InvitedAt = An.Instant.AddMinutes(6),
                        JoinedAt = An.Instant.AddDays(2),
                        JoinedBy = NoticedBy.Webhook,
                        ConfirmedAt = An.Instant.AddDays(2),
                        TeamsWelcome = TeamsWelcome.Sent,
                        WelcomedAt = An.Instant.AddDays(2).AddSeconds(2),
                    },
                ],
                Later
            )
        );

    [Fact]
    public void A_notice_stands_on_the_card_of_whoever_pressed() =>
        ApprovedCard.Same("InvitationCard.WithNotice", InvitationCard.For(An.Request(), [Invited], Later, Refusal.NotYours.Text));

    [Fact]
    public void Many_people_share_a_card_that_begins_with_those_who_need_attention() =>
        ApprovedCard.Same("InvitationCard.Many", InvitationCard.For(An.Request() with { Reason = "New team" }, Many(12), Later));

    [Fact]
    public void A_long_list_under_way_has_a_bar() =>
        ApprovedCard.Same(
            "InvitationCard.Progress",
            InvitationCard.For(
                An.Request(),
                [
                    .. Many(40)
                        .Select(it => it.Row < 25 ? it : An.Invitation(InvitationStatus.Approved) with { Row = it.Row, Email = it.Email }),
                ],
                Later
            )
        );

    [Fact]
    public void While_a_list_waits_the_card_says_once_why_and_until_when() =>
        ApprovedCard.Same(
            "InvitationCard.ManyWaiting",
            InvitationCard.For(
                An.Request(),
                [
                    .. Many(14)
                        .Select(it =>
                            it.Row < 3
                                ? it
                                : An.Invitation(InvitationStatus.Approved) with
                                {
                                    Row = it.Row,
                                    Email = it.Email,
                                    Cause = it.Row < 13 ? Cause.PortalLimit : Cause.PortalUnavailable,
                                    NextLookAt = Later.AddMinutes(it.Row),
                                }
                        ),
                ],
                Later
            )
        );

    [Fact]
    public void Whoever_was_taken_off_a_list_that_waited_does_not_wait_any_more()
    {
        var text = TextOf(
            InvitationCard.For(
                An.Request(),
                [Invited, An.Invitation(InvitationStatus.Cancelled) with { Row = 1, Cause = Cause.PortalUnavailable }],
                Later
            )
        );

        Assert.DoesNotContain("cannot be reached", text, StringComparison.Ordinal);
        Assert.Contains("1 person was taken off before anything was sent.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(Wish.Resend), nameof(WishState.Asked))]
    [InlineData(nameof(Wish.Resend), nameof(WishState.Done))]
    [InlineData(nameof(Wish.Resend), nameof(WishState.Refused))]
    [InlineData(nameof(Wish.Resend), nameof(WishState.Unknown))]
    [InlineData(nameof(Wish.Revoke), nameof(WishState.Asked))]
    [InlineData(nameof(Wish.Revoke), nameof(WishState.Done))]
    [InlineData(nameof(Wish.Revoke), nameof(WishState.Refused))]
    [InlineData(nameof(Wish.Revoke), nameof(WishState.Unknown))]
    [InlineData(nameof(Wish.ChangeRole), nameof(WishState.Asked))]
    [InlineData(nameof(Wish.ChangeRole), nameof(WishState.Done))]
    [InlineData(nameof(Wish.ChangeRole), nameof(WishState.Refused))]
    [InlineData(nameof(Wish.ChangeRole), nameof(WishState.Unknown))]
    public void What_was_asked_for_after_an_invitation_is_told_on_its_card(string wish, string state)
    {
        var (asked, became) = (Enum.Parse<Wish>(wish), Enum.Parse<WishState>(state));
        var before = asked switch
        {
            Wish.Resend => Invited with { Before = Standing.Pending },
            Wish.Revoke => Invited with { Status = became is WishState.Done ? InvitationStatus.Cancelled : InvitationStatus.Invited },
            _ => In(InvitationStatus.AlreadyMember) with
            {
                Role = DocSpaceRole.RoomAdmin,
                PortalRole = became is WishState.Done ? DocSpaceRole.RoomAdmin : DocSpaceRole.User,
            },
        };

        ApprovedCard.Same(
            $"InvitationCard.{wish}{state}",
            InvitationCard.For(
                An.Request(),
                [
                    before with
                    {
                        Wish = asked,
                        WishState = became,
                        WishCause = (asked, became) switch
                        {
                            (Wish.ChangeRole, WishState.Refused) => Cause.SeatsFull,
                            (_, WishState.Refused) => Cause.ScopeMissing,
                            (Wish.Revoke, WishState.Asked) => Cause.PortalUnavailable,
                            _ => null,
                        },
                    },
                ],
                Later
            )
        );
    }

    [Fact]
    public void A_person_who_was_created_is_shown_with_the_name_and_the_mail_that_goes_out() =>
        ApprovedCard.Same(
            "InvitationCard.Created",
            InvitationCard.For(
                An.Request(),
                [
                    Invited with
                    {
                        FirstName = "Carol",
                        LastName = "Carter",
                        Creates = true,
                        CreatedAt = An.Instant,
                        Note = "Nobody at example.com has been invited from here before. Check that it is the right domain.",
                    },
                ],
                Later
            )
        );

    [Fact]
    public void A_guest_is_shown_with_the_room() =>
        ApprovedCard.Same(
            "InvitationCard.IntoRoom",
            InvitationCard.For(An.Request(), [Invited with { Role = DocSpaceRole.Guest, Room = "Q4 *Audit*", RoomId = 7 }], Later)
        );

    [Fact]
    public void Guests_of_a_list_are_shown_with_their_rooms()
    {
        var text = TextOf(
            InvitationCard.For(
                An.Request(),
                [.. Many(6).Select(it => it with { Role = DocSpaceRole.Guest, Room = $"Room {it.Row % 5}" })],
                Later
            )
        );

        Assert.Contains("Room 0 · Room 1 · Room 2 and 2 more", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_role_than_was_asked_for_can_be_changed_by_a_button() =>
        ApprovedCard.Same(
            "InvitationCard.OtherRole",
            InvitationCard.For(
                An.Request(),
                [In(InvitationStatus.AlreadyMember) with { Role = DocSpaceRole.RoomAdmin, PortalRole = DocSpaceRole.User }],
                Later
            )
        );

    [Fact]
    public void A_card_for_a_thousand_people_is_small_enough_for_Teams() =>
        Assert.InRange(
            InvitationCard
                .For(
                    An.Request(),
                    [.. Many(1000).Select(it => it with { Email = new string('x', 60) + "@" + new string('y', 190) + ".example" })],
                    Later
                )
                .ToUtf8()
                .Length,
            1,
            24_000
        );

    [Theory]
    [MemberData(nameof(Causes))]
    public void Every_failure_says_what_happened_and_to_whom(string name)
    {
        var cause = Enum.Parse<Cause>(name);
        var card = InvitationCard.For(An.Request(), [An.Invitation(InvitationStatus.Failed) with { Cause = cause }], Later);
        var text = TextOf(card);

        Assert.Contains(Refusal.Because(cause).Text, text, StringComparison.Ordinal);
        Assert.Matches("was not invited|nobody was invited|is not known", text);
        Assert.Contains("Try again", text, StringComparison.Ordinal);
        Assert.Contains("Reference ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_failures_have_the_same_words() =>
        Assert.Distinct(Enum.GetValues<Cause>().Select(cause => Refusal.Because(cause).Text));

    [Fact]
    public void What_people_write_is_not_read_as_markup()
    {
        var request = An.Request() with
        {
            Requester = An.Alice with { Name = "[x](https://evil.example)" },
            Reason = "**now** {{TIME(2020-01-01T00:00:00Z)}}",
        };
        var json = InvitationCard.For(request, [An.Invitation() with { Email = "_a_*b*@example.org" }], Later).ToJson();

        Assert.DoesNotContain("[x](", json, StringComparison.Ordinal);
        Assert.DoesNotContain("**now", json, StringComparison.Ordinal);
        Assert.DoesNotContain("{{TIME(2020", json, StringComparison.Ordinal);
        Assert.DoesNotContain("\"value\":\"_a_", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(InvitationStatus.Failed))]
    [InlineData(nameof(InvitationStatus.Cancelled))]
    [InlineData(nameof(InvitationStatus.Expired))]
    public void Where_no_role_can_be_changed_any_more_there_is_no_button_for_it(string status)
    {
        var it = Invited with { Status = Enum.Parse<InvitationStatus>(status), PortalRole = DocSpaceRole.RoomAdmin };

        Assert.DoesNotContain("Change the role", InvitationCard.For(An.Request(), [it], Later).ToJson(), StringComparison.Ordinal);
    }

    /// <summary>One is about what was asked for after an invitation, and fails none.</summary>
    public static TheoryData<string> Causes() => [.. Enum.GetNames<Cause>().Except([nameof(Cause.NotTheirs)])];

    private static Invitation In(InvitationStatus status) =>
        status switch
        {
            InvitationStatus.PendingApproval or InvitationStatus.Approved or InvitationStatus.Denied or InvitationStatus.Cancelled =>
                An.Invitation(status),
            InvitationStatus.AlreadyMember => An.Invitation(status) with { Before = Standing.Active, LookedAt = An.Instant },
            InvitationStatus.Failed => An.Invitation(status) with { Cause = Cause.SeatsFull, LookedAt = An.Instant },
            InvitationStatus.Joined or InvitationStatus.Welcomed => Invited with { Status = status, JoinedAt = Later },
            _ => Invited with { Status = status },
        };

    private static Approver Asked(string? name) =>
        new()
        {
            Name = name,
            IsChannel = name is null,
            IsReachable = true,
        };

    private static List<Invitation> Many(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(row =>
                    In(
                        (row % 6) switch
                        {
                            1 => InvitationStatus.Failed,
                            2 => InvitationStatus.Joined,
                            3 => InvitationStatus.AlreadyMember,
                            _ => InvitationStatus.Invited,
                        }
                    ) with
                    {
                        Row = row,
                        Email = $"person{row + 1}@example.com",
                    }
                ),
        ];

    private static string TextOf(AdaptiveCard card)
    {
        using var json = System.Text.Json.JsonDocument.Parse(card.ToJson());
        return string.Join('\n', CardReader.Texts(json.RootElement));
    }
}
