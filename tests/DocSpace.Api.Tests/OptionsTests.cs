using DocSpace.Api.Tests.World;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DocSpace.Api.Tests;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("BaseUrl", "")]
    [InlineData("BaseUrl", "docspace.example.com")]
    [InlineData("BaseUrl", "/docspace")]
    [InlineData("BaseUrl", "ftp://docspace.example.com")]
    [InlineData("BaseUrl", "http://docspace.example.com")]
    [InlineData("BaseUrl", "https://user:secret@docspace.example.com")]
    [InlineData("BaseUrl", "https://docspace.example.com?x=secret")]
    [InlineData("BaseUrl", "https://docspace.example.com/#secret")]
    [InlineData("ApiKey", "")]
    [InlineData("ApiKey", "Bearer ")]
    [InlineData("ApiKey", "sk-secret secret")]
    [InlineData("ApiKey", "sk-secret\r\nX-Header: 1")]
    [InlineData("MaxConcurrency", "0")]
    [InlineData("MaxConcurrency", "17")]
    [InlineData("MaxConcurrency", "four")]
    [InlineData("Provisioning", "Sometimes")]
    [InlineData("Provisioning", "7")]
    [InlineData("DefaultRole", "All")]
    [InlineData("DefaultRole", "0")]
    [InlineData("DefaultRole", "99")]
    [InlineData("DefaultRole", "User, Guest")]
    [InlineData("DefaultRole", "Owner")]
    [InlineData("WelcomeKey", " ")]
    [InlineData("WebhookSecret", "secret7")]
    [InlineData("WebhookSecret", "secret-that-is-a-lot-longer-than-30")]
    [InlineData("WebhookSecret", "secret with spaces")]
    [InlineData("WebhookSecret", "sëcret-sëcret")]
    [InlineData("BaseUri", "https://docspace.example.com")]
    [InlineData("Apikey2", "secret")]
    public void A_bad_setting_stops_the_start_with_one_line_that_names_it_and_no_secret(string name, string value)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Start((name, value)));

        var line = Assert.Single(fault.Failures);
        Assert.StartsWith($"DocSpace:{name}: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Start(("BaseUrl", ""), ("ApiKey", ""), ("MaxConcurrency", "99")));

        Assert.Equal(3, fault.Failures.Count());
    }

    [Fact]
    public void The_defaults_are_the_harmless_ones()
    {
        var options = Start();

        Assert.Equal(4, options.MaxConcurrency);
        Assert.Equal(Provisioning.Auto, options.Provisioning);
        Assert.Equal(DocSpaceRole.User, options.DefaultRole);
        Assert.Equal("welcome_guest", options.WelcomeKey);
        Assert.Empty(options.WebhookSecret);
    }

    [Theory]
    [InlineData("guest", DocSpaceRole.Guest)]
    [InlineData("ROOMADMIN", DocSpaceRole.RoomAdmin)]
    [InlineData("2", DocSpaceRole.Guest)]
    [InlineData(" 4 ", DocSpaceRole.User)]
    [InlineData("", DocSpaceRole.User)]
    public void A_role_is_a_name_in_any_case_or_its_number(string text, DocSpaceRole role) =>
        Assert.Equal(role, Start(("DefaultRole", text)).DefaultRole);

    [Theory]
    [InlineData("inviteonly", Provisioning.InviteOnly)]
    [InlineData("CreateThenInvite", Provisioning.CreateThenInvite)]
    public void Provisioning_is_a_name_in_any_case(string text, Provisioning provisioning) =>
        Assert.Equal(provisioning, Start(("Provisioning", text)).Provisioning);

    [Theory]
    [InlineData("https://docspace.example.com/")]
    [InlineData("https://docspace.example.com/docspace")]
    [InlineData("http://localhost:8080")]
    [InlineData("http://127.0.0.1:8080/api/2.0/")]
    [InlineData("http://[::1]")]
    public void An_https_url_or_a_loopback_one_is_fine(string url) => Assert.Equal(url, Start(("BaseUrl", url)).BaseUrl);

    [Theory]
    [InlineData("", "/api/2.0/settings/cultures")]
    [InlineData("/", "/api/2.0/settings/cultures")]
    [InlineData("/api/2.0", "/api/2.0/settings/cultures")]
    [InlineData("/behind/proxy", "/behind/proxy/api/2.0/settings/cultures")]
    public async Task A_path_in_the_url_is_a_prefix(string path, string target)
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.JsonAsync("{\"response\":[\"en-US\"]}"));
        portal.Services(("BaseUrl", portal.Url + path));

        Assert.Equal(["en-US"], await portal.Client.GetCulturesAsync(default));
        Assert.Equal(target, Assert.Single(portal.Arrivals).Target);
    }

    [Theory]
    [InlineData("Bearer " + FakePortal.Key)]
    [InlineData("bearer  " + FakePortal.Key + " ")]
    [InlineData(FakePortal.Key)]
    public async Task The_key_is_sent_in_the_only_form_that_works(string setting)
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.JsonAsync("{\"response\":[]}"));
        portal.Services(("ApiKey", setting));

        await portal.Client.GetPeopleAsync(new PeopleFilter(), default);

        Assert.Equal($"Bearer {FakePortal.Key}", Assert.Single(portal.Arrivals).Headers["Authorization"]);
    }

    private static DocSpaceOptions Start(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["DocSpace:BaseUrl"] = "https://docspace.example.com",
            ["DocSpace:ApiKey"] = FakePortal.Key,
        };
        foreach (var (name, value) in settings)
        {
            all[$"DocSpace:{name}"] = value;
        }

        using var services = new ServiceCollection()
            .AddLogging()
            .AddDocSpaceApi(new ConfigurationBuilder().AddInMemoryCollection(all).Build())
            .BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate(); // What a host does before anything else.
        return services.GetRequiredService<IOptions<DocSpaceOptions>>().Value;
    }
}
