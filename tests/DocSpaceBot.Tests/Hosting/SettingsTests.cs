using System.ComponentModel;
using System.Globalization;
using DocSpace.Api;
using DocSpaceBot.FollowUps;
using DocSpaceBot.Hosting;
using DocSpaceBot.Invitations;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Configuration;
using Teams.Protocol.Hosting;

namespace DocSpaceBot.Tests.Hosting;

/// <summary>A setting that is wrong stops the start with one line that names it.</summary>
public sealed class SettingsTests
{
    private const string Key = "sk-0123456789abcdef";
    private const string Password = "stand-in~secret";

    private static readonly Dictionary<string, string> Good = new(StringComparer.OrdinalIgnoreCase)
    {
        ["urls"] = "http://127.0.0.1:0",
        ["MicrosoftAppType"] = "SingleTenant",
        ["MicrosoftAppId"] = "5b0715ac-e5b0-4715-8ace-5b0715ace001",
        ["MicrosoftAppPassword"] = Password,
        ["MicrosoftAppTenantId"] = "c0a705a0-1000-4000-8000-000000000001",
        ["DocSpace:BaseUrl"] = "https://docspace.example.com",
        ["DocSpace:ApiKey"] = Key,
        ["Storage:ConnectionString"] = "Data Source=:memory:",
        ["Serilog:MinimumLevel:Default"] = "Fatal",
        ["Serilog:MinimumLevel:Override:Microsoft.AspNetCore"] = "Fatal",
    };

