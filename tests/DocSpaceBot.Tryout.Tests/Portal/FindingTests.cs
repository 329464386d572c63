using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout.Tests.Portal;

public sealed class FindingTests
{
    [Theory]
    [InlineData("", 5)]
    [InlineData("employeeStatus=7", 5)]
    [InlineData("employeeStatus=Pending", 1)]
    [InlineData("employeeStatus=4", 1)]
    [InlineData("employeeStatus=5", 3)]
    [InlineData("employeeStatus=2", 1)]
    [InlineData("employeeStatus=1&activationStatus=2", 1)]
    [InlineData("employeeStatus=1&activationStatus=0", 0)]
    [InlineData("employeeType=RoomAdmin", 1)]
    [InlineData("employeeTypes=User&employeeTypes=RoomAdmin", 4)]
    [InlineData("area=2", 0)]
    [InlineData("payments=0", 2)]
    [InlineData("filterValue=BOB", 1)]
    [InlineData("filterValue=bob@example.com|carol@example.com|nobody@example.com&filterSeparator=|", 2)]
    [InlineData("filterValue=Smith", 1)]
    [InlineData("invitedByMe=true&employeeStatus=4", 1)]
    public async Task People_are_filtered_by_status_type_and_text(string query, int total)
    {
        await using var it = await PeopledAsync();

        var reply = await it.GetAsync($"people/filter?{query}");

        Assert.Equal((total, total), (reply.Json.GetProperty("total").GetInt32(), reply.Response.GetArrayLength()));
    }

