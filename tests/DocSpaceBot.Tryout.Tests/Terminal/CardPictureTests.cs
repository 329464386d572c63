using System.Text.Json;
using DocSpaceBot.Tryout.Terminal;

namespace DocSpaceBot.Tryout.Tests.Terminal;

public sealed class CardPictureTests
{
    [Fact]
    public void An_approval_card_is_drawn_as_it_reads()
    {
        AssertDrawn(
            """
            {
              "type": "AdaptiveCard", "version": "1.5",
              "body": [
                { "type": "TextBlock", "text": "Invite to DocSpace?", "size": "Large", "weight": "Bolder" },
                { "type": "FactSet", "facts": [
                  { "title": "Invitee", "value": "carol@example.com" },
                  { "title": "Asked by", "value": "Alice \\*Smith\\*" } ] },
                { "type": "Container", "style": "warning", "items": [
                  { "type": "TextBlock", "text": "**Waiting for approval** by [Dana](https://example.com/dana), who was asked a moment ago and has until tomorrow to decide.", "wrap": true } ] }
              ],
              "actions": [
                { "type": "Action.Execute", "title": "Approve invitation", "verb": "approval/approve", "style": "positive" },
                { "type": "Action.Execute", "title": "Deny", "verb": "approval/deny", "style": "destructive" } ]
            }
            """,
            """
            ╭────────────────────────────────────────────────────────────────────────╮
            │ Invite to DocSpace?                                                    │
            │ Invitee    carol@example.com                                           │
            │ Asked by   Alice *Smith*                                               │
            │                                                                        │
            │ ┃! Waiting for approval by Dana (https://example.com/dana), who was    │
            │ ┃  asked a moment ago and has until tomorrow to decide.                │
            │                                                                        │
            │ [1] Approve invitation  [2] Deny                                       │
            ╰────────────────────────────────────────────────────────────────────────╯
            """
        );
    }

    [Fact]
    public void A_form_shows_what_can_be_filled_in_and_how_the_fields_are_called()
    {
        var card = Card(
            """
            {
              "type": "AdaptiveCard", "version": "1.5",
              "body": [
                { "type": "Input.Text", "id": "emails", "label": "Addresses", "isRequired": true, "placeholder": "one or more", "isMultiline": true },
                { "type": "Input.ChoiceSet", "id": "role", "label": "Role", "value": "user", "choices": [
                  { "title": "User", "value": "user" }, { "title": "Room admin", "value": "roomadmin" } ] },
                { "type": "Input.Text", "id": "reason", "value": "a\nb" },
                { "type": "Input.Toggle", "id": "notify", "title": "Tell me when they joined" }
              ],
              "actions": [ { "type": "Action.Execute", "title": "Invite", "verb": "invite/submit" } ]
            }
            """
        );

        AssertDrawn(
            card,
            """
            ╭────────────────────────────────────────────────────────────────────────╮
            │ Addresses (required)                                                   │
            │   emails = (one or more)                                               │
            │                                                                        │
            │ Role                                                                   │
            │   role = User                                                          │
            │   one of: User | Room admin                                            │
            │                                                                        │
            │   reason = a ⏎ b                                                       │
            │                                                                        │
            │ Tell me when they joined                                               │
            │   notify = no                                                          │
            │   one of: yes | no                                                     │
            │                                                                        │
            │ [1] Invite                                                             │
            ╰────────────────────────────────────────────────────────────────────────╯
            """
        );
    }

    [Fact]
    public void Rows_with_columns_stay_beside_each_other_and_buttons_count_on()
    {
        var card = Card(
            """
            {
              "type": "AdaptiveCard", "version": "1.5",
              "body": [
                { "type": "ColumnSet", "columns": [
                  { "type": "Column", "width": "stretch", "items": [ { "type": "TextBlock", "text": "carol@example.com" } ] },
                  { "type": "Column", "width": "auto", "items": [ { "type": "TextBlock", "text": "Invited", "color": "Good" } ] },
                  { "type": "Column", "width": "auto", "items": [ { "type": "ActionSet", "actions": [ { "type": "Action.Execute", "title": "Resend" } ] } ] } ] },
                { "type": "ColumnSet", "separator": true, "columns": [
                  { "type": "Column", "width": "stretch", "items": [ { "type": "TextBlock", "text": "渡辺@example.com" } ] },
                  { "type": "Column", "width": "auto", "items": [ { "type": "TextBlock", "text": "Failed", "color": "Attention" } ] } ] }
              ],
              "actions": [ { "type": "Action.OpenUrl", "title": "Open DocSpace", "url": "https://docspace.example.com/" } ]
            }
            """
        );

        AssertDrawn(
            card,
            """
            ╭────────────────────────────────────────────────────────────────────────╮
            │ carol@example.com                                  Invited  [1] Resend │
            │ ────────────────────────────────────────────────────────────────────── │
            │ 渡辺@example.com                                                Failed │
            │                                                                        │
            │ [2] Open DocSpace (https://docspace.example.com/)                      │
            ╰────────────────────────────────────────────────────────────────────────╯
            """
        );
        Assert.Equal("Resend, Open DocSpace", string.Join(", ", CardPicture.Of(card).Buttons));
    }

