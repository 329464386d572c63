using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests;

/// <summary>The settings the bot gets when somebody tries it.</summary>
public sealed class TryoutSettingsTests : IAsyncLifetime
{
    private StandInTeams teams = null!;

    public async Task InitializeAsync() => teams = await StandInTeams.StartAsync(new(), CancellationToken.None);

    public async Task DisposeAsync() => await teams.DisposeAsync();

    [Fact]
    public void Our_own_people_are_allowed_and_everything_else_asks_the_managers() =>
        Assert.Equal(
            [
                "Policy:ApproverGroups:managers:People:0=dana@example.com",
                "Policy:ApproverGroups:managers:People:1=max@example.com",
                "Policy:Otherwise=Ask",
                "Policy:Rules:0:Name=our own people",
                "Policy:Rules:0:Then=Allow",
                "Policy:Rules:0:When:Domains:0=example.com",
                "Policy:Rules:0:When:Roles:0=User",
            ],
            Policy()
        );

    [Fact]
    public void Rules_that_are_given_take_the_place_of_ours() =>
        Assert.Equal(
            [
                "Policy:ApproverGroups:managers:People:0=dana@example.com",
                "Policy:ApproverGroups:managers:People:1=max@example.com",
                "Policy:Otherwise=Ask",
                "policy:rules:1:Name=partners",
            ],
            Policy(("policy:rules:1:Name", "partners"))
        );

    [Fact]
    public void Groups_that_are_given_take_the_place_of_ours() =>
        Assert.Equal(
            ["Policy:ApproverGroups:auditors:People:0=olga@example.com"],
            Policy(("Policy:ApproverGroups:auditors:People:0", "olga@example.com"))
                .Where(setting => setting.StartsWith("Policy:ApproverGroups", StringComparison.Ordinal))
        );

    [Fact]
    public void What_happens_otherwise_is_one_setting_and_leaves_the_rest() =>
        Assert.Equal(
            [.. Policy().Select(setting => setting.Replace("Otherwise=Ask", "Otherwise=Deny", StringComparison.Ordinal))],
            Policy(("Policy:Otherwise", "Deny"))
        );

    [Fact]
    public void Graph_is_the_stand_ins() => Assert.Equal(teams.GraphUrl.AbsoluteUri, For()["Bot:GraphUrl"]);

    private List<string> Policy(params (string Key, string Value)[] given) =>
        [
            .. For(given)
                .Where(setting => setting.Key.StartsWith("Policy:", StringComparison.OrdinalIgnoreCase))
                .OrderBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
                .Select(setting => $"{setting.Key}={setting.Value}"),
        ];

    private IReadOnlyDictionary<string, string?> For(params (string Key, string Value)[] given) =>
        TryoutSettings.For(
            new()
            {
                Portal = new("https://docspace.example.com"),
                Key = "sk-1",
                Settings = [.. given.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))],
            },
            teams,
            portal: null,
            folder: "."
        );
}