    [Fact]
    public async Task Only_DocSpace_admins_see_the_disabled_ones()
    {
        await using var it = await PeopledAsync(new() { KeyCreator = KeyCreator.RoomAdmin });

        Assert.Equal(0, (await it.GetAsync("people/filter?employeeStatus=2")).Json.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Who_is_only_a_User_may_list_nobody_and_look_up_nobody_but_themselves()
    {
        await using var it = await PeopledAsync(new() { KeyCreator = KeyCreator.User });

        Assert.Equal(403, (await it.GetAsync("people/filter")).Status);
        Assert.Equal(403, (await it.GetAsync("people/email?email=bob%40example.com")).Status);
        Assert.Equal(403, (await it.GetAsync($"portal/users/{it.Portal.Find("bob@example.com")!.Id}")).Status);
        Assert.Equal(200, (await it.GetAsync("people/@self")).Status);
    }

    [Theory]
    [InlineData("count=0", "Count")]
    [InlineData("count=101", "Count")]
    [InlineData("startIndex=-1", "StartIndex")]
    [InlineData("employeeStatus=Gone", "employeeStatus")]
    public async Task A_page_has_one_to_a_hundred_people(string query, string key)
    {
        await using var it = await PortalFixture.StartAsync();

        var reply = await it.GetAsync($"people/filter?{query}");

        Assert.Equal(400, reply.Status);
        Assert.True(reply.Response.GetProperty("errors").TryGetProperty(key, out _));
    }

    [Fact]
    public async Task Pages_cover_everybody_once_in_either_order()
    {
        await using var it = await PortalFixture.StartAsync();
        for (var number = 0; number < 250; number++)
            it.Portal.AddPerson($"person{number:000}@example.com", PortalStatus.Pending, PortalActivation.Pending);
        var seen = new List<string>();
        for (var start = 0; start < 300; start += 100)
        {
            var page = await it.GetAsync(
                $"people/filter?employeeStatus=4&count=100&startIndex={start}&sortBy=registrationdate&fields=email"
            );
            Assert.Equal(250, page.Json.GetProperty("total").GetInt32());
            seen.AddRange(page.Response.EnumerateArray().Select(person => person.GetProperty("email").GetString()!));
        }

        Assert.Equal(250, seen.Distinct(StringComparer.Ordinal).Count());
        var newest = await it.GetAsync("people/filter?employeeStatus=4&count=1&sortBy=email&sortOrder=descending");
        Assert.Equal("person249@example.com", newest.Response[0].GetProperty("email").GetString());
    }

    [Fact]
    public async Task Fields_trim_the_items_also_below_a_dot()
    {
        await using var it = await PeopledAsync();

        var person = (await it.GetAsync("people/email?email=bob%40example.com&fields=id,createdBy.displayName")).Response;

        Assert.Equal("createdBy id", string.Join(' ', person.EnumerateObject().Select(property => property.Name)));
        Assert.Equal("{\"displayName\":\"Olga Admin\"}", person.GetProperty("createdBy").GetRawText());
    }

    [Fact]
    public async Task A_person_is_found_by_user_name_by_id_and_by_address()
    {
        await using var it = await PeopledAsync();
        var id = it.Portal.Find("bob@example.com")!.Id;

        foreach (var path in new[] { "people/bob", $"people/{id}", "people/email?email=bob%40example.com" })
            Assert.Equal(id, (await it.GetAsync(path)).Response.GetProperty("id").GetGuid());
        Assert.Equal(404, (await it.GetAsync($"people/{Guid.NewGuid()}")).Status);
        Assert.Equal(400, (await it.GetAsync("people/email?email=bob")).Status);
    }

    [Fact]
    public async Task An_address_in_another_case_is_not_found()
    {
        await using var it = await PeopledAsync();

        Assert.Equal(404, (await it.GetAsync("people/email?email=BOB%40example.com")).Status);
        Assert.False((await it.GetAsync("people/exists?email=BOB%40example.com")).Response.GetProperty("exists").GetBoolean());
    }

    [Fact]
    public async Task Only_admins_see_who_made_a_person_and_an_owner_is_no_admin()
    {
        await using var owner = await PeopledAsync();
        await using var roomAdmin = await PeopledAsync(new() { KeyCreator = KeyCreator.RoomAdmin });

        Assert.True((await owner.GetAsync("people/email?email=bob%40example.com")).Response.TryGetProperty("createdBy", out _));
        Assert.False((await roomAdmin.GetAsync("people/email?email=bob%40example.com")).Response.TryGetProperty("createdBy", out _));
        var self = (await owner.GetAsync("people/@self")).Response;
        Assert.Equal((true, false), (self.GetProperty("isOwner").GetBoolean(), self.GetProperty("isAdmin").GetBoolean()));
    }

    [Theory]
    [InlineData("GET", "nowhere", 404)]
    [InlineData("DELETE", "people/invite", 405)]
    [InlineData("POST", "people/filter", 405)]
    public async Task What_is_not_there_is_an_answer_without_a_body(string method, string path, int status)
    {
        await using var it = await PortalFixture.StartAsync();

        var reply = await it.SendAsync(new HttpMethod(method), path);

        Assert.Equal((status, ""), (reply.Status, reply.Text));
        Assert.Equal(status == 405, reply.Headers.ContainsKey("Allow"));
    }

    [Fact]
    public async Task Thousands_of_people_are_no_trouble()
    {
        await using var it = await PortalFixture.StartAsync();
        for (var number = 0; number < 5_000; number++)
            it.Portal.AddPerson($"person{number}@example.com", PortalStatus.Pending, PortalActivation.Pending);
        var wanted = string.Join('|', Enumerable.Range(0, 100).Select(number => $"person{number * 50}@example.com"));

        var found = await it.GetAsync($"people/filter?filterValue={Uri.EscapeDataString(wanted)}&filterSeparator=%7C&count=100");
        var invited = await it.InviteAsync("bob@example.com");

        Assert.Equal(100, found.Response.GetArrayLength());
        Assert.Equal(5_001, invited.Response.GetArrayLength());
    }

    private static async Task<PortalFixture> PeopledAsync(PortalSetup? setup = null)
    {
        var it = await PortalFixture.StartAsync(setup);
        it.Portal.AddPerson("bob@example.com", PortalStatus.Pending, PortalActivation.Pending);
        it.Portal.AddPerson("carol@example.com", PortalStatus.Terminated);
        it.Portal.AddPerson("dana@example.com", role: PortalRole.RoomAdmin, lastName: "Smith");
        it.Portal.AddPerson("erin@example.com", activation: PortalActivation.Pending);
        return it;
    }
}
