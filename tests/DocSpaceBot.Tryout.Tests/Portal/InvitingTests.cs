using System.Text;
using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout.Tests.Portal;

public sealed class InvitingTests
{
    [Fact]
    public async Task A_new_address_becomes_pending_gets_one_letter_and_joins_from_it()
    {
        await using var it = await PortalFixture.StartAsync();

        var reply = await it.InviteAsync("bob@example.com", culture: "de");

        Assert.Equal(200, reply.Status);
        var mail = Assert.Single(it.Portal.MailsTo("bob@example.com"));
        Assert.Equal((MailKind.Invitation, "de"), (mail.Kind, mail.Culture));
        Assert.Equal((PortalStatus.Pending, PortalActivation.Pending), StateOf(it, "bob@example.com"));

        var joined = await it.Portal.JoinAsync("bob@example.com");

        Assert.True(joined.HasJoined);
        Assert.Equal((PortalStatus.Active, PortalActivation.Activated), StateOf(it, "bob@example.com"));
        Assert.Equal([MailKind.Invitation, MailKind.Welcome], it.Portal.MailsTo("bob@example.com").Select(mail => mail.Kind));
        Assert.Equal(1, it.Portal.InvitationMailsTo("bob@example.com"));
    }

    [Fact]
    public async Task The_answer_is_everybody_who_is_pending_with_encoded_names_and_without_addresses()
    {
        await using var it = await PortalFixture.StartAsync();
        it.Portal.AddPerson("cara.o'neil@example.com", PortalStatus.Pending, PortalActivation.Pending);
        await it.CreateAsync("alice@example.com");

        var reply = await it.InviteAsync("bob@example.com");

        var names = reply.Response.EnumerateArray().Select(person => person.GetProperty("displayName").GetString());
        Assert.Equal("cara.o&#39;neil@example.com|Alice Smith|bob@example.com", string.Join('|', names));
        Assert.False(reply.Response[0].TryGetProperty("email", out _));
    }

    [Fact]
    public async Task An_empty_batch_is_a_way_to_ask_who_is_pending()
    {
        await using var it = await PortalFixture.StartAsync();
        await it.InviteAsync("bob@example.com");

        var reply = await it.PostAsync("people/invite", new { invitations = Array.Empty<object>() });

        Assert.Equal(1, reply.Response.GetArrayLength());
    }

    [Theory]
    [InlineData("User", nameof(PortalRole.User))]
    [InlineData("user", nameof(PortalRole.User))]
    [InlineData(4, nameof(PortalRole.User))]
    [InlineData("4", nameof(PortalRole.User))]
    [InlineData("RoomAdmin", nameof(PortalRole.RoomAdmin))]
    [InlineData("DocSpaceAdmin", nameof(PortalRole.DocSpaceAdmin))]
    [InlineData("All", nameof(PortalRole.RoomAdmin))]
    [InlineData(0, nameof(PortalRole.RoomAdmin))]
    [InlineData(99, nameof(PortalRole.RoomAdmin))]
    public async Task A_type_is_a_name_in_any_case_or_a_number_and_what_nobody_defined_is_a_Room_admin(object type, string role)
    {
        await using var it = await PortalFixture.StartAsync();

        await it.InviteAsync("bob@example.com", type);

        Assert.Equal(role, it.Portal.Find("bob@example.com")!.Role.ToString());
    }

    [Fact]
    public async Task An_unknown_type_is_refused_with_its_JSON_path_and_nothing_is_done()
    {
        await using var it = await PortalFixture.StartAsync();

        var reply = await it.InviteAsync("bob@example.com", "Boss");

        Assert.Equal((400, "application/problem+json; charset=utf-8"), (reply.Status, reply.ContentType));
        Assert.True(reply.Response.GetProperty("errors").TryGetProperty("$.invitations[0].type", out _));
        Assert.Null(it.Portal.Find("bob@example.com"));
    }

    [Fact]
    public async Task What_was_done_before_an_item_fails_stays_done()
    {
        await using var it = await PortalFixture.StartAsync();
        it.Portal.AddPerson("old@example.com", PortalStatus.Terminated);

        var reply = await InviteAllAsync(it, culture: null, "one@example.com", "old@example.com", "two@example.com");

        Assert.Equal(400, reply.Status);
        Assert.Equal(1, it.Portal.InvitationMailsTo("one@example.com"));
        Assert.Null(it.Portal.Find("two@example.com"));
    }

