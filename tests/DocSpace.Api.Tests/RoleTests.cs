using DocSpace.Api.Tests.World;

namespace DocSpace.Api.Tests;

/// <summary>Roles are raised at once and lowered in the portal's own time.</summary>
public sealed class RoleTests
{
    private static readonly Guid Bob = Guid.Parse("b1e7a7d2-77c4-4f0d-8f4b-2d0f6d0c9a22");
    private static readonly Guid Olga = Guid.Parse("66faa6e4-f133-11ea-b126-00ffeec8b4ef");

    [Fact]
    public async Task A_demotion_begins_with_the_key_s_owner_as_heir_unless_another_is_named()
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.JsonAsync(Progress(percentage: 0, isCompleted: false)));

        var begun = await portal.Client.LowerRoleAsync(Bob, DocSpaceRole.User, reassignTo: null, default);
        await portal.Client.LowerRoleAsync(Bob, DocSpaceRole.Guest, Olga, default);

        Assert.Equal(new RoleChange(IsCompleted: false, HasFailed: false), begun);
        Assert.All(portal.Arrivals, it => Assert.Equal(("POST", "/api/2.0/people/type"), (it.Method, it.Target)));
        Assert.Equal($$"""{"type":"User","userId":"{{Bob}}"}""", portal.Arrivals[0].Body);
        Assert.Equal($$"""{"type":"Guest","userId":"{{Bob}}","reassignUserId":"{{Olga}}"}""", portal.Arrivals[1].Body);
    }

    [Theory]
    [InlineData(DocSpaceRole.RoomAdmin)]
    [InlineData(DocSpaceRole.DocSpaceAdmin)]
    [InlineData((DocSpaceRole)0)]
    public async Task Nobody_is_lowered_to_a_role_that_the_portal_does_not_lower_to(DocSpaceRole role)
    {
        await using var portal = await FakePortal.StartAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => portal.Client.LowerRoleAsync(Bob, role, null, default));
        Assert.Empty(portal.Arrivals);
    }

    [Fact]
    public async Task How_far_a_demotion_is_can_be_asked_and_of_its_error_only_that_there_is_one()
    {
        await using var portal = await FakePortal.StartAsync();
        var answers = new Queue<string>([
            Progress(percentage: 40, isCompleted: false),
            Progress(percentage: 100, isCompleted: true),
            Progress(percentage: 10, isCompleted: true, error: "Portal-text"),
            """{"count":0,"status":0,"statusCode":200}""",
        ]);
        portal.Answer = it => it.Response.JsonAsync(answers.Dequeue());

        Assert.Equal(new RoleChange(false, false), await portal.Client.FindRoleChangeAsync(Bob, default));
        Assert.Equal(new RoleChange(true, false), await portal.Client.FindRoleChangeAsync(Bob, default));
        Assert.Equal(new RoleChange(true, true), await portal.Client.FindRoleChangeAsync(Bob, default));
        Assert.Null(await portal.Client.FindRoleChangeAsync(Bob, default));
        Assert.All(portal.Arrivals, it => Assert.Equal($"/api/2.0/people/type/progress/{Bob}", it.Target));
        Assert.DoesNotContain("Portal-text", string.Join("\n", portal.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demotion_whose_answer_is_lost_may_have_begun_and_is_not_asked_for_twice()
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.HtmlAsync(504));

        var fault = await Assert.ThrowsAsync<DocSpaceException>(() => portal.Client.LowerRoleAsync(Bob, DocSpaceRole.User, null, default));

        Assert.Equal((DocSpaceProblemKind.PortalUnavailable, true), (fault.Problem.Kind, fault.Problem.MayHaveHappened));
        Assert.Single(portal.Arrivals);
    }

    private static string Progress(int percentage, bool isCompleted, string? error = null) =>
        $$"""
            {"response":{"id":"1_{{Bob}}_UpdateUserTypeProgressItem",{{(
                error is null ? "" : $"\"error\":\"{error}\","
            )}}"percentage":{{percentage}},
            "isCompleted":{{(isCompleted ? "true" : "false")}},"status":1},"count":1,"links":[],"status":0,"statusCode":200}
            """;
}
