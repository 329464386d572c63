using DocSpace.Api;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Lists;

namespace DocSpaceBot.Tests.Invitations;

public sealed class ResultRowsTests
{
    /// <summary>But for the cause of what is asked for after an invitation: nothing has failed then.</summary>
    public static TheoryData<string> Causes => [.. Enum.GetNames<Cause>().Except([nameof(Cause.NotTheirs)])];

    public static TheoryData<string> LeftOut => [.. Enum.GetNames<RowVerdict>()];

    public static TheoryData<string> Statuses => [.. Enum.GetNames<InvitationStatus>()];

    private static readonly Invitation Carol = An.Invitation(InvitationStatus.Invited) with { InvitedAt = An.Instant };

    [Theory]
    [MemberData(nameof(Causes))]
    public void Whatever_failed_says_what_happened_and_what_to_do(string name)
    {
        var cause = Enum.Parse<Cause>(name);
        var row = One(An.Invitation(InvitationStatus.Failed) with { Cause = cause });

        Assert.Equal("Failed", row.Status);
        Assert.Equal(Refusal.Because(cause).Text, $"{row.WhatHappened} {row.NextAction}");
        Assert.EndsWith(".", row.WhatHappened, StringComparison.Ordinal);
        Assert.NotEmpty(row.NextAction!);
    }

