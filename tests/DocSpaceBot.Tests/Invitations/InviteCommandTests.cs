using DocSpaceBot.Tryout;
using DocSpaceBot.Tryout.Terminal;

namespace DocSpaceBot.Tests.Invitations;

/// <summary>What people see of <c>/invite</c>, on the whole bot with both stand-ins.</summary>
public sealed class InviteCommandTests
{
    [Fact]
    public Task A_line_out_of_Outlook_invites_everybody_on_it_once() =>
        PlayAsync(
            "/invite Jones, Carol <carol@example.com>; dave@example.com. carol@example.com as user --reason \"external audit, 2026\"",
            "see \"2 invitations\"",
            "see \"external audit, 2026\"",
            "mails carol@example.com 1",
            "mails dave@example.com 1"
        );

    [Fact]
    public Task A_dry_run_shows_what_would_happen_and_sends_nothing() =>
        PlayAsync(
            "/invite --dry-run carol@example.com dave@example.com",
            "see \"Dry run · nothing is sent\"",
            "see \"2 people would be invited. This was a dry run: nothing was sent.\"",
            "mails carol@example.com 0"
        );

    [Fact]
    public Task A_language_that_the_portal_does_not_know_is_not_tried() =>
        PlayAsync(
            "/invite carol@example.com --lang tlh",
            "see \"Nobody was invited: “tlh” is not a language.\"",
            "/invite carol@example.com --lang cy",
            "see \"Nobody was invited: DocSpace does not know the language “cy”.\"",
            "mails carol@example.com 0",
            "/invite carol@example.com --lang de",
            "see \"Invitation · invited\"",
            "mails carol@example.com 1"
        );

    [Fact]
    public Task A_guest_goes_into_a_room_and_a_list_into_a_card_that_shows_its_end() =>
        PlayAsync(
            new TryoutOptions { Settings = [new("Policy:Otherwise", "Allow")] },
            "/invite carol@example.com --room \"Q4 Audit\"",
            "see \"Invitation · invited\"",
            "/invite " + string.Join(' ', Enumerable.Range(1, 12).Select(i => $"p{i}@example.com")),
            "press \"Invite 12 people\"",
            "see \"Invited 12\""
        );

    [Fact]
    public Task What_is_wrong_is_answered_with_a_command_to_copy() =>
        PlayAsync(
            "/invite carol@example.com --role usr --reason external audit",
            "see \"there is no role “usr”. Did you mean --role user?\"",
            "see \"You can copy this: /invite carol@example.com --role user --reason\"",
            "/invite carol@example.com as a guest",
            "see \"Guests are invited into a room. Say which one.\"",
            "/invite please",
            "see \"E-mail address, or several\"",
            "mails carol@example.com 0"
        );

    [Fact]
    public Task The_form_is_filled_in_and_becomes_the_card() =>
        PlayAsync(
            "/invite",
            "see \"Invite to DocSpace\"",
            "press \"Invite\" emails=carol role=user",
            "see \"is not an e-mail address\"",
            "press \"Invite\" emails=carol@example.com role=user reason=Audit",
            "see \"Invitation · invited\"",
            "mails carol@example.com 1"
        );

    [Fact]
    public async Task A_list_in_a_file_is_shown_confirmed_sent_and_given_back()
    {
        var folder = Directory.CreateTempSubdirectory("docspacebot-test_");
        var file = Path.Combine(folder.FullName, "people.csv");
        await File.WriteAllTextAsync(
            file,
            "E-Mail;Vorname;Nachname\r\ncarol@example.com;Carol;Carter\r\ndave@example.com;;\r\nnobody;;\r\n"
        );

        try
        {
            await PlayAsync(
                $"upload {file}",
                "see \"Check before sending · 3 people\"",
                "see \"Cannot be invited\"",
                "mails dave@example.com 0",
                "press \"Invite 2 people\"",
                "see \"2 invitations\"",
                "mails carol@example.com 1",
                "mails dave@example.com 1",
                "press \"Accept\"",
                "see \"dave@example.com\""
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public Task A_dozen_people_are_shown_first_and_can_be_cancelled() =>
        PlayAsync(
            "/invite " + string.Join(' ', Enumerable.Range(1, 12).Select(number => $"p{number}@example.com")),
            "see \"Check before sending · 12 people\"",
            "press \"Cancel\"",
            "see \"Invitation · cancelled\"",
            "mails p1@example.com 0"
        );

    [Fact]
    public Task What_was_sent_is_withdrawn_as_long_as_nobody_has_joined() =>
        PlayAsync(
            "/invite carol@example.com bob@example.com",
            "mails carol@example.com 1",
            "/cancel carol@example.com",
            "see \"The invitation was withdrawn\"",
            "join bob@example.com",
            "/cancel bob@example.com",
            "see \"An administrator can disable the account in DocSpace\""
        );

    [Fact]
    public Task Within_the_undo_window_nothing_has_left() =>
        PlayAsync(
            new TryoutOptions { Settings = [new("Approvals:UndoWindow", "00:01:00")] },
            "/invite carol@example.com",
            "see \"It goes out in\"",
            "press \"Undo\"",
            "pass 2m",
            "see \"Invitation · cancelled\"",
            "mails carol@example.com 0"
        );

    [Fact]
    public Task Of_themselves_people_invite_their_own_as_users_and_nobody_else() =>
        PlayAsync(
            "/invite carol@example.com",
            "see \"Invitation · invited\"",
            "/invite dave@example.org",
            "mails dave@example.org 0",
            "/invite erin@example.com --role roomadmin",
            "mails erin@example.com 0"
        );

    private static Task PlayAsync(params string[] lines) => PlayAsync(new TryoutOptions(), lines);

    private static async Task PlayAsync(TryoutOptions options, params string[] lines)
    {
        using var transcript = new StringWriter();
        var screen = new ChatScreen(TerminalOutput.Plain(transcript));
        var script = Script.Read(lines);
        await using var session = await TryoutSession.StartAsync(options with { Lines = lines }, screen, RealBot.StartAsync, default);

        Assert.True(await Script.RunAsync(script, session, screen, default), transcript.ToString());
    }
}
