using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;
using Microsoft.AspNetCore.Http;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Somebody is in DocSpace with another role than is asked for: it changes when the requester says so, and never otherwise.</summary>
public sealed class RoleStories
{
    private const string Carol = "carol@example.org";
    private const string ToRoomAdmin = "Change the role to Room admin";
    private const string ToUser = "Change the role to User";

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Promoted_by_the_button_and_not_before(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        story.Portal.AddPerson(Carol);

        await story.Alice.SaysAsync($"/invite {Carol} --role roomadmin");
        await story.PassAsync(TimeSpan.FromHours(1));
        story.Alice.SeesOnCard("DocSpace shows the role User; asked for is Room admin (uses a paid seat). It was not changed.");
        Unchanged(story, PortalRole.User);

        await story.Alice.PressesAsync(ToRoomAdmin);
        Assert.Equal(PortalRole.RoomAdmin, story.Portal.Find(Carol)!.Role);
        story.Alice.SeesOnCard("The role was changed to Room admin (uses a paid seat).");
        story.Alice.SeesNo("It was not changed.");
        story.Alice.SeesNo("Nothing was changed");
        Assert.Empty(story.Alice.Buttons);
    }

    [Theory]
    [InlineData("Ask")]
    [InlineData("Deny")]
    public async Task Not_changed_by_a_card_from_before_the_rules_were_made_stricter(string otherwise)
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddPerson(Carol);
        await story.Alice.SaysAsync($"/invite {Carol} --role roomadmin");

        story.ChangeSettings(("Policy:Otherwise", otherwise));
        await story.Alice.PressesAsync(ToRoomAdmin);

