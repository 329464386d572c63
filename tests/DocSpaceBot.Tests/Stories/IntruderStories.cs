using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>People who may not, and clients that send what no client sends.</summary>
public sealed class IntruderStories
{
    private const string Carol = "carol@example.org";
    private const string Unknown = "This card is no longer known. Type /invite to ask again.";

    [Fact]
    public async Task Somebody_of_another_tenant_is_turned_away_and_nothing_happens()
    {
        await using var story = await Story.StartAsync();
        var gus = new Speaker(story, "gus");
        var calls = story.Teams.Calls.Count;

        Assert.Equal(403, await gus.TriesToSayAsync($"/invite {Carol}"));
        await story.PassAsync(TimeSpan.FromMinutes(10));

        Assert.Empty(gus.Messages);
        Assert.Empty(story.Portal.Calls);
        Assert.Equal(calls, story.Teams.Calls.Count);
    }

    [Fact]
    public async Task Without_a_good_token_nothing_happens()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/help");
        var message = story.Teams.LastMessage();
        message["text"] = $"/invite {Carol}";
        message["id"] = "1795174552525";

        Assert.Equal(401, (await story.Teams.PostAsync(message, token: null)).Status);
        Assert.Equal(401, (await story.Teams.PostAsync(message, "a.b.c")).Status);
        Assert.Equal(401, (await story.Teams.PostAsync(message, story.Teams.MintToken(token => token.SignWith = "stranger"))).Status);
        Assert.Equal(401, (await story.Teams.PostAsync(message, story.Teams.MintToken(token => token.Claims["aud"] = "other"))).Status);
        await story.SettleAsync();

