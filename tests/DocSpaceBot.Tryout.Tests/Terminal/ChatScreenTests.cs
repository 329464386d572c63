using System.Text.Json;
using DocSpaceBot.Tryout.Teams;
using DocSpaceBot.Tryout.Terminal;

namespace DocSpaceBot.Tryout.Tests.Terminal;

public sealed class ChatScreenTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_several_people_and_places_get_alike_is_shown_once() =>
        Assert.Equal(
            "DocSpaceBot to alice and dana in the group chat:\n  Hello.\n",
            Shown([
                Seen("dana", Place.Personal, "3", "Hello."),
                Seen("bob", Place.Group, "2", "Hello."),
                Seen("alice", Place.Personal, "1", "Hello."),
            ])
        );

    [Fact]
    public void What_somebody_got_several_times_since_the_last_look_names_them_once() =>
        Assert.Equal(
            "DocSpaceBot to alice (2 times) and dana:\n  Reminder.\n",
            Shown([
                Seen("alice", Place.Personal, "1", "Reminder."),
                Seen("dana", Place.Personal, "2", "Reminder."),
                Seen("alice", Place.Personal, "3", "Reminder."),
            ])
        );

    [Fact]
    public void Views_that_differ_only_in_who_fetches_them_are_one() =>
        Assert.Single(
            Shown([Refreshed("alice"), Refreshed("bob")]).Split('\n'),
            line => line.Contains("DocSpaceBot in the channel:", StringComparison.Ordinal)
        );

    [Fact]
    public void What_was_shown_is_not_repeated_and_an_edit_is_marked() =>
        Assert.Equal(
            "DocSpaceBot to alice:\n  Waiting.\nDocSpaceBot to alice (edited):\n  Invited.\n",
            Shown(
                [Seen("alice", Place.Personal, "1", "Waiting.")],
                [Seen("alice", Place.Personal, "1", "Waiting.")],
                [Seen("alice", Place.Personal, "1", "Invited.")]
            )
        );

    [Fact]
    public void Who_sees_a_message_differently_is_named() =>
        Assert.Equal(
            "DocSpaceBot in the channel:\n  Waiting.\nDocSpaceBot in the channel (as dana sees it, edited):\n  Yours to decide.\n",
            Shown(
                [
                    Seen("alice", Place.Channel, "1", "Waiting."),
                    Seen("bob", Place.Channel, "1", "Waiting."),
                    Seen("dana", Place.Channel, "1", "Waiting."),
                ],
                [
                    Seen("alice", Place.Channel, "1", "Waiting."),
                    Seen("bob", Place.Channel, "1", "Waiting."),
                    Seen("dana", Place.Channel, "1", "Yours to decide."),
                ]
            )
        );

    [Fact]
    public void The_cards_of_a_carousel_are_all_drawn()
    {
        var shown = Shown([Seen("alice", Place.Personal, "1", null, "one"), Seen("alice", Place.Personal, "1", null, "two")]);

        Assert.Contains("│ one ", shown, StringComparison.Ordinal);
        Assert.Contains("│ two ", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("edited", shown, StringComparison.Ordinal);
    }

    private static Sight Seen(string viewer, Place where, string id, string? text, string? card = null) =>
        new(
            viewer,
            where,
            new TeamsMessage(
                id,
                "DocSpaceBot",
                text,
                card is null ? null : JsonSerializer.SerializeToElement(new { body = new[] { new { type = "TextBlock", text = card } } }),
                Edited: false,
                Private: false,
                Noon
            )
            {
                IsFromBot = true,
            }
        );

    private static Sight Refreshed(string viewer) =>
        Seen(viewer, Place.Channel, "1", null) with
        {
            Message = Seen(viewer, Place.Channel, "1", null).Message with
            {
                Card = JsonSerializer.SerializeToElement(
                    new { refresh = new { userIds = new[] { viewer } }, body = new[] { new { type = "TextBlock", text = "Decide." } } }
                ),
            },
        };

    private static string Shown(params Sight[][] looks)
    {
        using var writer = new StringWriter();
        var screen = new ChatScreen(TerminalOutput.Plain(writer));
        foreach (var look in looks)
            screen.Show(look);
        return writer.ToString().ReplaceLineEndings("\n");
    }
}
