using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Benchmarks;

/// <summary>The settings of a bot in production that works with the stand-ins.</summary>
internal static class BotSettings
{
    public static Dictionary<string, string?> For(StandInTeams teams, StandInPortal portal, Uri address, string database) =>
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = address.AbsoluteUri,
            ["MicrosoftAppType"] = "SingleTenant",
            ["MicrosoftAppId"] = teams.AppId,
            ["MicrosoftAppPassword"] = teams.AppPassword,
            ["MicrosoftAppTenantId"] = teams.TenantId,
            ["Bot:OpenIdMetadataUrl"] = teams.OpenIdMetadataUrl.AbsoluteUri,
            ["Bot:TokenUrl"] = teams.TokenUrl.AbsoluteUri,
            ["Bot:ServiceHosts:0"] = "127.0.0.1",
            ["DocSpace:BaseUrl"] = portal.Url.AbsoluteUri,
            ["DocSpace:ApiKey"] = portal.ApiKey,
            ["Storage:ConnectionString"] = $"Data Source={database}",
            ["Policy:Otherwise"] = "Allow",
        };
}
