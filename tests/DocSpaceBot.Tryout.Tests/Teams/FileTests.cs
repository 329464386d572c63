using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>Files in personal chats.</summary>
public sealed class FileTests : TeamsTest
{
    private static readonly byte[] Content = "email\na@example.com\n"u8.ToArray();

    [Fact]
    public async Task A_file_can_be_fetched_with_its_link_alone()
    {
        await Teams.UploadAsync("alice", "people.csv", Content);

        Assert.Equal("csv", (string?)Offered()["content"]!["fileType"]);
        Assert.Equal(Content, await Bot.Http.GetByteArrayAsync(Link()));
        Assert.Equal(1, Teams.FileDownloads);
    }

    [Fact]
    public async Task The_link_takes_no_token()
    {
        await Teams.UploadAsync("alice", "people.csv", Content);
        using var request = new HttpRequestMessage(HttpMethod.Get, Link());
        request.Headers.Authorization = new("Bearer", await Bot.TokenAsync());

        using var answer = await Bot.Http.SendAsync(request);

        Assert.Equal(401, (int)answer.StatusCode);
    }

    [Fact]
    public async Task The_link_is_good_for_a_short_time_and_only_whole()
    {
        await Teams.UploadAsync("alice", "people.csv", Content);

        using var cut = await Bot.Http.GetAsync(new Uri(Link().GetLeftPart(UriPartial.Path)));
        Clock.Pass(TimeSpan.FromHours(1));
        using var late = await Bot.Http.GetAsync(Link());

        Assert.Equal((401, 401), ((int)cut.StatusCode, (int)late.StatusCode));
    }

    [Fact]
    public async Task A_file_the_person_agrees_to_can_be_put_in_its_place()
    {
        await Bot.PostAsync(AliceChat, InboundShapeTests.FileOffer());
        Assert.True(Teams.Sees("alice", Place.Personal, "x.txt report"));
        await Teams.ConsentAsync("alice", accept: true);

        var upload = Bot.Received[0].Activity["value"]!["uploadInfo"]!;
        using var content = new ByteArrayContent(Content);
        content.Headers.ContentRange = new ContentRangeHeaderValue(0, Content.Length - 1, Content.Length);
        using var answer = await Bot.Http.PutAsync(new Uri((string)upload["uploadUrl"]!), content);

        Assert.Equal(201, (int)answer.StatusCode);
        Assert.Equal(Content, Teams.ReceivedFile((string)upload["uniqueId"]!));
        Assert.True(Teams.Sees("alice", Place.Personal, "File “x.txt” arrived:\nemail\na@example.com"));

        using var again = await Bot.Http.PutAsync(new Uri((string)upload["uploadUrl"]!), content);
        Assert.Equal(404, (int)again.StatusCode);
    }

    [Theory]
    [InlineData("Accept", "accept")]
    [InlineData("Decline", "decline")]
    public async Task An_offer_has_two_buttons(string title, string action)
    {
        await Bot.PostAsync(AliceChat, InboundShapeTests.FileOffer());
        Assert.True(Teams.Sees("alice", Place.Personal, $"[{title}]"));
        await Bot.PostAsync(AliceChat, Message(Card("More?", Execute("Accept all", "all"), Execute("Decline all", "all"))));

        await Teams.PressAsync("alice", Place.Personal, title);

        Assert.Equal(action, (string?)Bot.Received[0].Activity["value"]!["action"]);
    }

    [Fact]
    public async Task A_file_can_be_declined()
    {
        await Bot.PostAsync(AliceChat, InboundShapeTests.FileOffer());

        await Teams.ConsentAsync("alice", accept: false);

        var value = Bot.Received[0].Activity["value"]!;
        Assert.Equal("decline", (string?)value["action"]);
        Assert.Null(value["uploadInfo"]);
    }

    private JsonNode Offered() => Bot.Received[0].Activity["attachments"]![0]!;

    private Uri Link() => new((string)Offered()["content"]!["downloadUrl"]!);
}