    [Fact]
    public void What_is_hidden_is_not_drawn() =>
        Assert.DoesNotContain(
            "carol",
            Drawn(CardPicture.Of(Card("""{ "body": [ { "type": "TextBlock", "text": "carol, dave", "isVisible": false } ] }"""))),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_card_that_opens_below_its_button_is_drawn_open()
    {
        AssertDrawn(
            """
            {
              "type": "AdaptiveCard", "version": "1.5",
              "body": [ { "type": "TextBlock", "text": "Invite to DocSpace?" } ],
              "actions": [
                { "type": "Action.ShowCard", "title": "Deny…", "card": { "type": "AdaptiveCard",
                  "body": [ { "type": "Input.Text", "id": "reason", "label": "Reason" } ],
                  "actions": [ { "type": "Action.Execute", "title": "Deny", "verb": "approval/deny" } ] } } ]
            }
            """,
            """
            ╭────────────────────────────────────────────────────────────────────────╮
            │ Invite to DocSpace?                                                    │
            │                                                                        │
            │ [1] Deny…                                                              │
            │ ┃▾ Deny…                                                               │
            │ ┃  Reason                                                              │
            │ ┃    reason = (empty)                                                  │
            │ ┃                                                                      │
            │ ┃  [2] Deny                                                            │
            ╰────────────────────────────────────────────────────────────────────────╯
            """
        );
    }

    [Theory]
    [InlineData("{}", "(an empty card)")]
    [InlineData("""{ "fallbackText": "Something newer" }""", "Something newer")]
    [InlineData("""{ "body": [ { "type": "Chart.Pie", "fallbackText": "a pie" } ] }""", "a pie")]
    [InlineData("""{ "body": "no list", "actions": [ 1 ], "fallbackText": "broken" }""", "broken")]
    [InlineData("""{ "body": [ { "type": "TextBlock", "text": "it is [red]not[/] markup" } ] }""", "it is [red]not[/] markup")]
    [InlineData("""{ "body": [ { "type": "TextBlock", "text": "a\u001b[2Jb\u202Ec" } ] }""", "a [2Jb c")]
    [InlineData(
        """{ "body": [ { "type": "TextBlock", "text": "until {{DATE(2026-03-08T09:30:00Z, SHORT)}} {{TIME(2026-03-08T09:30:00Z)}}" } ] }""",
        "until 2026-03-08 09:30 UTC"
    )]
    [InlineData(
        """{ "body": [ { "type": "RichTextBlock", "inlines": [ { "type": "TextRun", "text": "one " }, { "type": "TextRun", "text": "two", "italic": true } ] } ] }""",
        "one two"
    )]
    [InlineData("""{ "body": [ { "type": "Image", "url": "https://x/y.png", "altText": "a seat" } ] }""", "(picture: a seat)")]
    [InlineData(
        """{ "body": [ { "type": "TextBlock", "text": "snake_case_name and 2*3*4 and _so_" } ] }""",
        "snake_case_name and 2*3*4 and so"
    )]
    public void Anything_is_drawn_somehow(string card, string expected) =>
        Assert.Contains($"│ {expected} ", Drawn(CardPicture.Of(Card(card))), StringComparison.Ordinal);

    private static JsonElement Card(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    private static void AssertDrawn(string card, string expected) => AssertDrawn(Card(card), expected);

    private static void AssertDrawn(JsonElement card, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), Drawn(CardPicture.Of(card)).TrimEnd('\n'));

    private static string Drawn(CardPicture picture)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        TerminalOutput.Plain(writer).Write(picture.Drawing);
        return writer.ToString().ReplaceLineEndings("\n");
    }
}
