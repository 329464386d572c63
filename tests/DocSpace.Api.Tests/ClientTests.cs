using System.Reflection;
using DocSpace.Api.Tests.World;

namespace DocSpace.Api.Tests;

public sealed class ClientTests
{
    private static readonly Guid Link = Guid.Parse("9a4f6f0e-3a57-4c42-9a0e-0b7f5d1c2e77");

    [Fact]
    public void Every_call_takes_the_token_last_and_always()
    {
        var methods = typeof(DocSpaceClient)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(it => it.Name.EndsWith("Async", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(methods);
        Assert.All(
            methods,
            method =>
            {
                var last = method.GetParameters()[^1];
                Assert.Equal(
                    (typeof(CancellationToken), "cancellationToken", false),
                    (last.ParameterType, last.Name, last.HasDefaultValue)
                );
            }
        );
    }

    [Fact]
    public void Every_kind_of_problem_has_words_of_its_own()
    {
        var words = Enum.GetValues<DocSpaceProblemKind>().Select(kind => new DocSpaceException(new(kind)).Message.Split('.')[0]).ToList();

        Assert.Equal(words.Count, words.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("2.6.3", true)]
    [InlineData("2.6.3.1511", true)]
    [InlineData("3.0", false)]
    [InlineData("3.7.2", false)]
    [InlineData("3.8.0-beta", false)]
    [InlineData("develop", false)]
    [InlineData(null, false)]
    public async Task A_portal_before_3_0_is_too_old(string? version, bool isTooOld)
    {
        await using var portal = await FakePortal.StartAsync(it =>
            it.Response.JsonAsync(version is null ? "{\"response\":{}}" : $"{{\"response\":{{\"docSpace\":\"{version}\"}}}}")
        );

        Assert.Equal(isTooOld, (await portal.Client.GetVersionAsync(default)).IsTooOld);
        Assert.False(Assert.Single(portal.Arrivals).Headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData("", "accounts:write", true)]
    [InlineData("*", "accounts:write", true)]
    [InlineData("*:write", "*:read", true)]
    [InlineData("*:read", "accounts:read", true)]
    [InlineData("*:read", "accounts:write", false)]
    [InlineData("accounts:write", "accounts:read", true)]
    [InlineData("accounts:read", "accounts:write", false)]
    [InlineData("accounts:write", "accounts.self:read", false)]
    [InlineData("accounts:write", "*:read", false)]
    public void A_key_allows_what_its_permissions_cover(string permissions, string scope, bool isAllowed)
    {
        var key = new ApiKeyFacts { Id = Link, Permissions = permissions.Split(',', StringSplitOptions.RemoveEmptyEntries) };

        Assert.Equal(isAllowed, key.Allows(scope));
    }

    [Fact]
    public void A_user_ranks_above_a_guest_although_its_number_does_not()
    {
        DocSpaceRole[] order = [DocSpaceRole.Guest, DocSpaceRole.User, DocSpaceRole.RoomAdmin, DocSpaceRole.DocSpaceAdmin];

        Assert.Equal(order, Enum.GetValues<DocSpaceRole>().OrderBy(DocSpaceRoles.Rank));
        Assert.Equal(order[2..], Enum.GetValues<DocSpaceRole>().Where(DocSpaceRoles.TakesSeat).OrderBy(DocSpaceRoles.Rank));
    }

    [Theory]
    [InlineData("-1", "0", null, null)]
    [InlineData("3", "5", 3, 0)]
    public async Task Seats_without_end_have_no_total(string total, string used, int? expectedTotal, int? free)
    {
        await using var portal = await FakePortal.StartAsync(it =>
            it.Response.JsonAsync(
                $$$"""{"response":{"features":[{"id":"sso","value":true},{"id":"manager","value":{{{total}}},"used":{"value":{{{used}}} } }]}}"""
            )
        );

        var seats = await portal.Client.GetQuotaAsync(default);

        Assert.Equal((expectedTotal, free), (seats.Total, seats.Free));
    }

    [Fact]
    public async Task A_link_s_limits_are_overwritten_and_a_link_is_revoked_by_its_id()
    {
        await using var portal = await FakePortal.StartAsync(it =>
            it.Response.JsonAsync($$"""{"response":{"id":"{{Link}}","employeeType":"RoomAdmin","maxUseCount":null} }""")
        );

        var link = await portal.Client.UpdateInvitationLinkAsync(Link, null, 3, default);
        await portal.Client.DeleteInvitationLinkAsync(Link, default);

        Assert.Equal(DocSpaceRole.RoomAdmin, link.Role);
        Assert.Equal(["PUT", "DELETE"], portal.Arrivals.Select(it => it.Method), StringComparer.Ordinal);
        Assert.Equal($$"""{"id":"{{Link}}","maxUseCount":3}""", portal.Arrivals[0].Body);
        Assert.Equal($$"""{"id":"{{Link}}"}""", portal.Arrivals[1].Body);
    }

    [Fact]
    public async Task A_link_s_end_is_sent_as_the_portal_s_clock_shows_it()
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.JsonAsync($$"""{"response":{"id":"{{Link}}"} }"""));

        var end = new DateTimeOffset(2026, 12, 31, 23, 59, 59, TimeSpan.FromHours(3));
        await portal.Client.UpdateInvitationLinkAsync(Link, end, null, default);

        Assert.Contains("\"expiration\":\"2026-12-31T23:59:59\"", portal.Arrivals[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"User\"", true)]
    [InlineData("4", true)]
    [InlineData("null", true)]
    [InlineData("\"DocSpaceAdmin\"", false)]
    public async Task A_link_for_another_role_is_not_believed(string role, bool isBelieved)
    {
        await using var portal = await FakePortal.StartAsync(it =>
            it.Response.JsonAsync(
                $$"""{"response":{"id":"{{Link}}","employeeType":{{role}},"url":"https://docspace.example.com/s/abc"} }"""
            )
        );
        var asked = portal.Client.GetInvitationLinkAsync(DocSpaceRole.User, default);

        if (isBelieved)
        {
            Assert.NotNull(await asked);
        }
        else
        {
            await Assert.ThrowsAsync<DocSpaceException>(() => asked);
        }
    }

    [Fact]
    public async Task An_empty_old_link_means_not_allowed()
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.JsonAsync("{\"response\":\"\",\"count\":1}"));

        Assert.Null(await portal.Client.GetInviteLinkAsync(DocSpaceRole.DocSpaceAdmin, default));
    }

    [Fact]
    public async Task Resending_to_all_and_changing_roles_say_just_that()
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.JsonAsync("{\"response\":[],\"count\":1}"));

        await portal.Client.ResendAllAsync(default);
        Assert.Empty(await portal.Client.SetRoleAsync([Link], DocSpaceRole.RoomAdmin, default));

        Assert.Equal("{\"resendAll\":true}", portal.Arrivals[0].Body);
        Assert.Equal("/api/2.0/people/type/RoomAdmin", portal.Arrivals[1].Target);
    }

    [Fact]
    public async Task A_byte_order_mark_does_not_matter()
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.JsonAsync("\uFEFF{\"response\":[\"de-DE\"]}"));

        Assert.Equal(["de-DE"], await portal.Client.GetCulturesAsync(default));
        await portal.Client.ResendAllAsync(default);
    }
}
