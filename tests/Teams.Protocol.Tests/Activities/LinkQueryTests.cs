using Teams.Protocol.Activities;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Activities;

public sealed class LinkQueryTests
{
    [Fact]
    public void A_pasted_link_is_read()
    {
        var query = LinkQuery.From(
            Activity.FromJson(WireFiles.Read("Inbound", "invoke-composeextension-querylink").Request!.ToJsonString())!
        );

        Assert.Equal(new LinkQuery("https://jobs.example.com/run/42"), query);
    }

    [Fact]
    public void Who_does_not_say_who_asks_is_not_answered()
    {
        var query = WireFiles.Read("Inbound", "invoke-composeextension-anonymousquerylink").Request!;

        Assert.Null(LinkQuery.From(Activity.FromJson(query.ToJsonString())!));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""17""")]
    [InlineData("\"https://example.com/\"")]
    [InlineData("""{"url":null}""")]
    [InlineData("""{"url":""}""")]
    [InlineData("""{"url":17}""")]
    [InlineData("""{"url":["https://example.com/"]}""")]
    [InlineData("""{"URL":"https://example.com/"}""")]
    public void What_has_no_link_is_none(string value) => Assert.Null(LinkQuery.From(Query(value)));

    [Fact]
    public void Other_activities_ask_for_no_preview()
    {
        Assert.Null(LinkQuery.From(Activity.FromJson("""{"type":"message","value":{"url":"https://example.com/"}}""")!));
        Assert.Null(
            LinkQuery.From(Activity.FromJson("""{"type":"message","name":"composeExtension/queryLink","value":{"url":"https://x/"}}""")!)
        );
        Assert.Null(LinkQuery.From(Activity.FromJson("""{"type":"invoke","name":"task/fetch","value":{"url":"https://x/"}}""")!));
        Assert.Null(LinkQuery.From(Activity.FromJson("""{"type":"invoke","name":"composeExtension/queryLink"}""")!));
    }

    [Fact]
    public void At_most_8192_characters()
    {
        var longest = "https://example.com/" + new string('x', 8192 - 20);

        Assert.Equal(longest, LinkQuery.From(Query($$"""{"url":"{{longest}}"}"""))!.Url);
        Assert.Null(LinkQuery.From(Query($$"""{"url":"{{longest}}x"}""")));
    }

    [Fact]
    public void The_link_gets_into_no_log() => Assert.Equal("LinkQuery", new LinkQuery("https://example.com/s/secret").ToString());

    private static Activity Query(string value) =>
        Activity.FromJson($$"""{"type":"invoke","name":"composeExtension/queryLink","value":{{value}}}""")!;
}
