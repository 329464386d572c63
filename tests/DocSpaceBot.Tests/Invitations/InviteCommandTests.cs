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
    public Task An_option_that_cannot_be_followed_yet_is_refused_and_not_passed_over() =>
        PlayAsync(
            "/invite --dry-run carol@example.com",
            "see \"Nobody was invited: --dry-run is not available yet. Leave it out.\"",
            "/invite carol@example.com as guest --room \"Q4 Audit\"",
            "see \"Nobody was invited: --room is not available yet. Leave it out.\"",
            "/invite carol@example.com --lang de-DE",
            "see \"Nobody was invited: --lang is not available yet. Leave it out.\"",
            "/invite carol@example.com --name \"Carol Jones\"",
            "see \"Nobody was invited: --name is not available yet. Leave it out.\"",
            "mails carol@example.com 0"
        );

    [Fact]
    public Task What_is_wrong_is_answered_with_a_command_to_copy() =>
        PlayAsync(
            "/invite carol@example.com --role usr --reason external audit",
            "see \"there is no role “usr”. Did you mean --role user?\"",
            "see \"You can copy this: /invite carol@example.com --role user --reason\"",
            "/invite carol@example.com as a guest",
            "see \"Guests cannot be invited to DocSpace by mail\"",
            "/invite please",
            "see \"Whom shall I invite?\"",
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
