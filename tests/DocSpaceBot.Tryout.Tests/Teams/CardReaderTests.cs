using System.Text.Json;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

public sealed class CardReaderTests
{
    private const string Card = """
        {
          "type": "AdaptiveCard",
          "version": "1.5",
          "fallbackText": "not read",
          "body": [
            { "type": "TextBlock", "text": "**Title** of a\\_b" },
            { "type": "FactSet", "facts": [ { "title": "Role", "value": "_User_" } ] },
            { "type": "RichTextBlock", "inlines": [ "plain ", { "type": "TextRun", "text": "run *kept*" } ] },
            { "type": "ColumnSet", "columns": [ { "type": "Column", "items": [ { "type": "TextBlock", "text": "In a column" } ] } ] },
            { "type": "TextBlock", "text": "hidden", "isVisible": false },
            { "type": "Container", "isVisible": false, "items": [ { "type": "TextBlock", "text": "hidden too" } ] },
            { "type": "Input.Text", "id": "email", "label": "Address", "placeholder": "a@b.c", "value": "typed", "isRequired": true },
            { "type": "Input.ChoiceSet", "id": "role", "label": "As", "value": "u", "choices": [ { "title": "A user", "value": "u" } ] },
            { "type": "Input.Toggle", "id": "mail", "title": "Send mail" },
            { "type": "ActionSet", "actions": [ { "type": "Action.Execute", "title": "Inline", "verb": "v" } ] }
          ],
          "actions": [
            { "type": "Action.OpenUrl", "title": "Open", "url": "https://x.example/" },
            {
              "type": "Action.ShowCard",
              "title": "More",
              "card": {
                "type": "AdaptiveCard",
                "body": [ { "type": "Input.Text", "id": "reason", "label": "Why" } ],
                "actions": [ { "type": "Action.Submit", "title": "Send" } ]
              }
            }
          ]
        }
        """;

    private static readonly JsonElement Read = JsonDocument.Parse(Card).RootElement;

    [Fact]
    public void All_that_can_be_read_is_read_in_order() =>
        Assert.Equal(
            "Title of a_b|Role|User|plain |run *kept*|In a column|Address|a@b.c|typed|As|A user|Send mail|Inline|Open|More|Why|Send",
            string.Join('|', CardReader.Texts(Read))
        );

    [Fact]
    public void Buttons_are_found_wherever_they_are() =>
        Assert.Equal("Inline|Open|More|Send", string.Join('|', CardReader.Buttons(Read).Select(button => button.Title)));

    [Fact]
    public void A_button_behind_another_has_the_fields_of_both() =>
        Assert.Equal(
            "email role mail reason",
            string.Join(' ', CardReader.Buttons(Read).Single(button => button.Title == "Send").Inputs.Select(input => input.Id))
        );

    [Fact]
    public void Fields_are_found_with_what_they_ask_for()
    {
        var inputs = CardReader.Inputs(Read).ToList();

        Assert.Equal("email role mail reason", string.Join(' ', inputs.Select(input => input.Id)));
        Assert.True(inputs[0].IsRequired);
        Assert.Equal(new CardChoice("A user", "u"), Assert.Single(inputs[1].Choices));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("**a** and *b* and __c__ and _d_", "a and b and c and d")]
    [InlineData("first_last_name@example.com", "first_last_name@example.com")]
    [InlineData(@"a\_b\*c\[d\]\(e\)\\", @"a_b*c[d](e)\")]
    [InlineData(@"\*not strong\*", "*not strong*")]
    [InlineData("[the portal](https://x.example/)", "the portal")]
    [InlineData("2 * 3 * 4", "2 * 3 * 4")]
    [InlineData("Fish &amp; chips", "Fish & chips")]
    [InlineData("a\u200Bb", "ab")]
    public void Markdown_is_read_as_it_looks(string marked, string read) => Assert.Equal(read, ReadableText.FromMarkdown(marked));

    [Theory]
    [InlineData("a<br/>b", "a\nb")]
    [InlineData("<b>a</b> <at>Bot</at>", "a Bot")]
    [InlineData("<alice@example.com>", "alice@example.com")]
    [InlineData("1 < 2 > 0", "1 < 2 > 0")]
    public void Markup_is_read_as_it_looks(string marked, string read) => Assert.Equal(read, ReadableText.Of(marked, "xml"));
}
