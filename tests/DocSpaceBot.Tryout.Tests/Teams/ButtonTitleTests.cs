using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>Which button is meant by the words somebody types for it.</summary>
public sealed class ButtonTitleTests : TeamsTest
{
    [Theory]
    [InlineData("Approve")]
    [InlineData("approve")]
    [InlineData("APPROVE INVITATION")]
    [InlineData("Approve invitation of")]
    public async Task A_button_is_found_by_the_words_its_title_begins_with(string words)
    {
        await Bot.PostAsync(AliceChat, Message(Card("Old", Execute("Approve invitation of carol", "approval/approve", "old"))));
        await Bot.PostAsync(AliceChat, Message(Card("New", Execute("Approve invitation of dave", "approval/approve", "new"))));
        await Bot.PostAsync(AliceChat, Message(Card("Other", Execute("Approved already", "other"), Execute("Do approve", "other"))));

        await Teams.PressAsync("alice", Place.Personal, words);

        Assert.Equal("new", (string?)Bot.Received[0].Activity["value"]!["action"]!["data"]!["id"]);
    }

    [Fact]
    public async Task A_title_that_is_exact_goes_before_a_newer_one_that_only_begins_so()
    {
        await Bot.PostAsync(AliceChat, Message(Card("Old", Execute("Cancel", "invite/cancel", "old"))));
        await Bot.PostAsync(AliceChat, Message(Card("New", Execute("Cancel the rest", "invite/cancel", "new"))));

        await Teams.PressAsync("alice", Place.Personal, "Cancel");

        Assert.Equal("old", (string?)Bot.Received[0].Activity["value"]!["action"]!["data"]!["id"]);
    }

    [Theory]
    [InlineData("App")]
    [InlineData("Approved")]
    [InlineData("invitation")]
    [InlineData("")]
    public async Task Half_a_word_and_words_from_the_middle_find_no_button(string words)
    {
        await Bot.PostAsync(AliceChat, Message(Card("Invite?", Execute("Approve invitation", "approval/approve"))));

        await Assert.ThrowsAsync<StandInException>(() => Teams.PressAsync("alice", Place.Personal, words));

        Assert.Empty(Bot.Received);
    }
}
