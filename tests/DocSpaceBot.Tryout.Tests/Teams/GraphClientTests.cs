using DocSpaceBot.Tryout.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Teams.Protocol.Graph;
using Teams.Protocol.Hosting;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>The bot's own client and the stand-in of Graph mean the same.</summary>
public sealed class GraphClientTests : TeamsTest
{
    [Fact]
    public async Task The_manager_is_found_up_to_the_top()
    {
        await using var app = Start();
        var graph = app.Services.GetRequiredService<GraphClient>();

        var dana = await graph.GetManagerAsync(Teams.TenantId, Teams["alice"].AadObjectId, default);
        Assert.Equal(
            new GraphPerson(Teams["dana"].AadObjectId, "Dana Dorn", "dana@example.com", true) { UserPrincipalName = "dana@example.com" },
            dana
        );

        var olga = await graph.GetManagerAsync(Teams.TenantId, dana!.Id, default);
        Assert.Equal("Olga Orlova", olga!.Name);
        Assert.Null(await graph.GetManagerAsync(Teams.TenantId, olga.Id, default));
        Assert.Equal(1, Teams.TokenRequests);
    }

    [Fact]
    public async Task Somebody_is_found_by_address_and_a_disabled_account_is_told()
    {
        await using var app = Start();
        var graph = app.Services.GetRequiredService<GraphClient>();
        Teams.ChangePerson("max", max => max with { IsEnabled = false });

        var max = await graph.FindPersonAsync(Teams.TenantId, "max@example.com", default);
        Assert.Equal((Teams["max"].AadObjectId, false), (max!.Id, max.IsEnabled));
        Assert.Null(await graph.FindPersonAsync(Teams.TenantId, "carol@example.org", default));
    }

    [Fact]
    public async Task A_permission_that_is_missing_is_told_and_a_token_that_was_revoked_is_replaced()
    {
        await using var app = Start();
        var graph = app.Services.GetRequiredService<GraphClient>();

        Teams.Faults.GraphRefuses = true;
        var refused = await Assert.ThrowsAsync<GraphException>(() =>
            graph.GetManagerAsync(Teams.TenantId, Teams["alice"].AadObjectId, default)
        );
        Assert.Equal((GraphFault.NotAllowed, "Authorization_RequestDenied"), (refused.Fault, refused.Code));

        Teams.Faults.Clear();
        Teams.RevokeTokens();
        Assert.NotNull(await graph.GetManagerAsync(Teams.TenantId, Teams["alice"].AadObjectId, default));
        Assert.Equal(2, Teams.TokenRequests);
    }

    private WebApplication Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.Configuration.AddInMemoryCollection(
            TryoutSettings.For(new() { Key = "sk-1", Portal = new("https://docspace.example.com") }, Teams, portal: null, ".")
        );
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddTeamsProtocol(builder.Configuration);
        return builder.Build();
    }
}
