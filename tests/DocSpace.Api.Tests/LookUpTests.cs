using System.Globalization;
using System.Text.Json;
using DocSpace.Api.Tests.World;
using Microsoft.AspNetCore.Http;

namespace DocSpace.Api.Tests;

/// <summary>Finding people by address and going through lists, against a portal that filters and pages as the real one does.</summary>
public sealed class LookUpTests
{
    private readonly List<Entry> _people = [];

    [Fact]
    public async Task A_thousand_addresses_cost_few_calls_with_short_urls_and_every_state_is_found()
    {
        int[] states = [1, 2, 4];
        for (var i = 0; i < 1_000; i += 2)
        {
            _people.Add(new Entry($"first.last{i}@department.example.com", states[i % 3]));
        }

        await using var portal = await FakePortal.StartAsync(FilterAsync);
        var wanted = Enumerable.Range(0, 1_000).Select(i => $"First.Last{i}@department.example.com").ToList();

        var found = await portal.Client.FindByEmailsAsync(wanted, default);

        Assert.Equal(500, found.Count);
        Assert.All(_people, it => Assert.Equal(it.Status, (int)found[it.Email.ToUpperInvariant()].Status));
        Assert.InRange(portal.Arrivals.Count, 10, 40);
        Assert.All(portal.Arrivals, it => Assert.True(it.Target.Length + portal.Url.Length <= 2_000));
        Assert.All(portal.Arrivals, it => Assert.Contains("employeeStatus=7", it.Target, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_very_address_counts_however_many_others_contain_it()
    {
        for (var i = 0; i < 250; i++)
        {
            _people.Add(new Entry($"a{i}.bo@x.org", 1));
        }

        _people.Add(new Entry("zbo@x.org.example.com", 1));
        _people.Add(new Entry("zz.bo@x.org", 1) { Name = "bo@x.org" });
        await using var portal = await FakePortal.StartAsync(FilterAsync);

        Assert.Empty(await portal.Client.FindByEmailsAsync(["bo@x.org"], default));
        Assert.Equal(3, portal.Arrivals.Count);

        _people.Add(new Entry("BO@x.org", 4));
        var found = await portal.Client.FindByEmailsAsync(["bo@x.org"], default);
        Assert.Equal(PersonStatus.Pending, found["bo@x.org"].Status);
    }

    [Fact]
    public async Task Addresses_the_filter_would_take_apart_are_looked_up_alone()
    {
        await using var portal = await FakePortal.StartAsync(it =>
            it.Request.Path.Value!.EndsWith("/email", StringComparison.Ordinal) ? it.Response.ErrorAsync(400) : FilterAsync(it)
        );
        _people.Add(new Entry("carol+x&y=z@example.com", 1));

        var found = await portal.Client.FindByEmailsAsync(
            ["a,b@example.com", " carol+x&y=z@example.com ", "", "two words@example.com"],
            default
        );

        Assert.Equal("carol+x&y=z@example.com", Assert.Single(found).Key);
        Assert.Equal(2, portal.Arrivals.Count(it => it.Target.Contains("/people/email?", StringComparison.Ordinal)));
        Assert.Equal(3, portal.Arrivals.Count);
    }

    [Fact]
    public async Task Nobody_is_asked_for_without_a_call()
    {
        await using var portal = await FakePortal.StartAsync();

        Assert.Empty(await portal.Client.FindByEmailsAsync([], default));
        Assert.Empty(portal.Arrivals);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_portal_without_exists_is_asked_the_other_way_from_then_on(bool isEmpty404)
    {
        await using var portal = await FakePortal.StartAsync(it =>
            it.Request.Path.Value!.EndsWith("/exists", StringComparison.Ordinal)
                ? isEmpty404
                    ? it.Response.EmptyAsync(404)
                    : it.Response.ErrorAsync(404)
                : it.Request.QueryString.Value!.Contains("bob", StringComparison.Ordinal)
                    ? it.Response.JsonAsync("""{"response":{"id":"b1e7a7d2-77c4-4f0d-8f4b-2d0f6d0c9a22","status":4}}""")
                    : it.Response.ErrorAsync(404)
        );

        Assert.Equal(new Existence(Exists: true, PersonStatus.Pending), await portal.Client.ExistsAsync("bob@example.com", default));
        Assert.Equal(new Existence(Exists: false, null), await portal.Client.ExistsAsync("nobody@example.com", default));
        Assert.Single(portal.Arrivals, it => it.Target.Contains("/people/exists", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_suspended_portal_is_no_portal_without_exists()
    {
        await using var portal = await FakePortal.StartAsync(it =>
            it.Response.BodyAsync("{\"status\":404,\"traceId\":\"00\"}", "application/problem+json", 404)
        );

        var fault = await Assert.ThrowsAsync<DocSpaceException>(() => portal.Client.ExistsAsync("bob@example.com", default));

        Assert.Equal(DocSpaceProblemKind.PortalUnavailable, fault.Problem.Kind);
    }

    [Fact]
    public async Task All_pages_are_gone_through()
    {
        for (var i = 0; i < 250; i++)
        {
            _people.Add(new Entry($"p{i}@example.com", 4));
        }

        await using var portal = await FakePortal.StartAsync(FilterAsync);

        var all = await AllAsync(portal, new PeopleFilter { Status = PersonStatus.Pending, Fields = PeopleFilter.StatesOnly });

        Assert.Equal(_people.Select(it => it.Email), all.Select(it => it.Email), StringComparer.Ordinal);
        Assert.Equal(3, portal.Arrivals.Count);
    }

    [Fact]
    public async Task People_who_move_to_an_earlier_page_meanwhile_are_not_missed_and_nobody_comes_twice()
    {
        for (var i = 0; i < 250; i++)
        {
            _people.Add(new Entry($"p{i}@example.com", 4));
        }

        await using var portal = await FakePortal.StartAsync();
        portal.Answer = async it =>
        {
            await FilterAsync(it);
            if (portal.Arrivals.Count == 1)
            {
                _people.RemoveRange(0, 30); // Thirty join: rows 100 to 129 slide onto the page just read.
            }
        };

        var all = await AllAsync(portal, new PeopleFilter { Status = PersonStatus.Pending });

        Assert.Equal(250, all.Count);
        Assert.Equal(250, all.DistinctBy(it => it.Id).Count());
    }

    [Fact]
    public async Task A_filter_says_all_it_was_given()
    {
        await using var portal = await FakePortal.StartAsync(FilterAsync);

        await portal.Client.GetPeopleAsync(
            new PeopleFilter
            {
                Status = PersonStatus.Active,
                Activation = ActivationStatus.Pending,
                Role = DocSpaceRole.RoomAdmin,
                InvitedByMe = true,
                StartIndex = 100,
                Count = 1,
                Fields = "email, status",
            },
            default
        );

        Assert.Equal(
            "/api/2.0/people/filter?employeeStatus=1&activationStatus=2&employeeType=RoomAdmin&invitedByMe=true"
                + "&count=1&startIndex=100&sortBy=registrationdate&fields=id,email,status",
            Assert.Single(portal.Arrivals).Target
        );
    }

    [Theory]
    [InlineData(-1, 100)]
    [InlineData(0, 0)]
    [InlineData(0, 101)]
    public async Task A_page_the_portal_would_refuse_is_not_asked_for(int start, int count)
    {
        await using var portal = await FakePortal.StartAsync(FilterAsync);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            portal.Client.GetPeopleAsync(new PeopleFilter { StartIndex = start, Count = count }, default)
        );
        Assert.Empty(portal.Arrivals);
    }

    private static async Task<List<DocSpacePerson>> AllAsync(FakePortal portal, PeopleFilter filter)
    {
        var all = new List<DocSpacePerson>();
        await foreach (var person in portal.Client.GetAllPeopleAsync(filter, default))
        {
            all.Add(person);
        }

        return all;
    }

    // The texts are looked for anywhere in name and address, in lower case; 7 means every state; at most 100 a page.
    private Task FilterAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var separator = query["filterSeparator"].ToString();
        var texts = separator.Length > 0 ? query["filterValue"].ToString().Split(separator) : [];
        var status = query["employeeStatus"].ToString();

        var hits = _people
            .Where(it => status is "" or "7" || it.Status.ToString(CultureInfo.InvariantCulture) == status)
            .Where(it =>
                texts.Length == 0 || texts.Any(text => $"{it.Name}\n{it.Email}".ToLowerInvariant().Contains(text, StringComparison.Ordinal))
            )
            .ToList();
        var page = hits.Skip(int.Parse(query["startIndex"]!, CultureInfo.InvariantCulture))
            .Take(int.Parse(query["count"]!, CultureInfo.InvariantCulture));

        return context.Response.JsonAsync(
            JsonSerializer.Serialize(
                new
                {
                    response = page.Select(it => new
                    {
                        id = it.Id,
                        email = it.Email,
                        status = it.Status,
                        activationStatus = it.Status == 4 ? 2 : 1,
                    }),
                    count = 1,
                    total = hits.Count,
                }
            )
        );
    }

    private sealed record Entry(string Email, int Status)
    {
        public Guid Id { get; } = Guid.NewGuid();

        public string Name { get; init; } = string.Empty;
    }
}
