using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>Who is whose manager, as Microsoft Graph tells it.</summary>
public sealed class GraphTests : TeamsTest
{
    private const string GraphScope = "https://graph.microsoft.com/.default";
    private const string Fields = "$select=id,displayName,mail,userPrincipalName,accountEnabled";

    [Theory]
    [InlineData("alice", "dana")]
    [InlineData("bob", "dana")]
    [InlineData("dana", "olga")]
    [InlineData("max", "olga")]
    public async Task People_have_their_managers(string who, string manager)
    {
        var (status, body) = await AskAsync($"users/{Teams[who].AadObjectId}/manager?{Fields}");

        Assert.Equal(200, status);
        Assert.Equal("#microsoft.graph.user", (string?)body!["@odata.type"]);
        Assert.Equal(
            (Teams[manager].AadObjectId, $"{manager}@example.com", true),
            ((string?)body["id"], (string?)body["mail"], (bool?)body["accountEnabled"])
        );
        Assert.Equal(Teams[manager].DisplayName, (string?)body["displayName"]);
    }

    [Fact]
    public async Task Somebody_is_found_by_object_id_and_by_principal_name_and_not_by_another_address()
    {
        Teams.ChangePerson("dana", dana => dana with { Email = "d@mail.example", UserPrincipalName = "dana.dorn@example.com" });

        foreach (var name in new[] { Teams["dana"].AadObjectId.ToUpperInvariant(), "Dana.Dorn@Example.com" })
        {
            var (status, body) = await AskAsync($"users/{Uri.EscapeDataString(name)}?{Fields}");
            Assert.Equal((200, "d@mail.example"), (status, (string?)body!["mail"]));
            Assert.Null(body["@odata.type"]);
        }

        foreach (var name in new[] { "d@mail.example", Teams["dana"].Id, "dana", Teams["gus"].AadObjectId })
        {
            Assert.Equal((404, "Request_ResourceNotFound"), await ErrorAsync($"users/{Uri.EscapeDataString(name)}"));
        }
    }

    [Fact]
    public async Task Whoever_has_no_manager_has_none_and_strangers_neither()
    {
        Assert.Equal((404, "Request_ResourceNotFound"), await ErrorAsync($"users/{Teams["olga"].AadObjectId}/manager"));
        Assert.Equal((404, "Request_ResourceNotFound"), await ErrorAsync($"users/{Guid.Empty}/manager"));
    }

    [Fact]
    public async Task What_is_not_asked_for_is_not_told()
    {
        Teams.ChangePerson("dana", dana => dana with { IsEnabled = false });
        var path = $"users/{Teams["dana"].AadObjectId}";

        Assert.Null((await AskAsync(path)).Body!["accountEnabled"]);
        var chosen = (await AskAsync($"{path}?$select=id,accountEnabled")).Body!;
        Assert.False((bool?)chosen["accountEnabled"]);
        Assert.Null(chosen["mail"]);
    }

    [Fact]
    public async Task A_token_for_one_service_is_not_good_for_the_other()
    {
        var graph = await TokenAsync();
        var connector = await Bot.TokenAsync();

        using var call = await Bot.CallAsync(HttpMethod.Get, $"v3/teams/{TeamsDirectory.TeamId}", bearer: graph);
        Assert.Equal(401, (int)call.StatusCode);
        Assert.Equal((401, "InvalidAuthenticationToken"), await ErrorAsync($"users/{Teams["alice"].AadObjectId}", connector));
        Assert.Equal((401, "InvalidAuthenticationToken"), await ErrorAsync($"users/{Teams["alice"].AadObjectId}", "unknown"));
        Assert.Equal(200, (await AskAsync($"users/{Teams["alice"].AadObjectId}", graph)).Status);
    }

    [Fact]
    public async Task There_are_no_tokens_for_the_directory_of_no_tenant()
    {
        var shared = new Uri(Teams.TokenUrl.AbsoluteUri.Replace(Teams.TenantId, "botframework.com", StringComparison.Ordinal));
        using var form = new FormUrlEncodedContent([
            new("grant_type", "client_credentials"),
            new("client_id", Teams.AppId),
            new("client_secret", Teams.AppPassword),
            new("scope", GraphScope),
        ]);

        using var answer = await Bot.Http.PostAsync(shared, form);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("unauthorized_client", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Graph_refuses_and_is_down_until_it_is_told_otherwise()
    {
        var path = $"users/{Teams["alice"].AadObjectId}/manager";

        Teams.Faults.GraphRefuses = true;
        Assert.Equal((403, "Authorization_RequestDenied"), await ErrorAsync(path));
        Assert.Equal((403, "Authorization_RequestDenied"), await ErrorAsync(path));

        Teams.Faults.GraphDown = true;
        Assert.Equal(503, (await ErrorAsync(path)).Status);
        Assert.Equal(201, (await Bot.SendAsync(AliceChat, Text("the connector goes on"))).Status);

        Teams.Faults.Clear();
        Assert.Equal(200, (await AskAsync(path)).Status);
    }

    [Fact]
    public async Task Other_faults_can_befall_Graph_alone()
    {
        var path = $"users/{Teams["alice"].AadObjectId}";
        Teams.Faults.ThrottleNext(times: 1, TimeSpan.FromSeconds(7), call => call.IsGraph);

        Assert.Equal(201, (await Bot.SendAsync(AliceChat, Text("x"))).Status);
        using var throttled = await GetAsync(path, await TokenAsync());
        Assert.Equal((429, "7"), ((int)throttled.StatusCode, throttled.Headers.RetryAfter?.ToString()));
        Assert.Equal(200, (await AskAsync(path)).Status);
        Assert.Equal([429, 200], Teams.Calls.Where(call => call.IsGraph).Select(call => call.Status!.Value));
    }

    [Fact]
    public async Task A_slow_Graph_answers_when_the_time_has_come()
    {
        Teams.Faults.GraphSlow = TimeSpan.FromSeconds(5);
        var token = await TokenAsync();
        var began = Clock.GetUtcNow();

        var asked = AskAsync($"users/{Teams["alice"].AadObjectId}", token);
        while (!asked.IsCompleted)
        {
            Clock.Pass(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(200, (await asked).Status);
        Assert.True(Clock.GetUtcNow() - began >= TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Without_an_app_id_nobody_needs_a_token()
    {
        await using var open = await StandInTeams.StartAsync(new() { AppId = "", Clock = Clock }, CancellationToken.None);

        using var answer = await Bot.Http.GetAsync(new Uri($"{open.GraphUrl}/users/alice@example.com/manager"));

        Assert.Equal(200, (int)answer.StatusCode);
    }

    private async Task<string> TokenAsync() => (string)(await Bot.AskTokenAsync(("scope", GraphScope))).Body!["access_token"]!;

    private async Task<HttpResponseMessage> GetAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Teams.GraphUrl}/{path}");
        request.Headers.Authorization = new("Bearer", token);
        return await Bot.Http.SendAsync(request);
    }

    private async Task<(int Status, JsonNode? Body)> AskAsync(string path, string? token = null)
    {
        using var response = await GetAsync(path, token ?? await TokenAsync());
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }

    private async Task<(int Status, string? Code)> ErrorAsync(string path, string? token = null)
    {
        var (status, body) = await AskAsync(path, token);
        return (status, (string?)body!["error"]!["code"]);
    }
}
