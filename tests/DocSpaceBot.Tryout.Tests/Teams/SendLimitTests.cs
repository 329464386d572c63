using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>The limits Teams has per bot and conversation.</summary>
public sealed class SendLimitTests : TeamsTest
{
    private protected override TeamsSetup Setup => new() { Clock = Clock, RateLimits = true };

    [Fact]
    public async Task Seven_messages_go_in_one_second_and_eight_in_two()
    {
        Assert.Equal(7, await TakenAsync(AliceChat, 9));
        Assert.Equal(1, await TakenAsync(TeamsDirectory.GroupId, 1));

        Clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await TakenAsync(AliceChat, 3));
    }

    [Fact]
    public async Task Sixty_messages_go_in_half_a_minute()
    {
        var taken = 0;
        for (var second = 0; second < 29; second += 2)
        {
            taken += await TakenAsync(AliceChat, 7);
            Clock.Pass(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(60, taken);
    }

    [Fact]
    public async Task The_answer_tells_how_long_to_wait()
    {
        await TakenAsync(AliceChat, 7);

        using var answer = await Bot.CallAsync(
            HttpMethod.Post,
            $"v3/conversations/{Uri.EscapeDataString(AliceChat)}/activities",
            Text("one too many")
        );

        Assert.Equal((429, "1"), ((int)answer.StatusCode, answer.Headers.RetryAfter!.ToString()));
    }

    [Fact]
    public async Task Edits_do_not_count_and_reading_has_limits_of_its_own()
    {
        var id = await Bot.PostAsync(AliceChat, Text("x"));
        for (var edit = 0; edit < 10; edit++)
        {
            Assert.Equal(200, (await Bot.UpdateAsync(AliceChat, id, Text("y"))).Status);
        }

        var statuses = new List<int>();
        for (var read = 0; read < 15; read++)
        {
            statuses.Add((await Bot.AskAsync(HttpMethod.Get, $"v3/conversations/{Uri.EscapeDataString(AliceChat)}/members")).Status);
        }

        Assert.Equal(14, statuses.Count(status => status == 200));
        Assert.Equal(429, statuses[^1]);
    }

    private async Task<int> TakenAsync(string conversationId, int wanted)
    {
        var taken = 0;
        for (var message = 0; message < wanted; message++)
        {
            taken += (await Bot.SendAsync(conversationId, Text("x"))).Status == 201 ? 1 : 0;
        }

        return taken;
    }
}