    [Theory]
    // Names that do not exist.
    [InlineData("DocSpace:BaseUri", "https://x.example", "DocSpace:BaseUri is not a setting. Did you mean DocSpace:BaseUrl?")]
    [InlineData("DocSpace:ApiKeys:0", "x", "DocSpace:ApiKeys:0 is not a setting.")]
    [InlineData("Approvals:UndoWindows", "00:00:10", "Approvals:UndoWindows is not a setting. Did you mean Approvals:UndoWindow?")]
    [InlineData("FollowUps:Sweep", "00:05:00", "FollowUps:Sweep is not a setting.")]
    [InlineData("Storage:Path", "x", "Storage:Path is not a setting.")]
    [InlineData("Bot:AllowedTenant", "x", "Bot:AllowedTenant is not a setting. Did you mean Bot:AllowedTenants?")]
    [InlineData("Policy:Rule:0:Name", "x", "Policy:Rule:0:Name is not a setting.")]
    [InlineData(
        "Policy:Rules:0:When:Domain",
        "x",
        "Policy:Rules:0:When:Domain is not a setting. Did you mean Policy:Rules:0:When:Domains?"
    )]
    [InlineData("MicrosoftAppSecret", "x", "MicrosoftAppSecret")]
    // Values that cannot be.
    [InlineData("MicrosoftAppType", "Tenant", "MicrosoftAppType")]
    [InlineData("MicrosoftAppId", "", "MicrosoftAppId")]
    [InlineData("MicrosoftAppId", "bot", "MicrosoftAppId")]
    [InlineData("MicrosoftAppPassword", "", "MicrosoftAppPassword")]
    [InlineData("MicrosoftAppTenantId", "", "MicrosoftAppTenantId")]
    [InlineData("MicrosoftAppTenantId", "contoso", "MicrosoftAppTenantId")]
    [InlineData("Bot:AllowedTenants:0", "everybody", "Bot:AllowedTenants")]
    [InlineData("Bot:OpenIdMetadataUrl", "http://login.example.com", "Bot:OpenIdMetadataUrl")]
    [InlineData("Bot:TokenUrl", "token", "Bot:TokenUrl")]
    [InlineData("Bot:GraphUrl", "http://graph.example.com/v1.0", "Bot:GraphUrl")]
    [InlineData("Bot:PublicUrl", "bot.example.com", "Bot:PublicUrl")]
    [InlineData("Bot:PublicUrl", "http://bot.example.com", "Bot:PublicUrl")]
    [InlineData("Bot:PublicUrl", "https://bot.example.com/?a=b", "Bot:PublicUrl")]
    [InlineData("Bot:ServiceHosts:0", "https://x.example", "Bot:ServiceHosts")]
    [InlineData("Bot:ServiceHosts:0", "127.0.0.1", "Bot:ServiceHosts")]
    [InlineData("Bot:FileHosts:0", "*", "Bot:FileHosts")]
    [InlineData("DocSpace:BaseUrl", "", "DocSpace:BaseUrl")]
    [InlineData("DocSpace:BaseUrl", "docspace.example.com", "DocSpace:BaseUrl")]
    [InlineData("DocSpace:BaseUrl", "http://docspace.example.com", "DocSpace:BaseUrl")]
    [InlineData("DocSpace:BaseUrl", "https://docspace.example.com/?a=b", "DocSpace:BaseUrl")]
    [InlineData("DocSpace:ApiKey", "", "DocSpace:ApiKey")]
    [InlineData("DocSpace:Provisioning", "Sometimes", "DocSpace:Provisioning")]
    [InlineData("DocSpace:DefaultRole", "All", "DocSpace:DefaultRole")]
    [InlineData("DocSpace:DefaultRole", "0", "DocSpace:DefaultRole")]
    [InlineData("DocSpace:WelcomeKey", " ", "DocSpace:WelcomeKey")]
    [InlineData("DocSpace:MaxConcurrency", "0", "DocSpace:MaxConcurrency")]
    [InlineData("DocSpace:MaxConcurrency", "17", "DocSpace:MaxConcurrency")]
    [InlineData("DocSpace:MaxConcurrency", "many", "DocSpace:MaxConcurrency")]
    [InlineData("DocSpace:WebhookSecret", "short", "DocSpace:WebhookSecret")]
    [InlineData("Storage:Provider", "Oracle", "Storage:Provider")]
    [InlineData("Storage:Provider", "7", "Storage:Provider")]
    [InlineData("Storage:ConnectionString", "", "Storage:ConnectionString")]
    [InlineData("Storage:ConnectionString", "somewhere", "Storage:ConnectionString")]
    [InlineData("Storage:ConnectionString", "Data Source=/dev/null/no/bot.db", "Storage:ConnectionString")]
    [InlineData("Policy:Otherwise", "Perhaps", "Policy:Otherwise")]
    [InlineData("Policy:Otherwise", "9", "Policy:Otherwise")]
    [InlineData("Policy:Rules:0:Then", "Allow", "Policy:Rules:0:Name")]
    [InlineData("Policy:Rules:0:Name", "partners", "Policy:Rules:0:Then")]
    [InlineData("Approvals:Reminders", "1.00:00:00", "Approvals:Reminders: it must be a list")]
    [InlineData("Approvals:Deadline:0", "7.00:00:00", "Approvals:Deadline:0 is not a setting.")]
    [InlineData("Approvals:Deadline", "00:30:00", "Approvals:Deadline")]
    [InlineData("Approvals:Deadline", "31.00:00:00", "Approvals:Deadline")]
    [InlineData("Approvals:Reminders:0", "soon", "Approvals:Reminders")]
    [InlineData("Approvals:UndoWindow", "00:10:01", "Approvals:UndoWindow")]
    [InlineData("Approvals:UndoWindow", "-00:00:01", "Approvals:UndoWindow")]
    [InlineData("Approvals:UndoWindow", "ten seconds", "Approvals:UndoWindow")]
    [InlineData("FollowUps:SweepInterval", "00:00:00", "FollowUps:SweepInterval")]
    [InlineData("FollowUps:SweepInterval", "1.00:00:01", "FollowUps:SweepInterval")]
    [InlineData("FollowUps:RemindAfter", "00:00:01", "FollowUps:RemindAfter")]
    [InlineData("FollowUps:ExpireAfter", "400.00:00:00", "FollowUps:ExpireAfter")]
    [InlineData("FollowUps:Welcome", "Everybody", "FollowUps:Welcome")]
    [InlineData("FollowUps:Welcome", "9", "FollowUps:Welcome")]
    [InlineData("Operators", "olga@example.com", "Operators: it must be a list")]
    [InlineData("Operators:0:Name", "olga@example.com", "Operators: it must be a list")]
    [InlineData("Operators:0", "olga", "Operators: each entry must be")]
    [InlineData("Operators:0", "*@example.com", "Operators: each entry must be")]
    [InlineData("Operators:0", "olga@example.com, otto@example.com", "Operators: each entry must be")]
    [InlineData("Operators:0", "{12345678-1234-1234-1234-123456789abc}", "Operators: each entry must be")]
    public async Task One_line_says_what_is_wrong(string setting, string value, string expected)
    {
        var line = await WhyNotAsync(new(Good, StringComparer.OrdinalIgnoreCase) { [setting] = value });

        Assert.StartsWith("The bot cannot start. " + expected, line, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, line, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, line, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_several_tenants_are_allowed_it_must_be_clear_of_which_operators_are()
    {
        var settings = new Dictionary<string, string>(Good, StringComparer.OrdinalIgnoreCase)
        {
            ["MicrosoftAppType"] = "MultiTenant",
            ["MicrosoftAppTenantId"] = "",
            ["Bot:AllowedTenants:0"] = "c0a705a0-1000-4000-8000-000000000001",
            ["Bot:AllowedTenants:1"] = "fab12ca0-2000-4000-8000-000000000002",
            ["Operators:0"] = "olga@example.com",
        };

        Assert.StartsWith(
            "The bot cannot start. Operators: several tenants are allowed",
            await WhyNotAsync(settings),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_registration_that_is_wrong_is_told_once_also_where_there_are_operators()
    {
        var settings = new Dictionary<string, string>(Good, StringComparer.OrdinalIgnoreCase)
        {
            ["MicrosoftAppType"] = "Tenant",
            ["Operators:0"] = "olga@example.com",
        };

        Assert.StartsWith("The bot cannot start. MicrosoftAppType", await WhyNotAsync(settings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_told_without_its_password()
    {
        var line = await WhyNotAsync(
            new(Good, StringComparer.OrdinalIgnoreCase)
            {
                ["Storage:Provider"] = "Postgres",
                ["Storage:ConnectionString"] = "Host=127.0.0.1;Port=1;Username=bot;Password=hunter2",
            }
        );

        Assert.StartsWith("The bot cannot start. Storage:ConnectionString", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:3978", "Production", "MicrosoftAppId")]
    [InlineData("http://0.0.0.0:3978", "Development", "MicrosoftAppId")]
    public async Task Where_nobody_is_authenticated_the_bot_starts_only_for_developers_on_their_own_machine(
        string urls,
        string environment,
        string expected
    )
    {
        var settings = new Dictionary<string, string>(Good, StringComparer.OrdinalIgnoreCase)
        {
            ["urls"] = urls,
            ["environment"] = environment,
            ["MicrosoftAppId"] = "",
            ["MicrosoftAppPassword"] = "",
        };

        Assert.StartsWith("The bot cannot start. " + expected, await WhyNotAsync(settings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_settings_file_that_cannot_be_read_is_told_in_one_line()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "appsettings.Torn.json");
        await File.WriteAllTextAsync(file, "{ \"Policy\": {");

        try
        {
            var line = await WhyNotAsync(new(Good, StringComparer.OrdinalIgnoreCase) { ["environment"] = "Torn" });
            Assert.Equal($"The bot cannot start. Failed to load configuration from file '{file}'.", line);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_settings_file_says_what_the_code_does_without_it()
    {
        var file = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Build();
        Dictionary<string, object> sections = new(StringComparer.Ordinal)
        {
            ["Bot"] = new BotOptions(),
            ["DocSpace"] = new DocSpaceOptions(),
            ["Storage"] = new StorageOptions(),
            ["Policy"] = new PolicyOptions(),
            ["Approvals"] = new ApprovalOptions(),
            ["FollowUps"] = new FollowUpOptions(),
        };

        foreach (var (section, defaults) in sections)
        {
            foreach (var setting in file.GetSection(section).GetChildren().Where(setting => setting.Value is { Length: > 0 }))
            {
                var property = defaults.GetType().GetProperty(setting.Key);
                Assert.True(property is not null, $"{setting.Path} is not in the code.");
                var written = TypeDescriptor
                    .GetConverter(property.PropertyType)
                    .ConvertFromString(null, CultureInfo.InvariantCulture, setting.Value!);
                Assert.True(Equals(written, property.GetValue(defaults)), $"{setting.Path}: the code has {property.GetValue(defaults)}.");
            }
        }
    }

    /// <summary>The only line on the error output of a bot that does not start.</summary>
    private static async Task<string> WhyNotAsync(Dictionary<string, string> settings)
    {
        var before = Console.Error;
        await using var written = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetError(written);

        try
        {
            var code = await BotApp
                .RunAsync([.. settings.Select(setting => $"--{setting.Key}={setting.Value}")])
                .WaitAsync(TimeSpan.FromMinutes(1));
            Assert.Equal(1, code);
        }
        finally
        {
            Console.SetError(before);
        }

        return Assert.Single(written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