    [Fact]
    public async Task A_bad_culture_leaves_somebody_created_whom_only_sending_again_reaches()
    {
        await using var it = await PortalFixture.StartAsync();

        Assert.Equal(400, (await InviteAllAsync(it, "some text", "one@example.com", "two@example.com")).Status);
        Assert.Equal((PortalStatus.Pending, PortalActivation.Pending), StateOf(it, "one@example.com"));
        Assert.Null(it.Portal.Find("two@example.com"));

        await InviteAllAsync(it, "en-US", "one@example.com");
        Assert.Empty(it.Portal.MailsTo("one@example.com"));

        await it.PutAsync("people/invite", new { userIds = new[] { it.Portal.Find("one@example.com")!.Id } });
        Assert.True((await it.Portal.JoinAsync("one@example.com")).HasJoined);
    }

    [Fact]
    public async Task Repeating_a_batch_mails_nobody_twice()
    {
        await using var it = await PortalFixture.StartAsync();

        await InviteAllAsync(it, "en-US", "one@example.com", "two@example.com");
        await InviteAllAsync(it, "en-US", "one@example.com", "two@example.com", "one@example.com");

        Assert.Equal([1, 1], new[] { "one@example.com", "two@example.com" }.Select(it.Portal.InvitationMailsTo));
    }

