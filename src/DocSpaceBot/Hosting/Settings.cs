using DocSpaceBot.Chat;
using Microsoft.Extensions.Configuration.Json;

namespace DocSpaceBot.Hosting;

/// <summary>A setting that is misspelt would be one that is silently not there: it stops the start instead.</summary>
internal static class Settings
{
    /// <summary>Every setting of ours. A name that ends in a colon may have anything below it.</summary>
    private static readonly string[] Known =
    [
        "MicrosoftAppType",
        "MicrosoftAppId",
        "MicrosoftAppPassword",
        "MicrosoftAppTenantId",
        "Bot:AllowedTenants:",
        "Bot:OpenIdMetadataUrl",
        "Bot:TokenUrl",
        "Bot:GraphUrl",
        "Bot:PublicUrl",
        "Bot:ServiceHosts:",
        "Bot:FileHosts:",
        "DocSpace:BaseUrl",
        "DocSpace:ApiKey",
        "DocSpace:Provisioning",
        "DocSpace:DefaultRole",
        "DocSpace:WelcomeKey",
        "DocSpace:MaxConcurrency",
        "DocSpace:WebhookSecret",
        "Storage:Provider",
        "Storage:ConnectionString",
        "Policy:Rules:",
        "Policy:Otherwise",
        "Policy:ApproverGroups:",
        "Approvals:Deadline",
        "Approvals:Reminders:",
        "Approvals:EscalateAfter",
        "Approvals:WorkDays:",
        "Approvals:WorkHours",
        "Approvals:TimeZone",
        "Approvals:UndoWindow",
        "FollowUps:SweepInterval",
        "FollowUps:RemindAfter",
        "FollowUps:ExpireAfter",
        "FollowUps:Welcome",
        "FollowUps:WelcomeTexts:",
        "FollowUps:RevokeExpired",
        "FollowUps:Drift",
        "Operators:",
    ];

    /// <summary>What else a settings file may hold.</summary>
    private static readonly string[] Framework = ["AllowedHosts", "Kestrel", "Logging", "Serilog", "urls", "http_ports", "https_ports"];

    private static readonly string[] Sections =
    [
        .. Known.Where(name => name.Contains(':')).Select(name => name[..name.IndexOf(':')]).Distinct(),
    ];

    /// <exception cref="InvalidOperationException">A setting is unknown; the message names it and the nearest one.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var section in Sections)
        {
            foreach (var setting in Leaves(configuration.GetSection(section)))
            {
                if (!IsKnown(setting))
                {
                    throw Unknown(setting);
                }
            }
        }

        if (configuration is not IConfigurationRoot root)
        {
            return;
        }

        // The environment is full of other programs' names; a settings file is ours alone.
        foreach (var file in root.Providers.OfType<JsonConfigurationProvider>())
        {
            foreach (var name in file.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (!Is(name, Framework) && !Is(name, Sections) && !IsKnown(name))
                {
                    throw Unknown(name);
                }
            }
        }
    }

    private static IEnumerable<string> Leaves(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        return children.Count == 0 ? (section.Value is null ? [] : [section.Path]) : children.SelectMany(Leaves);
    }

    private static bool IsKnown(string setting) =>
        Array.Exists(
            Known,
            known =>
                known.EndsWith(':')
                    ? setting.StartsWith(known, StringComparison.OrdinalIgnoreCase)
                        || setting.Equals(known[..^1], StringComparison.OrdinalIgnoreCase)
                    : setting.Equals(known, StringComparison.OrdinalIgnoreCase)
        );

    private static bool Is(string name, string[] names) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static InvalidOperationException Unknown(string setting) =>
        new(
            $"{setting} is not a setting."
                + (ClosestWord.To(setting, Known.Select(known => known.TrimEnd(':'))) is { } closest ? $" Did you mean {closest}?" : "")
        );
}