        Assert.Empty(story.Portal.Calls);
    }

    [Theory]
    [InlineData("invite/undo")]
    [InlineData("invite/resend")]
    [InlineData("card/refresh")]
    public async Task A_made_up_card_is_not_known(string verb)
    {
        await using var story = await Story.StartAsync();

        foreach (var id in (string[])["019a0000-0000-7000-8000-0000000000aa", "' or 1=1 --", new string('x', 5000), " "])
        {
            var answer = await story.DoneAsync(story.Teams.DeliverAsync(Forged.Press(story, "alice", verb, id)));
            Assert.Equal(Unknown, Forged.ErrorIn(answer));
        }
    }

    [Theory]
    [InlineData("invite/undo")]
    [InlineData("invite/resend")]
    [InlineData("card/refresh")]
    public async Task A_card_of_somebody_elses_chat_is_not_shown(string verb)
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = new Dictionary<string, string?> { ["Approvals:UndoWindow"] = "00:01:00" } }
        );
        await story.Alice.SaysAsync($"/invite {Carol}");
        var request = Forged.RequestOn(Assert.Single(story.Alice.Cards));

        var answer = await story.DoneAsync(story.Teams.DeliverAsync(Forged.Press(story, "bob", verb, request)));

        Assert.Equal(Unknown, Forged.ErrorIn(answer));
        story.Alice.SeesOnCard("Invitation · queued");
        await story.PassAsync(TimeSpan.FromMinutes(2));
        story.Mails(Carol, 1);
    }

    [Theory]
    [InlineData("invite/resend", "waiting")]
    [InlineData("invite/cancel", "waiting")]
    [InlineData("link/ask", "waiting")]
    [InlineData("follow-up/role", "")]
    public async Task What_is_told_in_somebody_elses_chat_of_who_has_joined_and_who_has_not_is_not_shown(string verb, string row)
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol} dave@example.org --role roomadmin");
        story.Portal.GiveRole("dave@example.org", PortalRole.User);
        await story.JoinsAsync("dave@example.org");
        await story.PassAsync(TimeSpan.FromDays(4));
        var data = story
            .Alice.Messages.SelectMany(message => message.Card is { } card ? CardReader.Buttons(card) : [])
            .Select(button => button.Action)
            .First(action => action.TryGetProperty("verb", out var it) && it.GetString() == "follow-up/role")
            .GetProperty("data");
        var (request, dave) = (data.GetProperty("id").GetString()!, data.GetProperty("row").GetString()!);

        var answer = await story.DoneAsync(
            story.Teams.DeliverAsync(Forged.Press(story, "bob", verb, request, ("row", row.Length > 0 ? row : dave)))
        );

        Assert.Equal(Unknown, Forged.ErrorIn(answer));
    }

    [Theory]
    [InlineData("invite/confirm")]
    [InlineData("invite/cancel")]
    [InlineData("card/refresh")]
    public async Task What_somebody_else_has_not_confirmed_yet_is_not_shown(string verb)
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/invite " + string.Join(' ', Enumerable.Range(1, 11).Select(number => $"p{number}@example.org")));
        var request = Forged.RequestOn(Assert.Single(story.Alice.Cards));

        var answer = await story.DoneAsync(story.Teams.DeliverAsync(Forged.Press(story, "bob", verb, request)));

        Assert.Equal(Unknown, Forged.ErrorIn(answer));
        story.Alice.SeesOnCard("Check before sending · 11 people");
    }

    [Fact]
    public async Task A_card_can_be_asked_for_by_whoever_sees_it()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = new Dictionary<string, string?> { ["Approvals:UndoWindow"] = "00:01:00" } }
        );
        await story.Alice.SaysAsync($"/invite {Carol}");
        var request = Forged.RequestOn(Assert.Single(story.Alice.Cards));

        var answer = await story.DoneAsync(story.Teams.DeliverAsync(Forged.Press(story, "alice", "card/refresh", request)));

        Assert.Contains("Invitation · queued", Forged.CardIn(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_button_says_so()
    {
        await using var story = await Story.StartAsync();

        var answer = await story.DoneAsync(story.Teams.DeliverAsync(Forged.Press(story, "alice", "invite/everybody", "1")));

        Assert.Equal("This button is not known to this version of the bot. Type /help to see what it can do.", Forged.ErrorIn(answer));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"action\":null}")]
    [InlineData("{\"action\":{\"verb\":7}}")]
    [InlineData("{\"action\":{\"verb\":\"\"}}")]
    [InlineData("{\"action\":{\"verb\":\"invite/undo\",\"data\":[]}}")]
    [InlineData("{\"action\":{\"verb\":\"invite/undo\"}}")]
    [InlineData("{\"action\":{\"verb\":\"invite/undo\",\"data\":{\"id\":{}}}}")]
    public async Task A_press_that_cannot_be_read_is_answered_in_words(string value)
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });

        var answer = await story.DoneAsync(
            story.Teams.DeliverAsync(Forged.Invoke(story, "alice", "adaptiveCard/action", JsonNode.Parse(value)))
        );

        Assert.Contains("Type /", Forged.ErrorIn(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("task/fetch")]
    [InlineData("composeExtension/query")]
    [InlineData("who/knows")]
    public async Task An_invoke_that_is_not_ours_is_not_implemented(string name)
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });

        var answer = await story.DoneAsync(story.Teams.DeliverAsync(Forged.Invoke(story, "alice", name, new JsonObject())));

        Assert.Equal(501, answer.Status);
    }

    [Fact]
    public async Task A_message_from_nobody_in_particular_invites_nobody()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/help");
        var message = story.Teams.LastMessage();
        message["text"] = $"/invite {Carol}";
        message["id"] = "1795174552525";
        message["from"]!.AsObject().Remove("aadObjectId");

        Assert.Equal(200, (await story.DoneAsync(story.Teams.DeliverAsync(message))).Status);
        await story.SettleAsync();

        story.Alice.Sees("Teams did not say who you are, so I cannot take this request. Nobody was invited.");
        Assert.Empty(story.Portal.Calls);
    }

    [Fact]
    public async Task Activities_of_unknown_types_are_accepted_and_passed_over()
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });
        await story.Alice.SaysAsync("/help");
        var calls = story.Teams.Calls.Count;

        foreach (var type in (string[])["messageReaction", "typing", "messageUpdate", "endOfConversation", "whatever"])
        {
            var activity = story.Teams.LastMessage();
            activity["type"] = type;
            Assert.Equal(200, (await story.DoneAsync(story.Teams.DeliverAsync(activity))).Status);
        }

        await story.SettleAsync();
        Assert.Equal(calls, story.Teams.Calls.Count);
    }
}
