using DocSpace.Api;
using DocSpaceBot.Approvals;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Tests.Approvals;

/// <summary>The card of a request for those who decide, as each reader sees it.</summary>
public sealed class ApprovalCardTests
{
    private static readonly TimeSpan Undo = TimeSpan.FromSeconds(10);

    private static readonly Person Max = new("33333333-3333-4333-8333-333333333332", "Max Maurer");

    private static readonly InviteRequest Request = An.Request() with { Number = 17, Reason = "She audits our books of 2026" };

    private static readonly Invitation Waiting = An.Invitation() with
    {
        Email = "carol@example.org",
        Role = DocSpaceRole.RoomAdmin,
        FirstName = "Carol",
        LastName = "Clark",
        Rule = "room admins",
        DecideBy = An.Instant.AddDays(7),
        Shown = Standing.Absent,
        Note = "Nobody at example.org has been invited from here before. Check that it is the right domain.",
    };

    private static readonly Invitation Approved = Waiting with
    {
        Status = InvitationStatus.Approved,
        Votes = [new(An.Dana, An.Instant, "managers")],
        SendFrom = An.Instant.AddSeconds(10),
    };

    [Fact]
    public void Whoever_decides_has_the_buttons_and_a_field_for_the_reason() =>
        ApprovedCard.Same("ApprovalCard.Approver", For(Waiting, ViewOf(An.Dana, Waiting)));

    [Fact]
    public void Everybody_else_reads_the_same_and_can_press_nothing_that_decides() =>
        ApprovedCard.Same("ApprovalCard.Everybody", For(Waiting, ApprovalView.Everybody with { RefreshFor = ["29:dana", "29:max"] }));

    [Fact]
    public void When_two_are_needed_it_says_who_has_approved()
    {
        var one = Waiting with { Needed = 2, Votes = [new(Max, An.Instant, "managers")] };

        ApprovedCard.Same("ApprovalCard.OneOfTwo", For(one, ViewOf(An.Dana, one)));
    }

    [Fact]
    public void Whoever_has_approved_is_not_asked_again_and_reads_who_has_to()
    {
        var one = Waiting with { Needed = 2, Votes = [new(An.Dana, An.Instant, "managers")] };

        ApprovedCard.Same("ApprovalCard.ApprovedBefore", For(one, ViewOf(An.Dana, one)));
    }

    [Fact]
    [InGerman]
    public void Whoever_has_Teams_in_German_decides_in_German()
    {
        var one = Waiting with { Needed = 2, Votes = [new(Max, An.Instant, "managers")], Shown = Standing.Pending, Note = null };

        ApprovedCard.Same("ApprovalCard.Approver.de", For(Waiting with { Note = null }, ViewOf(An.Dana, Waiting)));
        ApprovedCard.Same("ApprovalCard.OneOfTwo.de", For(one, ViewOf(An.Dana, one)));
    }

    [Fact]
    public void Whoever_asked_is_not_asked_to_approve_it() => ApprovedCard.Same("ApprovalCard.Requester", For(Waiting, ViewOf(An.Alice)));

    [Fact]
    public void A_guest_is_shown_with_the_room() =>
        ApprovedCard.Same(
            "ApprovalCard.IntoRoom",
            For(
                Waiting with
                {
                    Role = DocSpaceRole.Guest,
                    Room = "Q4 *Audit*",
                    FirstName = null,
                    LastName = null,
                    Note = null,
                },
                ViewOf(An.Dana, Waiting)
            )
        );

    [Fact]
    public void Who_is_a_member_already_is_shown_as_that_before_anybody_decides() =>
        ApprovedCard.Same(
            "ApprovalCard.Member",
            For(Waiting with { Shown = Standing.Active, PortalRole = DocSpaceRole.User, Note = null }, ViewOf(An.Dana, Waiting))
        );

    [Fact]
    public void Whoever_approved_can_take_that_back_while_the_seconds_are_counted() =>
        ApprovedCard.Same("ApprovalCard.Undo", For(Approved, ViewOf(An.Dana)));

    [Fact]
    public void The_others_see_the_seconds_but_cannot_take_it_back() =>
        Assert.DoesNotContain("invite/undo", For(Approved, ViewOf(Max)).ToJson(), StringComparison.Ordinal);

    [Fact]
    public void A_denial_without_a_reason_keeps_what_was_entered_and_says_what_is_missing() =>
        ApprovedCard.Same(
            "ApprovalCard.NeedsReason",
            For(Waiting, ViewOf(An.Dana, Waiting) with { Notice = Refusal.NeedsReason.Text, Reason = " " })
        );

    [Fact]
    public void Once_denied_it_says_who_and_why_and_nothing_can_be_pressed() =>
        ApprovedCard.Same(
            "ApprovalCard.Denied",
            For(
                Waiting with
                {
                    Status = InvitationStatus.Denied,
                    Denial = new(Max, An.Instant, "Not a partner *any more*"),
                },
                ApprovalView.Everybody
            )
        );

    [Fact]
    public void Expired_it_says_that_nobody_decided() =>
        ApprovedCard.Same("ApprovalCard.Expired", For(Waiting with { Status = InvitationStatus.Expired }, ApprovalView.Everybody));