        story.Alice.Sees("The rules or those who decide have changed since this was agreed to. Nothing was done. Ask again with /invite.");
        Unchanged(story, PortalRole.User);
    }

    [Fact]
    public async Task Somebody_who_is_pending_is_promoted_too()
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddPerson(Carol, PortalStatus.Pending, PortalActivation.Pending);
        await story.Alice.SaysAsync($"/invite {Carol} --role roomadmin");

        await story.Alice.PressesAsync(ToRoomAdmin);

        Assert.Equal(PortalRole.RoomAdmin, story.Portal.Find(Carol)!.Role);
        story.Alice.SeesOnCard("The role was changed to Room admin (uses a paid seat).");
        story.Alice.SeesOnCard("Invitation · invited");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_list_only_with_the_tick(bool ticked)
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new() { Seats = -1 } });
        story.Portal.AddPerson(Carol);
        var list = string.Join(' ', Enumerable.Range(1, 11).Select(number => $"p{number}@example.org"));
        await story.Alice.SaysAsync($"/invite {Carol} {list} --role roomadmin");
        story.Alice.Sees("Give 1 person the role that was asked for (uses 1 paid seat)");

        await PressAsync(story, "Invite 11 people", ticked ? new() { ["changeRoles"] = "true" } : []);
        await story.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(ticked ? PortalRole.RoomAdmin : PortalRole.User, story.Portal.Find(Carol)!.Role);
        Assert.Equal(ticked ? 1 : 0, story.CallsTo("people/type", "PUT"));
        story.Mails("p1@example.org", 1);
    }

    [Fact]
    public async Task Without_a_seat_it_is_said_and_nothing_changes()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new() { Seats = 1 } });
        story.Portal.AddPerson(Carol);
        await story.Alice.SaysAsync($"/invite {Carol} --role roomadmin");

        await story.Alice.PressesAsync(ToRoomAdmin);

        story.Alice.SeesOnCard("The role was not changed. All paid seats of DocSpace are taken, and this role needs one.");
        Assert.Equal(PortalRole.User, story.Portal.Find(Carol)!.Role);

        story.Portal.Seats = 2;
        await story.Alice.PressesAsync(ToRoomAdmin);
        story.Alice.SeesOnCard("The role was changed to Room admin (uses a paid seat).");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_room_admin_invited_by_mistake_is_made_a_user_by_who_invited_them(bool joins)
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol} --role roomadmin");

        if (joins)
        {
            await story.JoinsAsync(Carol);
        }

        await story.PassAsync(TimeSpan.FromMinutes(2));
        await story.Alice.SaysAsync($"/invite {Carol}");
        Unchanged(story, PortalRole.RoomAdmin);
        await story.Alice.PressesAsync(ToUser);
        await story.PassAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(PortalRole.User, story.Portal.Find(Carol)!.Role);
        Assert.Equal(joins ? PortalStatus.Active : PortalStatus.Pending, story.Portal.Find(Carol)!.Status);
        story.Alice.Sees("The role was changed to User.");
        Assert.Equal(1, story.CallsTo("people/type", "POST"));
        story.Mails(Carol, 1);
    }

    [Theory]
    [InlineData(nameof(PortalRole.RoomAdmin))]
    [InlineData(nameof(PortalRole.DocSpaceAdmin))]
    public async Task Nobody_takes_rights_away_from_people_whom_they_have_not_brought_in(string name)
    {
        var role = Enum.Parse<PortalRole>(name);
        await using var story = await Story.StartAsync();
        story.Portal.AddPerson(Carol, role: role);
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Alice.PressesAsync(ToUser);

        story.Alice.SeesOnCard("The role was not changed. This person may do more than was asked for.");
        Unchanged(story, role);
    }

    [Fact]
    public async Task Who_was_promoted_by_others_since_is_not_lowered_by_who_invited_them()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Bob.SaysAsync($"/invite {Carol} --role roomadmin");
        await story.Bob.PressesAsync(ToRoomAdmin);
        await story.PassAsync(TimeSpan.FromMinutes(2));

        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Alice.PressesAsync(ToUser);
        await story.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(PortalRole.RoomAdmin, story.Portal.Find(Carol)!.Role);
        Assert.Equal(0, story.CallsTo("people/type", "POST"));
    }

    [Fact]
    public async Task A_demotion_that_the_portal_takes_on_and_cannot_do_is_said()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol} --role roomadmin");
        await story.PassAsync(TimeSpan.FromMinutes(2));
        story.Portal.RefuseRoleChanges = true;

        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Alice.PressesAsync(ToUser);
        story.Alice.Sees("DocSpace is being asked to change the role.");
        await story.PassAsync(TimeSpan.FromMinutes(1));

        story.Alice.Sees("The role was not changed. There may be no paid seat left, or only the portal's owner may do it.");
        Assert.Equal(1, story.CallsTo("people/type", "POST"));
    }

    [Theory]
    [InlineData("no connection, after the effect")]
    [InlineData("HTML 504, after the effect")]
    [InlineData("garbage, after the effect")]
    [InlineData("no connection")]
    [InlineData("HTML 502")]
    [InlineData("429")]
    public async Task Whatever_becomes_of_the_answer_the_look_decides(string fault)
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddPerson(Carol);
        await story.Alice.SaysAsync($"/invite {Carol} --role roomadmin");
        story.Portal.Faults.FailNext(IsRoleChange, BadPortalStories.Fault(fault));

        await story.Alice.PressesAsync(ToRoomAdmin);
        await story.PassAsync(TimeSpan.FromMinutes(20));

        story.Alice.SeesOnCard("The role was changed to Room admin (uses a paid seat).");
        Assert.Equal(MailKind.RoleChanged, Assert.Single(story.Portal.MailsTo(Carol)).Kind);
    }

    [Theory]
    [InlineData("no connection, after the effect")]
    [InlineData("HTML 502")]
    public async Task Whatever_becomes_of_the_answer_to_a_demotion_the_look_decides(string fault)
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol} --role roomadmin");
        await story.PassAsync(TimeSpan.FromMinutes(2));
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Portal.Faults.FailNext(
            request => request.Method == "POST" && request.Path.Value!.EndsWith("/people/type", StringComparison.Ordinal),
            BadPortalStories.Fault(fault)
        );

        await story.Alice.PressesAsync(ToUser);
        await story.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(PortalRole.User, story.Portal.Find(Carol)!.Role);
        story.Alice.Sees("The role was changed to User.");
        Assert.Single(story.Portal.MailsTo(Carol), mail => mail.Kind is MailKind.RoleChanged);
    }

    [Fact]
    public async Task Only_the_owner_s_key_makes_DocSpace_admins_and_the_refusal_is_said()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new() { KeyCreator = KeyCreator.DocSpaceAdmin } });
        story.Portal.AddPerson(Carol);
        await story.Alice.SaysAsync($"/invite {Carol} --role admin");

        await story.Alice.PressesAsync("Change the role to DocSpace admin");

        story.Alice.SeesOnCard("The role was not changed. There may be no paid seat left, or only the portal's owner may do it.");
        Assert.Equal(PortalRole.User, story.Portal.Find(Carol)!.Role);
    }

    private static void Unchanged(Story story, PortalRole role)
    {
        Assert.Equal(role, story.Portal.Find(Carol)!.Role);
        Assert.Equal(0, story.CallsTo("people/type", "PUT") + story.CallsTo("people/type", "POST"));
    }

    private static async Task PressAsync(Story story, string title, Dictionary<string, string> inputs)
    {
        await story.DoneAsync(story.Teams.PressAsync("alice", Place.Personal, title, inputs, options: null));
        await story.SettleAsync();
    }

    private static bool IsRoleChange(HttpRequest request) =>
        request.Method == "PUT" && request.Path.Value!.Contains("/people/type/", StringComparison.Ordinal);
}
