using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Teams.Protocol.Activities;
using Teams.Protocol.Tests.StandIns;
using Activity = Teams.Protocol.Activities.Activity;

namespace Teams.Protocol.Tests.Activities;

public sealed class CommandTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData(" /invite\u00a0 alice@example.com \r\n", "/invite alice@example.com")]
    [InlineData("/invite&nbsp;&nbsp;alice@example.com", "/invite alice@example.com")]
    [InlineData("<p>/invite alice@example.com</p>", "/invite alice@example.com")]
    [InlineData("<div>/invite<br>alice@example.com<br/>bob@example.com</div>", "/invite\nalice@example.com\nbob@example.com")]
    [InlineData("/invite <a href=\"mailto:alice@example.com\">Alice</a> Guest", "/invite alice@example.com Guest")]
    [InlineData(
        "/invite <A class='x' HREF='mailto:alice@example.com?subject=Hi'>Alice</A>, bob@example.com",
        "/invite alice@example.com, bob@example.com"
    )]
    [InlineData("/invite <a href=mailto:alice@example.com title=x>Alice</a>", "/invite alice@example.com")]
    [InlineData("/invite <a href=\"mailto:alice%2Bx@example.com\">Alice</a>", "/invite alice+x@example.com")]
    [InlineData("/open <a href=\"https://example.com/\">the page</a>", "/open the page")]
    [InlineData("/invite [Alice](mailto:alice@example.com) Guest", "/invite alice@example.com Guest")]
    [InlineData("/invite [alice@example.com](MAILTO:alice@example.com)", "/invite alice@example.com")]
    [InlineData("/invite <mailto:alice@example.com|Alice>", "/invite alice@example.com")]
    [InlineData("/invite <mailto:alice@example.com>", "/invite alice@example.com")]
    [InlineData("/invite Alice <alice@example.com>", "/invite Alice <alice@example.com>")]
    [InlineData("/invite Alice &lt;alice@example.com&gt;", "/invite Alice <alice@example.com>")]
    [InlineData("/invite <b@example.com>", "/invite <b@example.com>")]
    [InlineData("/invite <p.smith@example.com>", "/invite <p.smith@example.com>")]
    [InlineData("/invite <a@example.com>", "/invite <a@example.com>")]
    [InlineData("<b>/invite</b> <i>alice</i>@example.com", "/invite alice@example.com")]
    [InlineData("a &amp;lt; b", "a &lt; b")]
    [InlineData("AT&T; &unknown; & &#x41;&#66;", "AT&T; &unknown; & AB")]
    [InlineData("1 < 2 > 0", "1 < 2 > 0")]
    [InlineData("a <", "a <")]
    [InlineData("a [b](c) [d", "a [b](c) [d")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("alice\u200b@exam\u00adple.com\ufeff", "alice@example.com")]
    [InlineData("ümlaut 🎉", "ümlaut 🎉")]
    [InlineData("<mailto:>", "<mailto:>")]
    [InlineData("<a href=\"mailto:\">x</a>", "<a href=\"mailto:\">x")]
    [InlineData("<a href=\"mailto:alice@example.com\">no end", "alice@example.comno end")]
    public void A_person_typed(string sent, string typed) => Assert.Equal(typed, CommandText.Of(new Activity { Text = sent }));

    [Theory]
    [InlineData("message-personal-command")]
    [InlineData("message-group-mention")]
    [InlineData("message-channel-mention")]
    [InlineData("message-channel-thread-reply")]
    public void The_bots_own_name_is_no_part_of_the_command(string name)
    {
        var activity = Activity.FromJson(WireFiles.Read("Inbound", name).Request!.ToJsonString())!;

        var typed = CommandText.Of(activity);

        Assert.NotEmpty(typed);
        Assert.DoesNotContain("Runbook", typed, StringComparison.Ordinal);
        Assert.DoesNotContain('<', typed);
    }

    [Fact]
    public void The_bot_may_be_named_anywhere_and_often_and_others_stay()
    {
        var activity = Mentioning(
            "<at>Bot</at> /invite <AT>Bot</AT> <at>Megan Bowen</at> <at>Bot</at>",
            ("28:bot", "<at>Bot</at>"),
            ("29:megan", "<at>Megan Bowen</at>")
        );

        Assert.Equal("/invite Megan Bowen", CommandText.Of(activity));
    }

    [Fact]
    public void A_name_is_text_and_not_a_pattern() =>
        Assert.Equal("/help .*+?(", CommandText.Of(Mentioning("<at>.*+?(</at> /help .*+?(", ("28:bot", "<at>.*+?(</at>"))));

    [Fact]
    public void Entities_of_any_shape_are_survived()
    {
        var activity = Activity.FromJson(
            """
            {"text":"/help","recipient":{"id":"28:bot"},"entities":[null,1,"x",[],{},{"type":"mention"},{"type":"mention","mentioned":"x"},
             {"type":"mention","mentioned":{"id":"28:bot"}},{"type":"mention","mentioned":{"id":"28:bot"},"text":""},
             {"type":"mention","mentioned":{"id":"28:bot"},"text":17},{"type":17},{"type":"clientInfo"}]}
            """
        )!;

        Assert.Equal("/help", CommandText.Of(activity));
    }

    [Fact]
    public void Any_text_is_read_and_never_grows() =>
        Prop.ForAll(
                Texts(),
                text =>
                {
                    var typed = CommandText.Of(new Activity { Text = text });
                    return typed.Length <= (text?.Length ?? 0) && typed == typed.Trim();
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("<")]
    [InlineData("<a ")]
    [InlineData("<a href=mailto:a@b.c>")]
    [InlineData("<a href=\"mailto:")]
    [InlineData("</a>")]
    [InlineData("<p")]
    [InlineData("<mailto:")]
    [InlineData("[")]
    [InlineData("[a](mailto:")]
    [InlineData("[a](mailto:b")]
    [InlineData("](mailto:")]
    [InlineData("&")]
    [InlineData("&#")]
    [InlineData("&nbsp;")]
    [InlineData("&amp;")]
    [InlineData(" \n")]
    [InlineData("<at>")]
    [InlineData("\u200b")]
    public void Hostile_text_takes_no_longer_than_its_length(string piece)
    {
        var hostile = string.Concat(Enumerable.Repeat(piece, 2_000_000 / piece.Length));
        var began = Stopwatch.GetTimestamp();

        CommandText.Of(new Activity { Text = hostile });

        // Two million characters; quadratic work would take minutes.
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Thousands_of_mentions_cost_no_more_than_a_few()
    {
        var mentions = Enumerable.Range(0, 5_000).Select(i => ("28:bot", $"<at>Bot {i}</at>")).ToArray();
        var began = Stopwatch.GetTimestamp();

        CommandText.Of(Mentioning(new string('x', 200_000), mentions));

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static Activity Mentioning(string text, params (string Id, string Text)[] mentions) =>
        new()
        {
            Text = text,
            Recipient = new ChannelAccount { Id = "28:bot" },
            Entities =
            [
                .. mentions.Select(mention =>
                    WireFiles.Element(
                        new System.Text.Json.Nodes.JsonObject
                        {
                            ["type"] = "mention",
                            ["mentioned"] = new System.Text.Json.Nodes.JsonObject { ["id"] = mention.Id },
                            ["text"] = mention.Text,
                        }.ToJsonString()
                    )
                ),
            ],
        };

    /// <summary>Text of any kind, and text made of the pieces that mean something here.</summary>
    private static Arbitrary<string?> Texts()
    {
        var pieces = Gen.Elements(
            "<",
            ">",
            "a ",
            "href=",
            "\"",
            "mailto:",
            "alice@example.com",
            "|",
            "</a>",
            "[",
            "](",
            ")",
            "&",
            "nbsp;",
            "#x41;",
            "<p>",
            "\n",
            " ",
            "\ud83c",
            "\udf89",
            "%41",
            "?",
            "<at>",
            "x"
        );
        var made = Gen.ListOf(pieces).Select(string? (list) => string.Concat(list));
        return Arb.From(Gen.OneOf(made, ArbMap.Default.GeneratorFor<string?>()));
    }
}
