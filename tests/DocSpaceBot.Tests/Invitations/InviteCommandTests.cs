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

    private static async Task PlayAsync(params string[] lines)
    {
        using var transcript = new StringWriter();
        var screen = new ChatScreen(TerminalOutput.Plain(transcript));
        var script = Script.Read(lines);
        await using var session = await TryoutSession.StartAsync(new TryoutOptions { Lines = lines }, screen, RealBot.StartAsync, default);

        Assert.True(await Script.RunAsync(script, session, screen, default), transcript.ToString());
    }
}
