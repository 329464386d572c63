using System.Text;

namespace DocSpaceBot.Tests.Stories;

/// <summary>The address of the webhook is open to everybody.</summary>
public sealed class WebhookAttackStories
{
    private const string Carol = "carol@example.org";

    [Fact]
    public async Task The_portal_finds_it_without_a_signature()
    {
        await using var story = await StartAsync(Hook.Secret);
        using var hook = new Hook(story.Teams.BotUrl!);

        Assert.Equal(200, await hook.AskAsync(HttpMethod.Head));
        Assert.Equal(405, await hook.AskAsync(HttpMethod.Get));
        Assert.Equal(405, await hook.AskAsync(HttpMethod.Delete));
        Assert.Equal(401, await hook.PostAsync("{}", signature: null));
    }

    [Fact]
    public async Task Whoever_cannot_sign_makes_nothing_happen()
    {
        await using var story = await StartAsync(Hook.Secret);
        using var hook = new Hook(story.Teams.BotUrl!);
        await story.Alice.SaysAsync($"/invite {Carol}");
        var carol = await story.Portal.JoinAsync(Carol);
        var body = Hook.Event(carol.Id, "user.created", 1);
        var bytes = Encoding.UTF8.GetBytes(body);
        var good = Hook.Sign(bytes);
        var before = story.Portal.Calls.Count;
        string?[] bad =
        [
            null,
            "",
            "sha256=",
            good[..^1],
            good[..^2],
            good + "00",
            good["sha256=".Length..],
            "sha1=" + good["sha256=".Length..],
            good[..^1] + (good[^1] == '0' ? '1' : '0'),
            Hook.Sign(bytes, "Another-portal-1"),
            Hook.Sign(Encoding.UTF8.GetBytes(body + " ")),
            Hook.Sign([]),
            good + "," + good,
        ];

        foreach (var signature in bad)
        {
            Assert.Equal(401, await hook.PostAsync(body, signature));
        }

        await story.SettleAsync();
        Assert.Equal(before, story.Portal.Calls.Count);
        story.Alice.SeesOnCard("Invitation · invited");

        Assert.Equal(200, await hook.PostAsync(body, good.ToLowerInvariant()));
        await story.SettleAsync();
        story.Alice.SeesOnCard("Joined");
        story.Log.HoldsNone("carol", "example", "sha256", good["sha256=".Length..], Hook.Secret);
        Assert.Equal(bad.Length, story.Log.Lines.Count(line => line.Contains("was refused with 401", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/vnd.api+json")]
    [InlineData(null)]
    public async Task What_does_not_come_as_json_is_not_read(string? contentType)
    {
        await using var story = await StartAsync(Hook.Secret);
        using var hook = new Hook(story.Teams.BotUrl!);
        var body = Encoding.UTF8.GetBytes(Hook.Event(Guid.NewGuid(), "user.created", 1));

        Assert.Equal(415, await hook.PostAsync(new ByteArrayContent(body), Hook.Sign(body), contentType));
    }

    [Theory]
    [InlineData(64 * 1024 + 1, false)]
    [InlineData(64 * 1024 + 1, true)]
    [InlineData(5 * 1024 * 1024, false)]
    [InlineData(5 * 1024 * 1024, true)]
    public async Task What_is_too_long_is_not_read_to_the_end(int length, bool isChunked)
    {
        await using var story = await StartAsync(Hook.Secret);
        using var hook = new Hook(story.Teams.BotUrl!);
        var body = new byte[length];
        Array.Fill(body, (byte)' ');
        using var content = new Counted(body, isChunked);

        // Whoever goes on sending after the answer may find the connection closed.
        int? status = null;
        try
        {
            status = await hook.PostAsync(content, Hook.Sign(body), "application/json");
        }
        catch (HttpRequestException)
        {
            Assert.True(length > 1024 * 1024);
        }

        Assert.Equal(413, status ?? 413);
        Assert.Contains(story.Log.Lines, line => line.Contains("was refused with 413", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"user.created\"")]
    [InlineData("{\"event\":{\"id\":1,\"trigger\":\"user.created\"}}")]
    [InlineData("{\"event\":{\"id\":1,\"trigger\":\"\\ud800\"},\"webhook\":{\"id\":7}}")]
    public async Task What_is_signed_and_no_event_is_told_so(string body)
    {
        await using var story = await StartAsync(Hook.Secret);
        using var hook = new Hook(story.Teams.BotUrl!);

        Assert.Equal(400, await hook.SaysAsync(body));
    }

    [Theory]
    [InlineData("{\"event\":{\"id\":1,\"trigger\":\"room.created\"},\"payload\":{\"id\":12},\"webhook\":{\"id\":7}}")]
    [InlineData("{\"event\":{\"id\":2,\"trigger\":\"user.created\"},\"webhook\":{\"id\":7}}")]
    [InlineData("{\"event\":{\"id\":3,\"trigger\":\"user.created\"},\"payload\":{},\"webhook\":{\"id\":7}}")]
    [InlineData("{\"event\":{\"id\":4,\"trigger\":\"user.created\"},\"payload\":[1,{\"id\":\"x\"}],\"webhook\":{\"id\":7}}")]
    [InlineData(
        "{\"event\":{\"id\":5,\"trigger\":\"user.created\",\"createOn\":\"soon\"},\"payload\":{\"id\":\"nobody\"},\"webhook\":{\"id\":7}}"
    )]
    [InlineData(
        "{\"event\":{\"id\":6,\"trigger\":\"user.promoted\"},\"payload\":{\"id\":\"b1e7a7d2-77c4-4f0d-8f4b-2d0f6d0c9a22\"},\"webhook\":{\"id\":7}}"
    )]
    public async Task What_a_later_portal_may_tell_is_taken_and_left_alone(string body)
    {
        await using var story = await StartAsync(Hook.Secret);
        using var hook = new Hook(story.Teams.BotUrl!);

        Assert.Equal(200, await hook.SaysAsync(body));

        await story.SettleAsync();
        Assert.Empty(story.Portal.Calls);
        story.Log.HoldsNone("nobody");
    }

    [Fact]
    public async Task Without_a_secret_nothing_can_be_signed()
    {
        await using var story = await StartAsync("");
        using var hook = new Hook(story.Teams.BotUrl!);
        await story.Alice.SaysAsync($"/invite {Carol}");
        var body = Hook.Event((await story.Portal.JoinAsync(Carol)).Id, "user.created", 1);

        Assert.Equal(404, await hook.PostAsync(body, Hook.Sign(Encoding.UTF8.GetBytes(body), "x")));
        Assert.Equal(404, await hook.PostAsync(body, signature: null));
        await story.SettleAsync();

        story.Alice.SeesOnCard("Invitation · invited");
        Assert.Contains(story.Log.Lines, line => line.Contains("DocSpace:WebhookSecret", StringComparison.Ordinal));
    }

    private static Task<Story> StartAsync(string secret) =>
        Story.StartAsync(
            new StorySetup
            {
                Settings = new Dictionary<string, string?>
                {
                    ["DocSpace:WebhookSecret"] = secret,
                    ["FollowUps:SweepInterval"] = "1.00:00:00",
                },
            }
        );

    /// <summary>With a length, or in chunks of which nobody knows how many come.</summary>
    private sealed class Counted(byte[] body, bool isChunked) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            for (var at = 0; at < body.Length; at += 16 * 1024)
            {
                await stream.WriteAsync(body.AsMemory(at, Math.Min(16 * 1024, body.Length - at)));
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return !isChunked;
        }
    }
}
