using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>The stand-in as a measuring device: it answers as ever and keeps nothing.</summary>
public sealed class KeepingNothingTests : TeamsTest
{
    private protected override TeamsSetup Setup => new() { Clock = Clock, KeepMessages = false };

    [Fact]
    public async Task Messages_and_calls_are_counted_but_not_kept()
    {
        var id = await Bot.PostAsync(AliceChat, Text("x"));
        Assert.Equal(200, (await Bot.UpdateAsync(AliceChat, id, Text("y"))).Status);
        Assert.Equal(200, await Teams.SayAsync("alice", Place.Personal, "/help"));

        Assert.Equal(2, Teams.CallCount);
        Assert.Empty(Teams.Calls);
        Assert.Empty(Teams.Visible("alice", Place.Personal));
        Assert.Empty(Teams.Delivered);
    }

    [Fact]
    public async Task It_is_as_strict_as_ever()
    {
        Assert.Equal(400, (await Bot.SendAsync(AliceChat, Text(""))).Status);
        Assert.Equal(404, (await Bot.SendAsync("nope", Text("x"))).Status);
    }
}
