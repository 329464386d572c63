using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout.Tests.Portal;

public sealed class CreatingTests
{
    [Fact]
    public async Task Creating_makes_an_active_person_with_an_unproven_address_and_mails_the_activation()
    {
        await using var it = await PortalFixture.StartAsync();

        var made = (await it.CreateAsync("alice@example.com")).Response;

        Assert.Equal((1, 2), (made.GetProperty("status").GetInt32(), made.GetProperty("activationStatus").GetInt32()));
        Assert.True(made.GetProperty("isCollaborator").GetBoolean());
        Assert.Equal(MailKind.Activation, Assert.Single(it.Portal.MailsTo("alice@example.com")).Kind);
        Assert.False(it.Portal.Find("alice@example.com")!.HasJoined);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("All")]
    public async Task A_missing_type_and_All_make_a_paid_Room_admin(string? type)
    {
        await using var it = await PortalFixture.StartAsync(new() { Seats = 5 });

        var made = (await it.CreateAsync("alice@example.com", type)).Response;

        Assert.True(made.GetProperty("isRoomAdmin").GetBoolean());
        var manager = (await it.GetAsync("portal/payment/quota")).Response.GetProperty("features")[0];
        Assert.Equal((5, 2), (manager.GetProperty("value").GetInt32(), manager.GetProperty("used").GetProperty("value").GetInt32()));
    }

    [Fact]
    public async Task Without_a_free_seat_a_paid_type_silently_becomes_a_User()
    {
        await using var it = await PortalFixture.StartAsync(new() { Seats = 1 });

        var reply = await it.CreateAsync("alice@example.com", "RoomAdmin");

        Assert.Equal(200, reply.Status);
        Assert.True(reply.Response.GetProperty("isCollaborator").GetBoolean());
    }

    [Theory]
    [InlineData(null, "Smith", 400)]
    [InlineData("R2", "Smith", 400)]
    [InlineData("Alice", "Smith, Jr.", 400)]
    [InlineData("Alice", "", 200)]
    [InlineData("Zoë-Anne", "O'Neil", 200)]
    public async Task Names_are_letters_marks_apostrophes_spaces_and_hyphens(string? firstName, string lastName, int status)
    {
        await using var it = await PortalFixture.StartAsync();

        var reply = await it.PostAsync(
            "people",
            new
            {
                firstName,
                lastName,
                email = "alice@example.com",
                type = "User",
            }
        );

        Assert.Equal(status, reply.Status);
        Assert.Equal(status == 200, it.Portal.Find("alice@example.com") is not null);
    }

    [Fact]
    public async Task A_name_longer_than_the_database_keeps_is_an_unexpected_fault()
    {
        await using var it = await PortalFixture.StartAsync();

        var reply = await it.PostAsync(
            "people",
            new
            {
                firstName = new string('a', 65),
                lastName = "Smith",
                email = "a@example.com",
                type = "User",
            }
        );

        Assert.Equal(500, reply.Status);
        Assert.Contains("   at ", reply.Json.GetProperty("error").GetProperty("stack").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(PortalStatus.Active))]
    [InlineData(nameof(PortalStatus.Pending))]
    [InlineData(nameof(PortalStatus.Terminated))]
    public async Task An_address_that_is_there_already_is_a_400_whatever_its_status(string status)
    {
        await using var it = await PortalFixture.StartAsync();
        it.Portal.AddPerson("alice@example.com", Enum.Parse<PortalStatus>(status));

        Assert.Equal(400, (await it.CreateAsync("alice@example.com")).Status);
    }

    [Theory]
    [InlineData(nameof(KeyCreator.Owner), "DocSpaceAdmin", 200)]
    [InlineData(nameof(KeyCreator.DocSpaceAdmin), "DocSpaceAdmin", 403)]
    [InlineData(nameof(KeyCreator.DocSpaceAdmin), "RoomAdmin", 200)]
    [InlineData(nameof(KeyCreator.RoomAdmin), "RoomAdmin", 403)]
    [InlineData(nameof(KeyCreator.RoomAdmin), "User", 200)]
    [InlineData(nameof(KeyCreator.User), "User", 403)]
    [InlineData(nameof(KeyCreator.Owner), "Guest", 403)]
    public async Task Who_made_the_key_decides_which_types_it_may_create(string creator, string type, int status)
    {
        await using var it = await PortalFixture.StartAsync(new() { KeyCreator = Enum.Parse<KeyCreator>(creator) });

        var reply = await it.CreateAsync("alice@example.com", type);

        Assert.Equal(status, reply.Status);
        if (status == 403)
            Assert.Equal("Access denied", reply.Json.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Inviting_who_was_just_created_is_a_200_that_mails_nobody()
    {
        await using var it = await PortalFixture.StartAsync();
        await it.CreateAsync("alice@example.com");

        Assert.Equal(200, (await it.InviteAsync("alice@example.com")).Status);
        Assert.Equal(1, it.Portal.InvitationMailsTo("alice@example.com"));
    }

    [Fact]
    public async Task A_created_person_joins_from_the_activation_letter()
    {
        await using var it = await PortalFixture.StartAsync();
        await it.CreateAsync("alice@example.com");

        Assert.True((await it.Portal.JoinAsync("alice@example.com")).HasJoined);
        Assert.Equal("Alice", it.Portal.Find("alice@example.com")!.FirstName);
    }

    [Fact]
    public async Task Sending_again_leads_a_created_person_into_a_dead_end_that_a_password_reminder_opens()
    {
        await using var it = await PortalFixture.StartAsync();
        await it.CreateAsync("alice@example.com");

        await it.PutAsync("people/invite", new { userIds = new[] { it.Portal.Find("alice@example.com")!.Id } });

        Assert.Equal(MailKind.Invitation, it.Portal.MailsTo("alice@example.com")[^1].Kind);
        await Assert.ThrowsAsync<StandInException>(() => it.Portal.JoinAsync("alice@example.com"));

        await it.PostAsync("people/password", new { email = "alice@example.com" });
        Assert.True((await it.Portal.JoinAsync("alice@example.com")).HasJoined);
    }

    [Fact]
    public async Task Nobody_is_created_while_inviting_members_is_switched_off()
    {
        await using var it = await PortalFixture.StartAsync(new() { AllowInvitingMembers = false });

        Assert.Equal(403, (await it.CreateAsync("alice@example.com")).Status);
        Assert.Equal(403, (await it.InviteAsync("alice@example.com")).Status);
        Assert.Equal(403, (await it.GetAsync("portal/users/invite/User")).Status);
    }
}