    [Fact]
    public void An_account_that_was_disabled_after_the_invitation_is_not_called_uninvited()
    {
        var row = One(Carol with { Status = InvitationStatus.Failed, Cause = Cause.AccountDisabled });

        Assert.Equal("The DocSpace account was disabled after the invitation.", row.WhatHappened);
        Assert.Equal("An administrator can enable it in DocSpace.", row.NextAction);
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public void Every_status_has_its_words_and_none_has_the_marks_of_a_card(string name)
    {
        var status = Enum.Parse<InvitationStatus>(name);
        var row = One(Carol with { Status = status, JoinedAt = An.Instant, LookedAt = An.Instant });

        Assert.Equal(Words.For(status), row.Status);
        Assert.NotEmpty(row.WhatHappened);
        Assert.DoesNotContain("{{", row.WhatHappened, StringComparison.Ordinal);
        Assert.NotEmpty(row.NextAction!);
    }

    [InGerman]
    [Fact]
    public void Who_reads_German_has_the_result_in_German_and_the_role_as_it_is_typed()
    {
        var row = One(Carol with { Role = DocSpaceRole.RoomAdmin });

        Assert.Equal(("roomadmin", "Eingeladen"), (row.Role, row.Status));
        Assert.Equal("DocSpace hat die Einladung angenommen (nachgesehen 2026-11-20 09:00 UTC).", row.WhatHappened);
        Assert.Equal("Nichts: Der Bot sagt Ihnen Bescheid, wenn die Person beigetreten ist.", row.NextAction);
    }

    [Theory]
    [MemberData(nameof(LeftOut))]
    public void Whoever_was_left_out_is_told_what_to_do(string verdict)
    {
        var row = Assert.Single(
            ResultRows.For(
                [],
                DraftOf(
                    new DraftRow(2, "max@example.com", DocSpaceRole.RoomAdmin)
                    {
                        Verdict = Enum.Parse<RowVerdict>(verdict),
                        PortalRole = DocSpaceRole.User,
                    }
                )
            )
        );

        Assert.StartsWith("Left out.", row.WhatHappened, StringComparison.Ordinal);
        Assert.NotEmpty(row.NextAction!);
    }

    [Fact]
    public void Why_somebody_was_held_back_and_what_to_do_stand_apart()
    {
        var held = SeatPlan.For([new(2, DocSpaceRole.RoomAdmin)], 0, null).HeldBack[0].Why;
        var row = Assert.Single(
            ResultRows.For(
                [],
                DraftOf(
                    new DraftRow(2, "max@example.com", DocSpaceRole.RoomAdmin)
                    {
                        Verdict = RowVerdict.HeldBack,
                        Note = held.Happened,
                        WhatToDo = held.WhatToDo,
                    }
                )
            )
        );

        Assert.Equal($"Left out. {held.Text}", $"{row.WhatHappened} {row.NextAction}");
        Assert.EndsWith("Not invited yet.", row.WhatHappened, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_are_told_in_one_time_zone_that_is_named() =>
        Assert.Equal("DocSpace accepted the invitation (looked up 2026-11-20 09:00 UTC).", One(Carol).WhatHappened);

    [Fact]
    public void Who_was_waiting_before_can_be_mailed_from_the_card()
    {
        var row = One(Carol with { Before = Standing.Pending });

        Assert.Contains("no new mail was sent", row.WhatHappened, StringComparison.Ordinal);
        Assert.Equal("To mail the person again, press “Send the mail again” on the card.", row.NextAction);
    }

    [Fact]
    public void Another_role_and_what_was_asked_for_besides_are_told()
    {
        var row = One(Carol with { PortalRole = DocSpaceRole.RoomAdmin, Wish = Wish.ChangeRole, WishState = WishState.Refused });

        Assert.Contains("DocSpace shows the role roomadmin; it was not changed.", row.WhatHappened, StringComparison.Ordinal);
        Assert.Contains("The role was not changed.", row.WhatHappened, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(WishState.Done), "The role was changed to User.")]
    [InlineData(nameof(WishState.Unknown), "Whether DocSpace has changed the role is not known.")]
    public void Of_whoever_may_have_another_role_now_it_is_not_said_that_nothing_was_changed(string state, string words)
    {
        var row = One(
            Carol with
            {
                Status = InvitationStatus.AlreadyMember,
                InvitedAt = null,
                PortalRole = state == nameof(WishState.Done) ? DocSpaceRole.User : DocSpaceRole.RoomAdmin,
                Wish = Wish.ChangeRole,
                WishState = Enum.Parse<WishState>(state),
            }
        );

        Assert.Contains(words, row.WhatHappened, StringComparison.Ordinal);
        Assert.DoesNotContain("othing was changed", row.WhatHappened, StringComparison.Ordinal);
        Assert.DoesNotContain("it was not changed", row.WhatHappened, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_whoever_was_mailed_again_it_is_not_said_that_no_mail_was_sent()
    {
        var row = One(Carol with { Before = Standing.Pending, Wish = Wish.Resend, WishState = WishState.Done });

        Assert.Contains("DocSpace was asked to send the mail again", row.WhatHappened, StringComparison.Ordinal);
        Assert.DoesNotContain("no new mail", row.WhatHappened, StringComparison.Ordinal);
    }

    [Fact]
    public void Everybody_of_the_list_is_told_of_in_its_order()
    {
        var draft = DraftOf(
            new(2, "", DocSpaceRole.User) { Verdict = RowVerdict.Wrong, Note = "Line 2: There is no e-mail address." },
            new(3, "carol@example.com", DocSpaceRole.User) { Verdict = RowVerdict.New },
            new(4, "max@example.com", DocSpaceRole.User) { Verdict = RowVerdict.Active },
            new(5, "carol@example.com", DocSpaceRole.User) { Verdict = RowVerdict.Wrong, Note = "Line 5: Same address as in line 3." },
            new(6, "late@example.com", DocSpaceRole.User) { Verdict = RowVerdict.New }
        );

        var rows = ResultRows.For([Carol], draft);

        Assert.Equal(
            ["Cannot be invited", "Invited", "Already a member", "Cannot be invited", "Not invited"],
            rows.Select(row => row.Status)
        );
        Assert.Equal("Left out. Line 2: There is no e-mail address.", rows[0].WhatHappened);
        Assert.Equal("Correct the line and send it again.", rows[3].NextAction);
        Assert.Contains("another request was faster", rows[4].WhatHappened, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_lost_when_what_was_shown_before_is_forgotten() => Assert.Single(ResultRows.For([Carol], null));

    private static ResultRow One(Invitation it) => Assert.Single(ResultRows.For([it], null));

    private static Draft DraftOf(params DraftRow[] rows) =>
        new(Carol.Request, "tenant", An.Alice, "a:alice", null, An.Instant) { Rows = rows, IsList = true };
}
