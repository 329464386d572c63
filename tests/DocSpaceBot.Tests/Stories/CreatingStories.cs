using DocSpaceBot.Tryout.Portal;
using Microsoft.AspNetCore.Http;

namespace DocSpaceBot.Tests.Stories;

/// <summary>People whose names are known are created and then invited.</summary>
public sealed class CreatingStories
{
    private const string Carol = "carol@example.org";

    private const string Three = "/invite Carol Carter <carol@example.org>, Dave Doe <dave@example.org>, Eve Evans <eve@example.org>";

    [Theory]
    [InlineData(nameof(PortalDialect.V37))]
    [InlineData(nameof(PortalDialect.V36))]
    [InlineData(nameof(PortalDialect.Documented))]
    public async Task Exactly_those_who_were_created_are_invited_and_everybody_gets_one_mail(string dialect)
    {
        await using var story = await StartAsync(Enum.Parse<PortalDialect>(dialect));
        story.Portal.AddPerson("dave@example.org", role: PortalRole.User);

        await story.Alice.SaysAsync(Three);

        story.Alice.SeesOnCard("Invited 2 · Already a member 1");
        story.Mails(Carol, 1);
        story.Mails("eve@example.org", 1);
        story.Mails("dave@example.org", 0);
        Assert.Equal(("Carol", "Carter"), (story.Portal.Find(Carol)!.FirstName, story.Portal.Find(Carol)!.LastName));
        Assert.Equal(2, story.Portal.Calls.Count(call => call is { Method: "POST", Path: "/api/2.0/people" }));
        var invite = Assert.Single(
            story.Portal.Calls,
            call => call.Method == "POST" && call.Path.EndsWith("people/invite", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("dave@", invite.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_card_says_which_mail_brings_the_person_in()
    {
        await using var story = await StartAsync(PortalDialect.V37);

        await story.Alice.SaysAsync($"/invite {Carol} --name \"Carol Carter\"");

        story.Alice.SeesOnCard("Carol Carter");
        story.Alice.SeesOnCard("DocSpace created the account");
        story.Alice.SeesOnCard("DocSpace mails an activation link to people who are created");
        await story.JoinsAsync(Carol);
        story.Alice.SeesOnCard("Joined");
    }

    [Fact]
    public async Task One_who_cannot_be_created_stops_nobody_else_and_has_a_cause()
    {
        await using var story = await StartAsync(PortalDialect.V37);
        story.Portal.Faults.FailNext(Creating, PortalFault.Role403);

        await story.Alice.SaysAsync(Three);

        story.Alice.SeesOnCard("Invited 2 · Failed 1");
        story.Alice.SeesOnCard("DocSpace does not allow the bot to invite with this role.");
    }

    [Fact]
    public async Task A_seat_that_the_portal_quietly_does_not_give_is_said()
    {
        await using var story = await StartAsync(PortalDialect.V37, new PortalSetup { Seats = 1 });

        await story.Alice.SaysAsync($"/invite {Carol} --name \"Carol Carter\" --role roomadmin");

        story.Alice.SeesOnCard("DocSpace shows the role User; asked for is Room admin");
        story.Alice.SeesOnCard("It was not changed.");
    }

    [Fact]
    public async Task Set_up_to_invite_only_nobody_is_created()
    {
        await using var story = await StartAsync(PortalDialect.V37, provisioning: "InviteOnly");

        await story.Alice.SaysAsync(Three);

        story.Alice.SeesOnCard("Invited 3");
        Assert.Equal(0, story.Portal.Calls.Count(call => call is { Method: "POST", Path: "/api/2.0/people" }));
    }

    [Fact]
    public async Task Set_up_to_create_everybody_a_name_is_asked_for()
    {
        await using var story = await StartAsync(PortalDialect.V37, provisioning: "CreateThenInvite");

        await story.Alice.SaysAsync($"/invite {Carol}");

        story.Alice.Sees("This bot is set up to create people with their names.");
        Assert.Empty(story.Portal.Mails);
    }

    [Fact]
    public async Task An_answer_that_is_lost_creates_and_mails_nobody_twice()
    {
        await using var story = await StartAsync(PortalDialect.Documented);
        story.Portal.Faults.FailNext(call => call.Method == "POST", PortalFault.DropConnection(afterEffect: true), times: 4);

        await story.Alice.SaysAsync(Three);
        await story.PassAsync(TimeSpan.FromMinutes(5));

        story.Alice.SeesOnCard("Invited 3");
        Assert.All([Carol, "dave@example.org", "eve@example.org"], email => story.Mails(email, 1));
    }

    [Fact]
    public async Task Of_somebody_who_was_created_and_never_invited_it_is_not_said_that_they_were_not_invited()
    {
        await using var story = await StartAsync(PortalDialect.V37);
        story.Portal.Faults.FailNext(
            call => call.Method == "POST" && call.Path.Value!.EndsWith("/people/invite", StringComparison.Ordinal),
            PortalFault.TooMany(TimeSpan.FromHours(12)),
            times: 100
        );

        await story.Alice.SaysAsync($"/invite {Carol} --name \"Carol Carter\"");
        await story.PassAsync(TimeSpan.FromDays(32), parts: 64);

        story.Mails(Carol, 1);
        story.Alice.SeesOnCard("Whether this person was invited is not known.");
        story.Alice.SeesNo("This person was not invited.");
    }

    private static bool Creating(HttpRequest call) =>
        call.Method == "POST" && call.Path.Value!.EndsWith("/people", StringComparison.Ordinal);

    private static Task<Story> StartAsync(PortalDialect dialect, PortalSetup? portal = null, string provisioning = "Auto") =>
        Story.StartAsync(
            new StorySetup
            {
                Portal = (portal ?? new PortalSetup()) with { Dialect = dialect },
                Settings = new Dictionary<string, string?> { ["DocSpace:Provisioning"] = provisioning },
            }
        );
}
