using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Teams.Protocol.Hosting;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Hosting;

public sealed class BotOptionsTests
{
    private const string App = "22222222-2222-4222-8222-222222222222";

    private static readonly Action<WebApplicationBuilder> Loopback = builder =>
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));

    public static TheoryData<string, string, string> Wrong { get; } =
        new()
        {
            { "MicrosoftAppId", "the bot", "MicrosoftAppId:" },
            { "MicrosoftAppType", "", "MicrosoftAppType:" },
            { "MicrosoftAppType", "Certificate", "MicrosoftAppType:" },
            { "MicrosoftAppPassword", "", "MicrosoftAppPassword:" },
            { "MicrosoftAppTenantId", "", "MicrosoftAppTenantId:" },
            { "MicrosoftAppTenantId", "contoso.com", "MicrosoftAppTenantId:" },
            { "MicrosoftAppPasword", "x", "MicrosoftAppPasword:" },
            { "Bot:ServiceHost", "x", "Bot:ServiceHost:" },
            { "Bot:ServiceHosts", "smba.trafficmanager.net", "Bot:ServiceHosts:" },
            { "Bot:AllowedTenants:0", "contoso", "Bot:AllowedTenants:" },
            { "Bot:OpenIdMetadataUrl", "http://login.botframework.com/", "Bot:OpenIdMetadataUrl:" },
            { "Bot:OpenIdMetadataUrl", "login.botframework.com", "Bot:OpenIdMetadataUrl:" },
            { "Bot:OpenIdMetadataUrl", "https://a:b@login.botframework.com/", "Bot:OpenIdMetadataUrl:" },
            { "Bot:TokenUrl", "http://login.microsoftonline.com/", "Bot:TokenUrl:" },
            { "Bot:TokenUrl", "file:///etc/passwd", "Bot:TokenUrl:" },
            { "Bot:TokenUrl:0", "https://login.microsoftonline.com/", "Bot:TokenUrl:" },
            { "Bot:GraphUrl", "http://graph.microsoft.com/v1.0", "Bot:GraphUrl:" },
            { "Bot:GraphUrl", "graph.microsoft.com", "Bot:GraphUrl:" },
            { "Bot:GraphUrl", "https://a:b@graph.microsoft.com/v1.0", "Bot:GraphUrl:" },
            { "Bot:GraphUrl", "https://graph.microsoft.com/v1.0?a=b", "Bot:GraphUrl:" },
            { "Bot:GraphUrl", "https://graph.microsoft.com/v1.0#users", "Bot:GraphUrl:" },
            { "Bot:GraphUrl:0", "https://graph.microsoft.com/v1.0", "Bot:GraphUrl:" },
            { "Bot:ServiceHosts:0", "localhost", "Bot:ServiceHosts:" },
            { "Bot:ServiceHosts:0", "127.0.0.1", "Bot:ServiceHosts:" },
            { "Bot:ServiceHosts:0", "[::1]", "Bot:ServiceHosts:" },
            { "Bot:ServiceHosts:0", "https://smba.trafficmanager.net", "Bot:ServiceHosts:" },
            { "Bot:ServiceHosts:0", "smba.trafficmanager.net:443", "Bot:ServiceHosts:" },
            { "Bot:ServiceHosts:0", "smba.trafficmanager.net/emea", "Bot:ServiceHosts:" },
            { "Bot:ServiceHosts:0", "trafficmanager.net", "Bot:ServiceHosts:" },
            { "Bot:ServiceHosts:0", "*.trafficmanager.net", "Bot:ServiceHosts:" },
            { "Bot:ServiceHosts:0", "com", "Bot:ServiceHosts:" },
            { "Bot:ServiceHosts:0", "*.com", "Bot:ServiceHosts:" },
            { "Bot:ServiceHosts:0", "*", "Bot:ServiceHosts:" },
            { "Bot:ServiceHosts:0", "*.", "Bot:ServiceHosts:" },
            { "Bot:ServiceHosts:0", "10.0.0.1", "Bot:ServiceHosts:" },
            { "Bot:FileHosts:0", "localhost", "Bot:FileHosts:" },
            { "Bot:FileHosts:0", "share*point.com", "Bot:FileHosts:" },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_setting_stops_the_start_with_a_line_that_names_it(string key, string value, string expected)
    {
        var settings = Registered();
        settings[key] = value;

        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningBot.StartAsync(settings, configure: Loopback));

        Assert.Contains(problem.Failures, line => line.StartsWith(expected, StringComparison.Ordinal));
        Assert.All(problem.Failures, line => Assert.DoesNotContain('\n', line));
        Assert.DoesNotContain("not-a-real-password", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SingleTenant")]
    [InlineData("singletenant")]
    [InlineData("MultiTenant")]
    [InlineData("UserAssignedMSI")]
    public async Task A_registered_bot_starts_anywhere(string type)
    {
        var settings = Registered();
        settings["MicrosoftAppType"] = type;
        await using var bot = await RunningBot.StartAsync(settings, configure: builder => builder.WebHost.UseUrls("http://0.0.0.0:0"));

        Assert.NotNull(bot.Url);
    }

    [Fact]
    public async Task A_managed_identity_needs_no_password_but_somebody_who_may_talk()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["MicrosoftAppType"] = "UserAssignedMSI",
            ["MicrosoftAppId"] = App,
        };

        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningBot.StartAsync(settings, configure: Loopback));
        Assert.StartsWith("Bot:AllowedTenants:", Assert.Single(problem.Failures), StringComparison.Ordinal);

        settings["Bot:AllowedTenants:0"] = RunningBot.TenantId;
        await using var bot = await RunningBot.StartAsync(settings, configure: Loopback);
    }

    [Fact]
    public async Task Blank_settings_mean_the_defaults()
    {
        var settings = Registered();
        settings["Bot:ServiceHosts"] = "";
        settings["Bot:AllowedTenants:0"] = " ";
        settings["Bot:OpenIdMetadataUrl"] = "";
        settings["Bot:TokenUrl"] = "";
        settings["Bot:GraphUrl"] = " ";
        await using var bot = await RunningBot.StartAsync(settings, configure: Loopback);

        var options = bot.Services.GetRequiredService<IOptions<BotOptions>>().Value;
        Assert.Equal([RunningBot.TenantId], options.AllowedTenants);
        Assert.Equal("https://login.botframework.com/v1/.well-known/openidconfiguration", options.OpenIdMetadataUrl);
        Assert.Equal($"https://login.microsoftonline.com/{RunningBot.TenantId}/oauth2/v2.0/token", options.TokenUrl);
        Assert.Equal("https://graph.microsoft.com/v1.0", options.GraphUrl);
        Assert.Contains("teams.microsoft.com", options.ServiceHosts, StringComparer.Ordinal);
        Assert.Contains("*.sharepoint.com", options.FileHosts, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_loopback_host_goes_with_loopback_keys()
    {
        var settings = Registered();
        settings["Bot:OpenIdMetadataUrl"] = "http://127.0.0.1:1/metadata";
        settings["Bot:ServiceHosts:0"] = "127.0.0.1";
        settings["Bot:FileHosts:0"] = "localhost";
        await using var bot = await RunningBot.StartAsync(settings, configure: Loopback);

        Assert.True(bot.Services.GetRequiredService<ServiceUrls>().IsAllowed("http://127.0.0.1:4000/teams/"));
        Assert.True(bot.Services.GetRequiredService<FileUrls>().IsAllowed("http://localhost:4000/file?x=y"));
    }

    [Fact]
    public async Task Without_a_registration_it_starts_in_development_on_loopback()
    {
        await using var bot = await RunningBot.StartAsync(Nobody(), environment: "Development");
        using var response = await bot.PostAsync(
            """{"type":"message","id":"1","channelId":"msteams","serviceUrl":"http://127.0.0.1:4000/","from":{"id":"1"},"conversation":{"id":"1"}}""",
            authorization: null
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Without_a_registration_a_request_for_another_host_name_is_turned_away()
    {
        await using var bot = await RunningBot.StartAsync(Nobody(), environment: "Development");
        using var request = new HttpRequestMessage(HttpMethod.Post, bot.Url) { Content = new StringContent("{}") };
        request.Headers.Host = "tunnel.example.com";

        using var response = await bot.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Without_a_registration_it_does_not_start_outside_development(string environment)
    {
        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            RunningBot.StartAsync(Nobody(), environment: environment, configure: Loopback)
        );

        Assert.StartsWith("MicrosoftAppId:", Assert.Single(problem.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("urls", "http://0.0.0.0:0")]
    [InlineData("urls", "http://*:0")]
    [InlineData("urls", "http://+:0")]
    [InlineData("urls", "http://localhost:0;http://[::]:0")]
    [InlineData("urls", "http://bot.example.com:0")]
    [InlineData("urls", "http://127.0.0.1.example.com:0")]
    [InlineData("http_ports", "8080")]
    [InlineData("https_ports", "8443")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://0.0.0.0:0")]
    [InlineData("MicrosoftAppPassword", "secret")]
    public async Task Without_a_registration_it_does_not_start_where_others_could_reach_it(string key, string value)
    {
        var settings = Nobody();
        settings[key] = value;

        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            RunningBot.StartAsync(settings, environment: "Development", configure: Loopback)
        );

        Assert.StartsWith("MicrosoftAppId:", Assert.Single(problem.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_that_come_from_code_are_noticed_too()
    {
        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            RunningBot.StartAsync(
                Nobody(),
                environment: "Development",
                configure: builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, 0))
            )
        );

        Assert.StartsWith("MicrosoftAppId:", Assert.Single(problem.Failures), StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> Registered() =>
        new(StringComparer.Ordinal)
        {
            ["MicrosoftAppType"] = "SingleTenant",
            ["MicrosoftAppId"] = App,
            ["MicrosoftAppPassword"] = "not-a-real-password",
            ["MicrosoftAppTenantId"] = RunningBot.TenantId,
        };

    private static Dictionary<string, string?> Nobody() => new(StringComparer.Ordinal) { ["Bot:ServiceHosts:0"] = "127.0.0.1" };
}
