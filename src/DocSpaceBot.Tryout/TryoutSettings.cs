using System.Net;
using System.Net.Sockets;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout;

/// <summary>
/// The settings the bot is tried with: those of the stand-ins, a sweep that is due whenever time moves, and a policy with something to ask for.
/// </summary>
internal static class TryoutSettings
{
    private const string Rules = "Policy:Rules";
    private const string Groups = "Policy:ApproverGroups";

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
            [$"{Rules}:0:Name"] = "our own people",
            [$"{Rules}:0:When:Domains:0"] = "example.com",
            [$"{Rules}:0:When:Roles:0"] = "User",
            [$"{Rules}:0:Then"] = "Allow",
            ["Policy:Otherwise"] = "Ask",
            [$"{Groups}:managers:People:0"] = "dana@example.com",
            [$"{Groups}:managers:People:1"] = "max@example.com",
            ["Approvals:UndoWindow"] = "00:00:00",
            ["FollowUps:SweepInterval"] = SweepInterval.ToString("c"),
            ["Operators:0"] = "olga@example.com",
            ["Serilog:MinimumLevel:Default"] = "Fatal",
            ["Serilog:MinimumLevel:Override:Microsoft.AspNetCore"] = "Fatal",
            ["Serilog:MinimumLevel:Override:System.Net.Http"] = "Fatal",
        };

        // A list is given as a whole: a rule of ours that is left between those that were given would decide for them.
        foreach (var list in new[] { Rules, Groups }.Where(list => options.Settings.Any(setting => IsIn(list, setting.Key))))
        {
            foreach (var key in settings.Keys.Where(key => IsIn(list, key)).ToList())
                settings.Remove(key);
        }

        foreach (var (key, value) in options.Settings)
            settings[key] = value;
        return settings;
    }

    /// <summary>
    /// What a bot needs that tells the portal where it is. The port is chosen before it starts, outside of those that the system gives to others meanwhile.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> WithAddress(IReadOnlyDictionary<string, string?> settings)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        return new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["urls"] = url,
            ["Bot:PublicUrl"] = url,
            ["DocSpace:WebhookSecret"] = "Try-out-secret-1",
        }
            .Concat(settings)
            .GroupBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(setting => setting.Key, setting => setting.Last().Value, StringComparer.OrdinalIgnoreCase);
    }

    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it; another then.
            }
        }
    }

    private static bool IsIn(string list, string key) =>
        key.Equals(list, StringComparison.OrdinalIgnoreCase) || key.StartsWith($"{list}:", StringComparison.OrdinalIgnoreCase);
}
