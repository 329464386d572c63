using DocSpaceBot.Tryout.Terminal;

namespace DocSpaceBot.Tryout.Tests.Terminal;

public sealed class ScriptTests
{
    [Fact]
    public async Task A_transcript_shows_who_said_what_where_and_each_card_as_it_was_posted_and_edited()
    {
        var (isDone, transcript) = await RunAsync(
            "hello",
            "in group",
            "card please",
            "see \"Waiting for approval\"",
            "as dana",
            "press \"Approve invitation\"",
            "see \"Invited\"",
            "see no \"Waiting for approval\"",
            "as alice",
            "see no \"Thank you.\""
        );

        Assert.Equal(
            """
            alice: hello
            DocSpaceBot to alice:
              You said: hello
            alice in the group chat: card please
            DocSpaceBot in the group chat:
            ╭────────────────────────────────────────────────────────────────────────╮
            │ Waiting for approval                                                   │
            │                                                                        │
            │ [1] Approve invitation                                                 │
            ╰────────────────────────────────────────────────────────────────────────╯
            ✓ alice sees "Waiting for approval"
            dana in the group chat: [Approve invitation]
            DocSpaceBot in the group chat (edited):
            ╭────────────────────────────────────────────────────────────────────────╮
            │ Invited                                                                │
            ╰────────────────────────────────────────────────────────────────────────╯
            DocSpaceBot in the group chat (only dana sees this):
              Thank you.
            ✓ dana sees "Invited"
            ✓ dana sees no "Waiting for approval"
            ✓ alice sees no "Thank you."

            """.ReplaceLineEndings("\n"),
            transcript
        );
        Assert.True(isDone);
    }

    [Fact]
    public async Task A_card_beneath_a_link_is_drawn_after_the_message_and_can_be_pressed()
    {
        var (isDone, transcript) = await RunAsync(
            "in group",
            "have a look: http://127.0.0.1/s/abc",
            "as bob",
            "see \"An invitation link\"",
            "see no \"on another host\"",
            "press \"Ask to join\"",
            "see \"Somebody asked.\""
        );

        Assert.Equal(
            """
            alice in the group chat: have a look: http://127.0.0.1/s/abc
            Alice Anders in the group chat (beneath the link):
            ╭────────────────────────────────────────────────────────────────────────╮
            │ An invitation link                                                     │
            │                                                                        │
            │ [1] Ask to join                                                        │
            ╰────────────────────────────────────────────────────────────────────────╯
            DocSpaceBot in the group chat:
              You said: DocSpaceBot have a look: http://127.0.0.1/s/abc
            ✓ bob sees "An invitation link"
            ✓ bob sees no "on another host"
            bob in the group chat: [Ask to join]
            DocSpaceBot in the group chat:
              Somebody asked.
            ✓ bob sees "Somebody asked."

            """.ReplaceLineEndings("\n"),
            transcript
        );
        Assert.True(isDone);
    }

    [Theory]
    [InlineData("as zoe", "Nobody here is called zoe.")]
    [InlineData("press \"Deny\"", "alice sees no button \"Deny\" there.")]
    [InlineData("upload nothing-like-this.csv", "nothing-like-this.csv")]
    [InlineData("join carol@example.com", "carol@example.com")]
    [InlineData("mails carol@example.com 1", "The portal has sent 0 mails to carol@example.com, not 1.")]
    [InlineData("fail", "The bot answered with HTTP 500.")]
    public async Task A_line_that_fails_ends_the_script_and_says_why(string line, string why)
    {
        var (isDone, transcript) = await RunAsync("hello", line, "hello again", "hello once more");

        Assert.False(isDone);
        Assert.Contains($"✗ Line 2 of 4 failed: {line}", transcript, StringComparison.Ordinal);
        Assert.Contains(why, transcript, StringComparison.Ordinal);
        Assert.Contains("2 more lines were not run.", transcript, StringComparison.Ordinal);
        Assert.DoesNotContain("hello again", transcript, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_cannot_be_read_is_found_before_anything_is_run()
    {
        var failed = Assert.Throws<LineFailedException>(() => Script.Read(["hello", "pass the salt"]));

        Assert.StartsWith("Line 2 of 2 cannot be read: pass the salt", failed.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was run.", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_portal_is_broken_and_mended_and_time_passes()
    {
        var (isDone, transcript) = await RunAsync(
            "portal down",
            "portal slow 2s",
            "portal limit on",
            "portal limit off",
            "portal up",
            "pass 3d",
            "mails carol@example.com 0"
        );

        Assert.True(isDone, transcript);
        Assert.Contains("The portal takes 2 s for every answer.", transcript, StringComparison.Ordinal);
        Assert.Matches("It is 20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC", transcript);
    }

    [Fact]
    public async Task Buttons_have_the_numbers_that_are_drawn()
    {
        await using var session = await TryoutSession.StartAsync(
            new TryoutOptions(),
            new ChatScreen(TerminalOutput.Plain(TextWriter.Null)),
            ScriptedBot.StartAsync,
            CancellationToken.None
        );
        Assert.Equal("alice sees no buttons here.", Assert.Throws<LineFailedException>(() => session.ButtonTitle(1)).Message);

        await session.RunAsync(ScriptLine.Parse("card"), CancellationToken.None);

        Assert.Equal("Approve invitation", session.ButtonTitle(1));
        Assert.Equal("The newest card has the buttons 1 to 1.", Assert.Throws<LineFailedException>(() => session.ButtonTitle(2)).Message);
    }

    [Fact]
    public async Task The_bot_gets_the_settings_of_the_stand_ins_and_those_that_were_given()
    {
        IReadOnlyDictionary<string, string?> settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        await using (
            await TryoutSession.StartAsync(
                new TryoutOptions { Settings = [new("FollowUps:SweepInterval", "00:00:07"), new("Approvals:Deadline", "2.00:00:00")] },
                new ChatScreen(TerminalOutput.Plain(TextWriter.Null)),
                (given, clock, cancellationToken) =>
                {
                    settings = given;
                    return ScriptedBot.StartAsync(given, clock, cancellationToken);
                },
                CancellationToken.None
            )
        )
        {
            Assert.Equal("00:00:07", settings["FollowUps:SweepInterval"]);
            Assert.Equal("2.00:00:00", settings["Approvals:Deadline"]);
            Assert.StartsWith("http://127.0.0.1:", settings["DocSpace:BaseUrl"], StringComparison.Ordinal);
            Assert.True(Directory.Exists(FolderOf(settings)));
        }

        Assert.False(Directory.Exists(FolderOf(settings)));
    }

    private static string FolderOf(IReadOnlyDictionary<string, string?> settings) =>
        Path.GetDirectoryName(settings["Storage:ConnectionString"]!["Data Source=".Length..])!;

    private static async Task<(bool IsDone, string Transcript)> RunAsync(params string[] lines)
    {
        await using var writer = new StringWriter();
        var screen = new ChatScreen(TerminalOutput.Plain(writer));
        bool isDone;
        await using (
            var session = await TryoutSession.StartAsync(new TryoutOptions(), screen, ScriptedBot.StartAsync, CancellationToken.None)
        )
        {
            isDone = await Script.RunAsync(Script.Read(lines), session, screen, CancellationToken.None);
        }

        return (isDone, writer.ToString().ReplaceLineEndings("\n"));
    }
}
