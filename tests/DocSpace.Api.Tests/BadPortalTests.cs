using System.IO.Compression;
using System.Net;
using System.Text;
using DocSpace.Api.Tests.World;
using Microsoft.AspNetCore.Http;
using static DocSpace.Api.DocSpaceProblemKind;

namespace DocSpace.Api.Tests;

/// <summary>Portals that are down, slow, broken, or not the portal at all.</summary>
public sealed class BadPortalTests
{
    private static readonly Guid Bob = Guid.Parse("b1e7a7d2-77c4-4f0d-8f4b-2d0f6d0c9a22");
    private static readonly EmailInvitation[] Invitations = [new("bob@example.com", DocSpaceRole.User)];

    [Theory]
    [InlineData(200)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_page_in_html_is_not_the_portal(int status)
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.HtmlAsync(status));

        var problem = await ProblemAsync(portal.Client.InviteAsync(Invitations, null, default));

        Assert.Equal(new DocSpaceProblem(PortalUnavailable) { HttpStatus = status, MayHaveHappened = status is 200 or >= 500 }, problem);
        Assert.Single(portal.Arrivals);
    }

    [Theory]
    [InlineData(401, NotAuthorised)]
    [InlineData(402, PortalUnpaid)]
    [InlineData(403, ScopeMissing)]
    [InlineData(404, CallMissing)]
    [InlineData(405, CallMissing)]
    [InlineData(409, Conflict)]
    [InlineData(413, Invalid)]
    [InlineData(415, Invalid)]
    [InlineData(418, Unknown)]
    [InlineData(429, LimitReached)]
    public async Task An_empty_answer_is_told_by_its_status(int status, DocSpaceProblemKind kind)
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.EmptyAsync(status));

        var problem = await ProblemAsync(portal.Client.InviteAsync(Invitations, null, default));

        Assert.Equal((kind, status, false), (problem.Kind, problem.HttpStatus, problem.MayHaveHappened));
        Assert.Equal(status == 429 ? TimeSpan.FromMinutes(1) : null, problem.RetryAfter);
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("{\"response\":[{\"id\":\"b1e7")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("")]
    public async Task A_success_that_cannot_be_read_may_have_changed_something(string body)
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.JsonAsync(body));
        var client = portal.Client;

        var expected = new DocSpaceProblem(Unknown) { HttpStatus = 200, MayHaveHappened = true };
        Assert.Equal(expected, await ProblemAsync(client.InviteAsync(Invitations, null, default)));
        Assert.Equal(expected, await ProblemAsync(client.SetStatusAsync([Bob], PersonStatus.Terminated, default)));
        Assert.Equal(expected with { MayHaveHappened = false }, await ProblemAsync(client.GetSelfAsync(default)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"count\":0,\"status\":0,\"statusCode\":200}")]
    [InlineData("{\"response\":null}")]
    public async Task An_answer_without_a_response_is_nothing_or_nobody(string body)
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.JsonAsync(body));
        var client = portal.Client;

        Assert.Null(await client.FindByEmailAsync("bob@example.com", default));
        Assert.Null(await client.GetInviteLinkAsync(DocSpaceRole.User, default));
        Assert.Empty((await client.GetPeopleAsync(new PeopleFilter(), default)).People);
        Assert.Empty(await client.GetCulturesAsync(default));
        await client.InviteAsync(Invitations, null, default);

        var created = await ProblemAsync(client.CreatePersonAsync(new("bob@example.com", "Bob", "B", DocSpaceRole.User), default));
        Assert.Equal((Unknown, true), (created.Kind, created.MayHaveHappened));
    }

    [Fact]
    public async Task An_endless_body_is_given_up_but_a_long_list_of_invitees_is_no_failure()
    {
        var people = $"{{\"response\":[{string.Join(',', Enumerable.Repeat("{\"displayName\":\"somebody who is pending\"}", 250_000))}]}}";
        Assert.True(people.Length > 10_000_000);
        await using var portal = await FakePortal.StartAsync(it => it.Response.JsonAsync(people));

        await portal.Client.InviteAsync(Invitations, null, default);
        var problem = await ProblemAsync(portal.Client.GetPeopleAsync(new PeopleFilter(), default));

        Assert.Equal(new DocSpaceProblem(Unknown) { HttpStatus = 200 }, problem);
    }

    [Fact]
    public async Task A_small_body_that_unpacks_to_a_giant_is_given_up()
    {
        await using var portal = await FakePortal.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.ContentType = "application/json";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            var spaces = Encoding.ASCII.GetBytes(new string(' ', 1_000_000));
            for (var i = 0; i < 50 && !context.RequestAborted.IsCancellationRequested; i++)
            {
                await gzip.WriteAsync(spaces, context.RequestAborted);
            }
        });

        Assert.Equal(Unknown, (await ProblemAsync(portal.Client.GetSelfAsync(default))).Kind);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_the_key_stays_here()
    {
        await using var stranger = await FakePortal.StartAsync();
        await using var portal = await FakePortal.StartAsync(it =>
        {
            it.Response.Headers.Location = $"{stranger.Url}/api/2.0/people/@self";
            return it.Response.EmptyAsync(302);
        });

        var fault = await Assert.ThrowsAsync<DocSpaceException>(() => portal.Client.GetSelfAsync(default));

        Assert.Equal(new DocSpaceProblem(PortalUnavailable) { HttpStatus = 302 }, fault.Problem);
        Assert.Contains("redirect", fault.Message, StringComparison.Ordinal);
        Assert.Empty(stranger.Arrivals);
    }

    [Fact]
    public async Task Cookies_are_neither_kept_nor_sent()
    {
        await using var portal = await FakePortal.StartAsync(it =>
        {
            it.Response.Headers.SetCookie = "asc_auth_key=abc; path=/";
            return it.Response.JsonAsync("{\"response\":[]}");
        });

        await portal.Client.GetCulturesAsync(default);
        await portal.Client.GetPeopleAsync(new PeopleFilter(), default);

        Assert.All(portal.Arrivals, arrival => Assert.False(arrival.Headers.ContainsKey("Cookie")));
    }

    [Fact]
    public async Task A_portal_that_is_down_has_done_nothing()
    {
        string url;
        await using (var portal = await FakePortal.StartAsync())
        {
            url = portal.Url;
        }

        await using var gone = await FakePortal.StartAsync();
        gone.Services(("BaseUrl", url));

        var fault = await Assert.ThrowsAsync<DocSpaceException>(() => gone.Client.InviteAsync(Invitations, null, default));

        Assert.Equal(new DocSpaceProblem(PortalUnavailable), fault.Problem);
        Assert.Null(fault.InnerException);
        Assert.DoesNotContain("127.0.0.1", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_sending_leaves_it_open()
    {
        await using var portal = await FakePortal.StartAsync(it =>
        {
            it.Abort();
            return Task.CompletedTask;
        });

        var problem = await ProblemAsync(portal.Client.InviteAsync(Invitations, null, default));

        Assert.Equal(new DocSpaceProblem(PortalUnavailable) { MayHaveHappened = true }, problem);
        Assert.Single(portal.Arrivals);
    }

    [Fact]
    public async Task A_kept_connection_that_the_portal_closes_makes_nothing_go_out_twice()
    {
        await using var closing = new ClosingPortal();
        await using var portal = await FakePortal.StartAsync();
        portal.Services(("BaseUrl", closing.Url));

        await portal.Client.GetCulturesAsync(default); // Leaves a connection behind that is used again.
        var congratulated = await ProblemAsync(portal.Client.SendCongratulationsAsync(Bob, "welcome_guest", default));

        Assert.Equal(new DocSpaceProblem(PortalUnavailable) { MayHaveHappened = true }, congratulated);
        Assert.Equal(1, closing.Posts);
    }

    [Theory]
    [InlineData("application/problem+json", "{\"status\":403,\"traceId\":\"00-4bf9\"}", true, ScopeMissing)]
    [InlineData("application/problem+json", "{\"status\":403,\"traceId\":\"00-4bf9\"}", false, PortalUnavailable)]
    public async Task A_bare_403_is_a_narrow_key_only_where_a_key_was_sent_without_need(
        string type,
        string body,
        bool isOpen,
        DocSpaceProblemKind kind
    )
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.BodyAsync(body, type, 403));

        var problem = await ProblemAsync(
            isOpen ? portal.Client.GetSettingsAsync(anonymous: false, default) : portal.Client.GetSelfAsync(default)
        );

        Assert.Equal(new DocSpaceProblem(kind) { HttpStatus = 403, Reference = "00-4bf9" }, problem);
    }

    [Fact]
    public async Task An_anonymous_look_at_the_settings_does_not_send_the_key()
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.JsonAsync("{\"response\":{\"invitationLimit\":12}}"));

        await portal.Client.GetSettingsAsync(anonymous: true, default);
        var settings = await portal.Client.GetSettingsAsync(anonymous: false, default);

        Assert.False(portal.Arrivals[0].Headers.ContainsKey("Authorization"));
        Assert.Equal($"Bearer {FakePortal.Key}", portal.Arrivals[1].Headers["Authorization"]);
        Assert.Equal(12, settings.InvitationsLeft);
    }

    [Theory]
    [InlineData("ASC.Core.Tenants.TenantQuotaException", SeatsFull)]
    [InlineData("ASC.Web.Core.Billing.BillingException", PortalUnpaid)]
    public async Task Money_is_told_apart_by_the_kind_of_exception(string type, DocSpaceProblemKind kind)
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.JsonAsync($"{{\"error\":{{\"type\":\"{type}\"}}}}", 402));

        Assert.Equal(kind, (await ProblemAsync(portal.Client.SetRoleAsync([Bob], DocSpaceRole.RoomAdmin, default))).Kind);
    }

    [Fact]
    public async Task Names_of_fields_that_hold_more_than_a_name_are_dropped()
    {
        await using var portal = await FakePortal.StartAsync(it =>
            it.Response.JsonAsync(
                """{"response":{"errors":{"$.a b <script>":["x"],"Email":["bob@example.com"]},"traceId":"a portal text"}}""",
                400
            )
        );

        var problem = await ProblemAsync(portal.Client.GetSelfAsync(default));

        Assert.Equal(new DocSpaceProblem(Invalid) { HttpStatus = 400, Fields = ["Email"] }, problem);
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_the_cancellation_and_not_a_problem()
    {
        await using var portal = await FakePortal.StartAsync(it => it.HangAsync());
        using var caller = new CancellationTokenSource();

        var call = portal.Client.GetSelfAsync(caller.Token);
        await portal.ArrivedAsync(1);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static async Task<DocSpaceProblem> ProblemAsync(Task call) =>
        (await Assert.ThrowsAsync<DocSpaceException>(() => call.WaitAsync(TimeSpan.FromSeconds(30)))).Problem;
}
