using DocSpace.Api.Tests.World;

namespace DocSpace.Api.Tests;

/// <summary>Every exchange of folder <c>Wire</c>, word for word: what we send where the call is ours, and what we make of the answer.</summary>
public sealed partial class RecordedExchangeTests
{
    public static TheoryData<string> OurNames => [.. Ours.Keys];

    public static TheoryData<string> AllNames => [.. Ours.Keys.Concat(Others.Keys)];

    [Theory]
    [MemberData(nameof(OurNames))]
    public async Task Our_request_is_the_recorded_one(string name)
    {
        var recording = Recording.Of(name);
        await using var portal = await FakePortal.StartAsync(recording.PlayAsync);

        await OutcomeAsync(Ours[name], portal.Client);

        recording.AssertSame(Assert.Single(portal.Arrivals));
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public async Task The_recorded_answer_is_understood(string name)
    {
        await using var portal = await FakePortal.StartAsync(Recording.Of(name).PlayAsync);
        var exchange = Ours.TryGetValue(name, out var ours) ? ours : Others[name];

        exchange.Then(await OutcomeAsync(exchange, portal.Client));
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public async Task Nothing_of_the_portal_gets_into_exceptions_and_logs(string name)
    {
        var recording = Recording.Of(name);
        await using var portal = await FakePortal.StartAsync(recording.PlayAsync);
        var exchange = Ours.TryGetValue(name, out var ours) ? ours : Others[name];

        var fault = await Record.ExceptionAsync(() => exchange.Ask(portal.Client));

        string[] secrets = [.. recording.PortalTexts, "ASC.", "sk-", "127.0.0.1", "docspace.example.com", "@example.com", "%40"];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, $"{fault}{fault?.Message}", StringComparison.OrdinalIgnoreCase));
        Assert.All(
            secrets,
            secret => Assert.DoesNotContain(secret, string.Join('\n', portal.Log.Lines), StringComparison.OrdinalIgnoreCase)
        );
    }

    [Fact]
    public void Every_recording_is_used()
    {
        var used = Ours.Keys.Concat(Others.Keys).Concat(WebhookTests.Names);

        Assert.Equal(Recording.Names, used.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Nobody_can_be_invited_only_by_naming_somebody()
    {
        await using var portal = await FakePortal.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => portal.Client.InviteAsync([], null, default));
        await Assert.ThrowsAsync<ArgumentException>(() => portal.Client.ResendAsync([], default));
        await Assert.ThrowsAsync<ArgumentException>(() => portal.Client.SetStatusAsync([], PersonStatus.Active, default));
        Assert.Empty(portal.Arrivals);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    public async Task A_role_that_is_none_is_never_sent(int role)
    {
        await using var portal = await FakePortal.StartAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            portal.Client.InviteAsync([new("bob@example.com", (DocSpaceRole)role)], null, default)
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => portal.Client.GetInviteLinkAsync((DocSpaceRole)role, default));
        Assert.Empty(portal.Arrivals);
    }

    private static async Task<object?> OutcomeAsync(Exchange exchange, DocSpaceClient client)
    {
        try
        {
            return await exchange.Ask(client);
        }
        catch (DocSpaceException e)
        {
            return e.Problem;
        }
    }

    private sealed record Exchange(Func<DocSpaceClient, Task<object?>> Ask, Action<object?> Then);
}

internal static class Outcomes
{
    public static async Task<object?> BoxedAsync<T>(this Task<T> task) => await task;

    public static async Task<object?> BoxedAsync(this Task task)
    {
        await task;
        return null;
    }
}
