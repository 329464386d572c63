using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Guests come into a room.</summary>
public sealed class RoomStories
{
    private const string Carol = "carol@example.org";

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task A_guest_is_invited_into_the_room_of_that_title(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        story.Portal.AddRoom("Q4 Audit 2025");
        story.Portal.AddRoom("Q4 Audit");

        await story.Alice.SaysAsync($"/invite {Carol} --role guest --room \"q4 audit\"");

        story.Alice.SeesOnCard("Invitation · invited");
        story.Alice.SeesOnCard("DocSpace let the person into the room");
        story.Mails(Carol, 1);
        Assert.Equal(PortalRole.Guest, story.Portal.Find(Carol)!.Role);
        await story.JoinsAsync(Carol);
        story.Alice.SeesOnCard("Joined");
    }

    [Theory]
    [InlineData("Q5 Audit", "DocSpace shows the bot no room of this title.")]
    [InlineData("Twice", "Several rooms have this title.")]
    public async Task A_room_that_is_not_there_or_not_clear_is_said(string title, string words)
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddRoom("Twice");
        story.Portal.AddRoom("Twice");

        await story.Alice.SaysAsync($"/invite {Carol} --role guest --room \"{title}\"");

        story.Alice.SeesOnCard("Invitation · failed");
        story.Alice.SeesOnCard(words);
        Assert.Empty(story.Portal.Mails);
    }

    [Fact]
    public async Task Somebody_who_has_DocSpace_already_is_let_into_the_room_and_keeps_the_role()
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddRoom("Q4 Audit");
        story.Portal.AddPerson(Carol, role: PortalRole.User);

        await story.Alice.SaysAsync($"/invite {Carol} --room \"Q4 Audit\"");

        story.Alice.SeesOnCard("This person had DocSpace already and is in the room now");
        Assert.Equal(PortalRole.User, story.Portal.Find(Carol)!.Role);

        await story.PassAsync(TimeSpan.FromMinutes(2));
        await story.Bob.SaysAsync($"/invite {Carol} --room \"Q4 Audit\"");
        story.Bob.SeesOnCard("This person is in the room already");
    }

    [Fact]
    public async Task A_room_with_another_role_than_guest_is_not_guessed_at()
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddRoom("Q4 Audit");

        await story.Alice.SaysAsync($"/invite {Carol} --role user --room \"Q4 Audit\"");

        story.Alice.Sees("A room is for guests.");
        Assert.Empty(story.Portal.Mails);
    }

    [Fact]
    public async Task A_portal_that_lets_no_guests_be_invited_is_said()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { AllowInvitingGuests = false } });
        story.Portal.AddRoom("Q4 Audit");

        await story.Alice.SaysAsync($"/invite {Carol} --room \"Q4 Audit\"");

        story.Alice.SeesOnCard("Invitation · failed");
        Assert.Empty(story.Portal.Mails);
    }

    [Fact]
    public async Task An_answer_that_is_lost_lets_nobody_in_twice()
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddRoom("Q4 Audit");
        story.Portal.Faults.FailNext(call => call.Method == "PUT", PortalFault.DropConnection(afterEffect: true));

        await story.Alice.SaysAsync($"/invite {Carol} --room \"Q4 Audit\"");
        await story.PassAsync(TimeSpan.FromMinutes(1));

        story.Alice.SeesOnCard("Invitation · invited");
        story.Mails(Carol, 1);
    }
}
