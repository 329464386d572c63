using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout;

/// <summary>The settings the bot is tried with: those of the stand-ins, and a sweep that is due whenever time moves.</summary>
internal static class TryoutSettings
{
    /// <summary>How often the bot looks for people who joined; short, because nobody waits five minutes in a try-out.</summary>
    public static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    public static IReadOnlyDictionary<string, string?> For(TryoutOptions options, StandInTeams teams, StandInPortal? portal, string folder)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["MicrosoftAppType"] = "SingleTenant",
            ["MicrosoftAppId"] = teams.AppId,
            ["MicrosoftAppPassword"] = teams.AppPassword,
            ["MicrosoftAppTenantId"] = teams.TenantId,
            ["Bot:OpenIdMetadataUrl"] = teams.OpenIdMetadataUrl.AbsoluteUri,
            ["Bot:TokenUrl"] = teams.TokenUrl.AbsoluteUri,
            ["Bot:GraphUrl"] = teams.GraphUrl.AbsoluteUri,
            ["Bot:ServiceHosts:0"] = new Uri(teams.ServiceUrl).Host,
            ["Bot:FileHosts:0"] = new Uri(teams.ServiceUrl).Host,
            ["DocSpace:BaseUrl"] = (options.Portal ?? portal!.Url).AbsoluteUri,
            ["DocSpace:ApiKey"] = options.Key ?? portal!.ApiKey,
            ["Storage:Provider"] = options.Storage is null ? "Sqlite" : "Postgres",
            ["Storage:ConnectionString"] = options.Storage ?? $"Data Source={Path.Combine(folder, "docspacebot.db")}",
            ["Policy:Otherwise"] = "Allow",
            ["Approvals:UndoWindow"] = "00:00:00",
            ["FollowUps:SweepInterval"] = SweepInterval.ToString("c"),
            ["Operators:0"] = "olga@example.com",
            ["Serilog:MinimumLevel:Default"] = "Fatal",
            ["Serilog:MinimumLevel:Override:Microsoft.AspNetCore"] = "Fatal",
            ["Serilog:MinimumLevel:Override:System.Net.Http"] = "Fatal",
        };
        foreach (var (key, value) in options.Settings)
            settings[key] = value;
        return settings;
    }
}
