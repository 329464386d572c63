using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>However often Teams delivers what was said, and whoever else says the same: one mail.</summary>
public sealed class DeliveryStories
{
    private const string Carol = "carol@example.org";

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task The_same_activity_twice_at_once_is_one_request(string storage)
    {
        await using var story = await Story.StartAsync(storage);

        await story.Alice.SaysAsync($"/invite {Carol}", new SayOptions { Delivery = Delivery.TwiceAtOnce with { Times = 4 } });

        story.Alice.SeesOnCard("Invitation · invited");
        story.Mails(Carol, 1);
        story.Alice.SeesNo("already");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(90)]
    [InlineData(3600)]
    public async Task The_same_activity_late_is_the_same_request(int seconds)
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SaysAsync($"/invite {Carol}", new SayOptions { Delivery = Delivery.AgainAfter(TimeSpan.FromSeconds(seconds)) });
        var seen = story.Alice.Messages.Count;
        await story.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal(
            2,
            story.Teams.Delivered.Count(activity => ((string?)activity["text"])?.Contains(Carol, StringComparison.Ordinal) is true)
        );
        Assert.Equal(seen, story.Alice.Messages.Count);
        story.Mails(Carol, 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_text_under_a_new_id_is_told_to_be_asked_for_already(bool atOnce)
    {
        await using var story = await Story.StartAsync();
        var delivery = atOnce ? Delivery.TwiceAtOnceWithNewIds : Delivery.TwiceWithNewIds;

        await story.Alice.SaysAsync($"/invite {Carol}", new SayOptions { Delivery = delivery });

        story.Alice.SeesOnCard("Invitation · invited");
        story.Alice.Sees($"You have asked for {Carol} already");
        story.Mails(Carol, 1);
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Two_people_who_ask_for_the_same_person_at_once_cause_one_mail(string storage)
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Storage = storage,
                Settings = new Dictionary<string, string?> { ["Approvals:UndoWindow"] = "00:00:10" },
            }
        );

        await story.DoneAsync(
            Task.WhenAll(
                story.Teams.SayAsync("alice", Place.Personal, $"/invite {Carol}"),
                story.Teams.SayAsync("bob", Place.Personal, $"/invite {Carol.ToUpperInvariant()}")
            )
        );
        await story.PassAsync(TimeSpan.FromSeconds(11));

        Assert.Equal(1, story.Alice.Cards.Count + story.Bob.Cards.Count);
        var (first, second) = story.Alice.Cards.Count == 1 ? (story.Alice, story.Bob) : (story.Bob, story.Alice);
        first.SeesOnCard("Invitation · invited");
        second.Sees($"{Carol} has been asked for by {story.Teams[first.Name].DisplayName} already (Queued). No second mail is sent.");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task Somebody_who_asks_for_an_invited_person_later_is_told_that_the_portal_waits_already()
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromHours(1));
        await story.Bob.SaysAsync($"/invite {Carol}");

        story.Bob.SeesOnCard("Was waiting in DocSpace already");
        story.Bob.SeesOnCard("so no new mail was sent");
        story.Mails(Carol, 1);

        await story.JoinsAsync(Carol);
        story.Alice.SeesOnCard("Joined");
        story.Bob.SeesOnCard("Joined");
    }

    [Fact]
    public async Task A_message_that_could_not_be_answered_is_delivered_again_and_then_taken_in()
    {
        await using var story = await Story.StartAsync();
        story.Teams.Faults.FailMetadataNext(503, times: 10);

        await story.Alice.SaysAsync($"/invite {Carol}");

        story.Alice.SeesOnCard("Invitation · invited");
    }

    [Fact]
    public async Task A_part_of_a_request_that_is_under_way_already_is_left_out_of_it()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = new Dictionary<string, string?> { ["Approvals:UndoWindow"] = "00:00:10" } }
        );

        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Bob.SaysAsync($"/invite {Carol} dave@example.org");
        await story.PassAsync(TimeSpan.FromSeconds(11));

        story.Bob.Sees($"{Carol} has been asked for by Alice Anders already");
        story.Bob.SeesOnCard("dave@example.org");
        story.Mails(Carol, 1);
        story.Mails("dave@example.org", 1);
    }
}
