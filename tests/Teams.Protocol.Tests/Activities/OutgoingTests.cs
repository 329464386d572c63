using System.Text;
using System.Text.Json.Nodes;
using Teams.Protocol.Activities;
using Teams.Protocol.Cards;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Activities;

public sealed class OutgoingTests
{
    [Fact]
    public void Text_is_plain_and_markdown_is_markdown()
    {
        Assert.Equal("""{"type":"message","text":"*a*","textFormat":"plain"}""", OutgoingActivity.FromText("*a*").ToJson());
        Assert.Equal("""{"type":"message","text":"*a*","textFormat":"markdown"}""", OutgoingActivity.FromMarkdown("*a*").ToJson());
        Assert.Equal("""{"type":"typing"}""", OutgoingActivity.Typing.ToJson());
    }

    [Fact]
    public void Empty_strings_and_lists_are_left_out()
    {
        var activity = new OutgoingActivity
        {
            Text = "",
            TextFormat = "",
            Summary = "",
            ReplyToId = "",
            AttachmentLayout = "",
            Attachments = [],
            Entities = [],
        };

        Assert.Equal("""{"type":"message"}""", activity.ToJson());
        Assert.Null(activity.ReplyToId);
    }

    [Fact]
    public void A_message_has_some_text()
    {
        Assert.Throws<ArgumentException>(() => OutgoingActivity.FromText(""));
        Assert.Throws<ArgumentException>(() => OutgoingActivity.FromMarkdown(""));
    }

    [Fact]
    public void A_card_goes_with_the_words_of_its_notification() =>
        Assert.Equal(
            """{"type":"message","summary":"Please decide","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","$schema":"http://adaptivecards.io/schemas/adaptive-card.json","version":"1.5","body":[{"type":"TextBlock","text":"Hi","wrap":true}]}}]}""",
            OutgoingActivity.FromCard(new AdaptiveCard { Body = [new TextBlock("Hi")] }, "Please decide").ToJson()
        );

    [Fact]
    public void A_mention_stands_in_the_text_and_among_the_entities()
    {
        var activity = OutgoingActivity.FromMarkdown("<at>Adele</at>, look") with
        {
            Entities = [new Mention(new ChannelAccount { Id = "29:adele", Name = "Adele" }, "<at>Adele</at>")],
        };

        Assert.Equal(
            """{"type":"message","text":"<at>Adele</at>, look","textFormat":"markdown","entities":[{"type":"mention","mentioned":{"id":"29:adele","name":"Adele"},"text":"<at>Adele</at>"}]}""",
            activity.ToJson()
        );
    }

    [Fact]
    public void Letters_are_not_escaped_because_characters_count() =>
        Assert.Contains("Grüße 語", OutgoingActivity.FromText("Grüße 語").ToJson(), StringComparison.Ordinal);

    [Theory]
    [InlineData("invoke-adaptivecard-execute-error")]
    [InlineData("invoke-adaptivecard-execute-message")]
    public void Answers_are_as_Teams_took_them(string name)
    {
        var expected = WireFiles.Read("Inbound", name).Response!;
        var value = expected["value"]!;

        var answer =
            value is JsonObject
                ? InvokeAnswer.Error((int)expected["statusCode"]!, (string)value["code"]!, (string)value["message"]!)
                : InvokeAnswer.Message(value.GetValue<string>());

        Assert.Equal(200, answer.HttpStatus);
        Assert.True(WireFiles.AreSame(expected, JsonNode.Parse(answer.Body.Span)));
    }

    [Fact]
    public void A_card_as_an_answer_is_as_Teams_took_it()
    {
        var expected = WireFiles.Read("Inbound", "invoke-adaptivecard-execute").Response!;
        expected["value"]!.AsObject().Remove("actions"); // Empty, and we leave out what is empty.
        var card = new AdaptiveCard
        {
            Body =
            [
                new TextBlock("Approval request")
                {
                    Size = TextSize.Large,
                    Weight = TextWeight.Bolder,
                    Wrap = false,
                },
                new FactSet(new("State", "approved by Alex Wilber comment=looks fine"), new("Runner", "deploy-prod")),
            ],
        };

        var answer = JsonNode.Parse(InvokeAnswer.Card(card).Body.Span)!;

        // The schema's words; clients take them in any case.
        answer["value"]!["body"]![0]!["size"] = "Large";
        answer["value"]!["body"]![0]!["weight"] = "Bolder";
        answer["value"]!["body"]![0]!.AsObject().Remove("wrap");
        Assert.True(WireFiles.AreSame(expected, answer), answer.ToJsonString());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(399)]
    [InlineData(600)]
    public void An_error_is_an_error(int status) => Assert.Throws<ArgumentOutOfRangeException>(() => InvokeAnswer.Error(status, "x", "y"));

    [Fact]
    public void A_card_beneath_a_link_is_as_Teams_took_it_and_is_not_kept()
    {
        var expected = WireFiles.Read("Inbound", "invoke-composeextension-querylink").Response!;
        var content = expected["composeExtension"]!["attachments"]![0]!["content"]!;
        content["version"] = "1.3"; // Newer ones are documented not to be drawn there.
        content.AsObject().Remove("actions");
        var card = new AdaptiveCard
        {
            Version = AdaptiveCard.LinkVersion,
            Body =
            [
                new TextBlock("Approval request")
                {
                    Size = TextSize.Large,
                    Weight = TextWeight.Bolder,
                    Wrap = false,
                },
                new FactSet(new("State", "unfurled https://jobs.example.com/run/42"), new("Runner", "deploy-prod")),
            ],
        };

        var unfurled = InvokeAnswer.Unfurled(card, "Link", "https://jobs.example.com/run/42");

        Assert.Equal(200, unfurled.HttpStatus);
        Assert.Same(card, unfurled.Shown);
        var answer = JsonNode.Parse(unfurled.Body.Span)!;
        var extension = answer["composeExtension"]!.AsObject();
        var suggested = Assert.Single(extension["suggestedActions"]!["actions"]!.AsArray())!;
        Assert.Equal("setCachePolicy", (string?)suggested["type"]);
        Assert.Equal("no-cache", (string?)JsonNode.Parse((string)suggested["value"]!)!["type"]);
        extension.Remove("suggestedActions");
        var title = extension["attachments"]![0]!["content"]!["body"]![0]!.AsObject();
        title["size"] = "Large";
        title["weight"] = "Bolder";
        title.Remove("wrap");
        Assert.True(WireFiles.AreSame(expected, answer), answer.ToJsonString());
    }

    [Fact]
    public void A_link_that_nothing_is_told_about_gets_an_empty_object()
    {
        Assert.Equal(200, InvokeAnswer.NotUnfurled.HttpStatus);
        Assert.Equal("{}", Encoding.UTF8.GetString(InvokeAnswer.NotUnfurled.Body.Span));
    }

    [Fact]
    public void What_Teams_would_not_show_beneath_a_link_is_refused()
    {
        var card = new AdaptiveCard { Version = AdaptiveCard.LinkVersion };

        Assert.Throws<ArgumentException>(() => InvokeAnswer.Unfurled(card, "", "x"));
        Assert.Throws<ArgumentException>(() => InvokeAnswer.Unfurled(card, "x", ""));
        Assert.Throws<ArgumentException>(() => InvokeAnswer.Unfurled(new AdaptiveCard(), "x", "y"));
        Assert.Throws<ArgumentException>(() => InvokeAnswer.Unfurled(card with { Version = "1.4" }, "x", "y"));
        Assert.Throws<ArgumentException>(() => InvokeAnswer.Unfurled(card with { Version = "newest" }, "x", "y"));
    }
}
