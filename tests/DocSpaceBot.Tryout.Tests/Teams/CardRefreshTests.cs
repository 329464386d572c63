using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>Views of one person's own, through <c>refresh</c>.</summary>
public sealed class CardRefreshTests : TeamsTest
{
    [Fact]
    public async Task Listed_people_get_their_own_view_by_themselves()
    {
        AnswersWithOwnView();
        await Bot.PostAsync(TeamsDirectory.GroupId, Message(WithRefresh(Card("Base"), Teams["dana"].Id, Teams["max"].Id)));

        Assert.True(await Teams.SeesAsync("dana", Place.Group, "View of Dana Dorn", Soon));
        Assert.True(await Teams.SeesAsync("max", Place.Group, "View of Max Maurer", Soon));
        Assert.True(Teams.Sees("alice", Place.Group, "Base"));
        Assert.All(Bot.Received, received => Assert.Equal("automatic", (string?)received.Activity["value"]!["trigger"]));
    }

    [Fact]
    public async Task An_edit_refreshes_again()
    {
        AnswersWithOwnView();
        var id = await Bot.PostAsync(TeamsDirectory.GroupId, Message(WithRefresh(Card("Base"), Teams["dana"].Id)));
        await Teams.IdleAsync();

        await Bot.UpdateAsync(TeamsDirectory.GroupId, id, Message(WithRefresh(Card("Base 2"), Teams["dana"].Id)));
        await Teams.IdleAsync();

        Assert.Equal(2, Bot.Received.Count);
        Assert.True(Teams.Sees("dana", Place.Group, "View of Dana Dorn"));
        Assert.True(Teams.Sees("max", Place.Group, "Base 2"));
    }

    [Fact]
    public async Task Without_a_list_everybody_refreshes_while_there_are_no_more_than_sixty()
    {
        AnswersWithOwnView();
        var card = Card("Base");
        card["refresh"] = new JsonObject { ["action"] = Execute("Refresh", "card/refresh") };

        await Bot.PostAsync(TeamsDirectory.GroupId, Message(card));
        await Teams.IdleAsync();
        Assert.Equal(5, Bot.Received.Count);

        for (var person = 6; person <= 61; person++)
        {
            Teams.AddPerson($"person{person}");
        }

        await Bot.PostAsync(TeamsDirectory.GroupId, Message(card));
        await Teams.IdleAsync();
        Assert.Equal(5, Bot.Received.Count);
    }

    [Fact]
    public async Task An_empty_list_means_by_hand_only()
    {
        AnswersWithOwnView();
        await Bot.PostAsync(TeamsDirectory.GroupId, Message(WithRefresh(Card("Base"))));
        await Teams.IdleAsync();
        Assert.Empty(Bot.Received);

        await Teams.RefreshAsync("dana", Place.Group);

        Assert.True(Teams.Sees("dana", Place.Group, "View of Dana Dorn"));
        Assert.Equal("manual", (string?)Bot.Received[0].Activity["value"]!["trigger"]);
    }

    [Fact]
    public async Task Who_looks_elsewhere_gets_their_view_on_coming_back()
    {
        AnswersWithOwnView();
        Teams.SetOpen("dana", Place.Group, open: false);
        await Bot.PostAsync(TeamsDirectory.GroupId, Message(WithRefresh(Card("Base"), Teams["dana"].Id)));
        await Teams.IdleAsync();
        Assert.Empty(Bot.Received);

        Teams.SetOpen("dana", Place.Group, open: true);

        Assert.True(await Teams.SeesAsync("dana", Place.Group, "View of Dana Dorn", Soon));
    }

    [Fact]
    public async Task A_refresh_that_fails_leaves_the_card_as_it_is_and_says_nothing()
    {
        Bot.AnswersStatus(500);
        await Bot.PostAsync(TeamsDirectory.GroupId, Message(WithRefresh(Card("Base"), Teams["dana"].Id)));
        await Teams.IdleAsync();

        Assert.True(Assert.Single(Teams.Visible("dana", Place.Group)).Shows("Base"));
    }

    [Fact]
    public async Task An_answer_to_a_refresh_of_before_the_edit_is_not_shown()
    {
        var (arrived, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Bot.Answer = async _ =>
        {
            arrived.SetResult();
            await release.Task;
            return (200, CardAnswer(Card("Stale")));
        };
        var id = await Bot.PostAsync(TeamsDirectory.GroupId, Message(WithRefresh(Card("Base"), Teams["dana"].Id)));
        await arrived.Task;
        await Bot.UpdateAsync(TeamsDirectory.GroupId, id, Message(Card("Settled")));

        release.SetResult();
        await Teams.IdleAsync();

        Assert.True(Teams.Sees("dana", Place.Group, "Settled"));
        Assert.False(Teams.Sees("dana", Place.Group, "Stale"));
    }

    [Fact]
    public async Task Moving_the_clock_does_not_make_a_refresh_fail()
    {
        var (arrived, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Bot.Answer = async _ =>
        {
            arrived.SetResult();
            await release.Task;
            return (200, CardAnswer(Card("Yours")));
        };
        await Bot.PostAsync(TeamsDirectory.GroupId, Message(WithRefresh(Card("Base"), Teams["dana"].Id)));
        await arrived.Task;

        Clock.Pass(TimeSpan.FromDays(3));
        release.SetResult();

        Assert.True(await Teams.SeesAsync("dana", Place.Group, "Yours", Soon));
    }

    private void AnswersWithOwnView() => Bot.Answers(received => CardAnswer(Card($"View of {received.Activity["from"]!["name"]}")));
}