    [Theory]
    [InlineData("user@localhost")]
    [InlineData("user@example.c")]
    [InlineData("user@example.123")]
    [InlineData("user@xn--bcher-kva.example")]
    [InlineData("user@bücher.example")]
    [InlineData("two words@example.com")]
    [InlineData("one,two@example.com")]
    public async Task An_address_that_validation_lets_pass_may_still_be_an_incorrect_one(string email)
    {
        await using var it = await PortalFixture.StartAsync();

        var reply = await it.InviteAsync(email);

        Assert.Equal((400, "application/json; charset=utf-8"), (reply.Status, reply.ContentType));
        Assert.Equal("Incorrect email", reply.Json.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_higher_type_promotes_who_is_there_and_a_lower_one_changes_nothing()
    {
        await using var it = await PortalFixture.StartAsync();
        it.Portal.AddPerson("bob@example.com");

        await it.InviteAsync("bob@example.com", "RoomAdmin");
        Assert.Equal(PortalRole.RoomAdmin, it.Portal.Find("bob@example.com")!.Role);

        await it.InviteAsync("bob@example.com", "User");
        Assert.Equal(PortalRole.RoomAdmin, it.Portal.Find("bob@example.com")!.Role);
        Assert.Empty(it.Portal.MailsTo("bob@example.com"));
    }

    [Fact]
    public async Task Promoting_needs_a_free_seat()
    {
        await using var it = await PortalFixture.StartAsync(new() { Seats = 1 });
        it.Portal.AddPerson("bob@example.com");

        Assert.Equal(402, (await it.InviteAsync("bob@example.com", "RoomAdmin")).Status);
        Assert.Equal(PortalRole.User, it.Portal.Find("bob@example.com")!.Role);
    }

    [Fact]
    public async Task Pending_Room_admins_take_a_seat()
    {
        await using var it = await PortalFixture.StartAsync(new() { Seats = 2 });

        Assert.Equal(200, (await it.InviteAsync("one@example.com", "RoomAdmin")).Status);
        Assert.Equal(402, (await it.InviteAsync("two@example.com", "RoomAdmin")).Status);

        it.Portal.Disable("one@example.com");
        Assert.Equal(200, (await it.InviteAsync("two@example.com", "RoomAdmin")).Status);
    }

    [Fact]
    public async Task All_is_not_counted_beforehand_and_trips_in_the_middle_of_the_batch()
    {
        await using var it = await PortalFixture.StartAsync(new() { Seats = 2 });

        var reply = await it.PostAsync(
            "people/invite",
            new { invitations = new[] { new { email = "one@example.com", type = "All" }, new { email = "two@example.com", type = "All" } } }
        );

        Assert.Equal(402, reply.Status);
        Assert.NotNull(it.Portal.Find("one@example.com"));
        Assert.Null(it.Portal.Find("two@example.com"));
    }

    [Fact]
    public async Task Each_letter_takes_from_the_allowance_and_who_accepts_gives_it_back()
    {
        await using var it = await PortalFixture.StartAsync(new() { InvitationLimit = 2 });

        await it.InviteAsync("one@example.com");
        await it.InviteAsync("one@example.com");
        Assert.Equal(1, await LimitAsync(it));
        Assert.Equal(400, (await InviteAllAsync(it, culture: null, "two@example.com", "three@example.com")).Status);
        Assert.Null(it.Portal.Find("two@example.com"));

        await it.Portal.JoinAsync("one@example.com");
        Assert.Equal(2, await LimitAsync(it));

        await it.InviteAsync("two@example.com");
        await it.PutAsync("people/invite", new { resendAll = true });
        Assert.Equal(1, await LimitAsync(it));
        it.Clock.Move(TimeSpan.FromHours(24));
        Assert.Equal(2, await LimitAsync(it));
    }

    [Fact]
    public async Task An_address_in_another_case_is_another_person_unless_the_database_does_not_care()
    {
        await using var strict = await PortalFixture.StartAsync();
        await using var lax = await PortalFixture.StartAsync(new() { EmailsIgnoreCase = true });
        foreach (var it in new[] { strict, lax })
        {
            await it.InviteAsync("bob@example.com");
            await it.InviteAsync("BOB@example.com");
        }

        Assert.Equal(2, strict.Portal.InvitationMailsTo("bob@example.com"));
        Assert.Equal(1, lax.Portal.InvitationMailsTo("bob@example.com"));
    }

    [Theory]
    [InlineData("{\"invitations\":", "$")]
    [InlineData("[]", "$")]
    [InlineData("{\"invitations\":[{\"email\":5}]}", "$.invitations[0].email")]
    [InlineData("{\"invitations\":null}", "Invitations")]
    [InlineData("{\"invitations\":[{\"email\":\"a@example.com\"},{\"email\":\"b\"}]}", "Invitations[1].Email")]
    public async Task A_body_that_cannot_be_read_names_the_place(string json, string key)
    {
        await using var it = await PortalFixture.StartAsync();
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await it.Client.PostAsync("people/invite", content);

        var reply = await PortalReply.ReadAsync(response);

        Assert.Equal(400, reply.Status);
        Assert.Equal(key, reply.Response.GetProperty("errors").EnumerateObject().Single().Name);
        Assert.Null(it.Portal.Find("a@example.com"));
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_is_a_415_whose_body_says_200()
    {
        await using var it = await PortalFixture.StartAsync();
        using var content = new StringContent("email=a", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await it.Client.PostAsync("people/invite", content);

        var reply = await PortalReply.ReadAsync(response);

        Assert.Equal((415, 200), (reply.Status, reply.Json.GetProperty("statusCode").GetInt32()));
    }

    [Fact]
    public async Task Sending_again_skips_in_silence_who_has_joined_and_who_is_disabled()
    {
        await using var it = await PortalFixture.StartAsync();
        await InviteAllAsync(it, culture: null, "one@example.com", "two@example.com", "three@example.com");
        await it.Portal.JoinAsync("one@example.com");
        it.Portal.Disable("two@example.com");
        var ids = new[] { "one@example.com", "two@example.com", "three@example.com" }.Select(email => it.Portal.Find(email)!.Id);

        var reply = await it.PutAsync("people/invite", new { userIds = ids });

        Assert.Equal((3, 1), (reply.Response.GetArrayLength(), reply.Json.GetProperty("count").GetInt32()));
        Assert.Equal([1, 1, 2], new[] { "one@example.com", "two@example.com", "three@example.com" }.Select(it.Portal.InvitationMailsTo));
        Assert.Equal(400, (await it.PutAsync("people/invite", new { })).Status);
    }

    private static async Task<int> LimitAsync(PortalFixture it) =>
        (await it.GetAsync("settings")).Response.GetProperty("invitationLimit").GetInt32();

    private static Task<PortalReply> InviteAllAsync(PortalFixture it, string? culture, params string[] emails) =>
        it.PostAsync("people/invite", new { invitations = emails.Select(email => new { email, type = "User" }), culture });

    private static (PortalStatus, PortalActivation) StateOf(PortalFixture it, string email) =>
        it.Portal.Find(email) is { } person ? (person.Status, person.Activation) : default;
}