    [Fact]
    public void Once_it_is_out_it_says_so_for_everybody() =>
        ApprovedCard.Same(
            "ApprovalCard.Invited",
            For(
                Approved with
                {
                    Status = InvitationStatus.Invited,
                    SendBegunAt = An.Instant,
                    InvitedAt = An.Instant,
                },
                ApprovalView.Everybody
            )
        );

    [Fact]
    public void Several_people_are_decided_row_by_row_or_together()
    {
        Invitation[] all =
        [
            Waiting with
            {
                Note = null,
            },
            Waiting with
            {
                Id = InvitationId.New(),
                Row = 1,
                Email = "dave@example.org",
                Role = DocSpaceRole.User,
                FirstName = null,
                LastName = null,
            },
            Approved with
            {
                Id = InvitationId.New(),
                Row = 2,
                Email = "erin@example.org",
                Note = null,
                SendFrom = An.Instant,
            },
            Waiting with
            {
                Id = InvitationId.New(),
                Row = 3,
                Email = "frank@example.org",
                Role = DocSpaceRole.Guest,
                Room = "Q4 Audit",
                FirstName = null,
                LastName = null,
                Note = null,
                Shown = Standing.Active,
            },
        ];

        ApprovedCard.Same(
            "ApprovalCard.Several",
            ApprovalCard.For(
                Request,
                all,
                An.Instant,
                Undo,
                ViewOf(An.Dana, [.. all.Where(it => it.Status is InvitationStatus.PendingApproval)])
            )
        );
    }

    [Fact]
    public void Of_several_those_who_are_decided_come_last_and_what_is_odd_about_many_is_said_once()
    {
        Invitation[] all =
        [
            .. new[] { "Nora", "Omar", "Pia", "Quinn", "Rosa", "Sam" }.Select(
                (name, row) =>
                    Waiting with
                    {
                        Id = InvitationId.New(),
                        Row = row,
                        Email = $"{name}@example.org".ToLowerInvariant(),
                        Role = DocSpaceRole.User,
                        FirstName = name,
                    }
            ),
        ];
        all[0] = Approved with
        {
            Row = 0,
            Email = all[0].Email,
            Status = InvitationStatus.Invited,
            SendBegunAt = An.Instant,
            InvitedAt = An.Instant,
        };
        all[1] = all[1] with { Status = InvitationStatus.Denied, Denial = new(Max, An.Instant, "left the project") };
        all[2] = all[2] with { Status = InvitationStatus.Joined, Rule = null, Shown = null, Note = null };
        var card = ApprovalCard.For(Request, all, An.Instant, Undo, ViewOf(An.Dana, all[3..]));

        Assert.Single(System.Text.RegularExpressions.Regex.Matches(card.ToJson(), "Nobody at example.org"));
        ApprovedCard.Same("ApprovalCard.SeveralDecided", card);
    }

    [Fact]
    [InGerman]
    public void Of_several_who_were_decided_each_decision_is_a_German_sentence()
    {
        Invitation[] all =
        [
            Approved with
            {
                Note = null,
            },
            Waiting with
            {
                Id = InvitationId.New(),
                Row = 1,
                Email = "dave@example.org",
                Note = null,
                Status = InvitationStatus.Denied,
                Denial = new(Max, An.Instant, "Nicht mehr bei uns"),
            },
            Waiting with
            {
                Id = InvitationId.New(),
                Row = 2,
                Email = "erin@example.org",
                Note = null,
                Status = InvitationStatus.Denied,
                Denial = new(Max, An.Instant, "Nicht mehr bei uns"),
            },
            Waiting with
            {
                Id = InvitationId.New(),
                Row = 3,
                Email = "frank@example.org",
                Status = InvitationStatus.Expired,
                Note = null,
            },
            Waiting with
            {
                Id = InvitationId.New(),
                Row = 4,
                Email = "grace@example.org",
                Note = null,
            },
        ];

        ApprovedCard.Same("ApprovalCard.Several.de", ApprovalCard.For(Request, all, An.Instant, Undo, ViewOf(An.Dana, all[4..])));
    }

    [Fact]
    public void A_thousand_people_fit_into_a_message()
    {
        var all = Enumerable
            .Range(0, 1000)
            .Select(row =>
                Waiting with
                {
                    Id = InvitationId.New(),
                    Row = row,
                    Email = $"somebody.with.a.long.name.{row}@department.example.org",
                }
            )
            .ToArray();

        var json = ApprovalCard.For(Request, all, An.Instant, Undo, ViewOf(An.Dana, all)).ToJson();

        Assert.InRange(json.Length, 1, 28_000);
        Assert.Contains("Approve all 1000", json, StringComparison.Ordinal);
    }

    private static Teams.Protocol.Cards.AdaptiveCard For(Invitation it, ApprovalView view) =>
        ApprovalCard.For(Request, [it], An.Instant, Undo, view);

    private static ApprovalView ViewOf(Person reader, params Invitation[] decidable) =>
        new()
        {
            Reader = reader,
            Decidable = decidable,
            RefreshFor = ["29:dana"],
        };
}
