using Microsoft.Extensions.Options;
using Teams.Protocol.Hosting;

namespace Teams.Protocol.Tests.Hosting;

public sealed class ServiceUrlsTests
{
    private static readonly ServiceUrls Urls = new(
        Options.Create(new BotOptions { MicrosoftAppId = "x", ServiceHosts = HostRules.TeamsServiceHosts })
    );

    private static readonly FileUrls Files = new(
        Options.Create(new BotOptions { MicrosoftAppId = "x", FileHosts = HostRules.SharePointHosts })
    );

    [Theory]
    [InlineData("https://smba.trafficmanager.net/emea/")]
    [InlineData("https://smba.trafficmanager.net/teams")]
    [InlineData("https://smba.trafficmanager.net")]
    [InlineData("https://SMBA.TrafficManager.NET/amer/")]
    [InlineData("https://smba.trafficmanager.net:443/amer/")]
    [InlineData("https://smba.infra.gcc.teams.microsoft.com/gcc/")]
    [InlineData("https://smba.infra.gov.teams.microsoft.us/")]
    [InlineData("https://smba.infra.dod.teams.microsoft.us/")]
    [InlineData("https://webchat.botframework.com/")]
    public void Teams_own_hosts_are_allowed(string url) => Assert.True(Urls.IsAllowed(url));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("smba.trafficmanager.net")]
    [InlineData("//smba.trafficmanager.net/")]
    [InlineData("http://smba.trafficmanager.net/emea/")]
    [InlineData("ftp://smba.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net:444/")]
    [InlineData("https://smba.trafficmanager.net:80/")]
    [InlineData("https://smba.trafficmanager.net./")]
    [InlineData("https://.smba.trafficmanager.net/")]
    [InlineData("https://evil.trafficmanager.net/")]
    [InlineData("https://evil.smba.trafficmanager.net/")]
    [InlineData("https://trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net.evil.com/")]
    [InlineData("https://xsmba.trafficmanager.net/")]
    [InlineData("https://evilbotframework.com/")]
    [InlineData("https://teams.microsoft.com.evil.com/")]
    [InlineData("https://smba.trafficmanager.net@evil.com/")]
    [InlineData("https://smba.trafficmanager.net:x@evil.com/")]
    [InlineData("https://user@smba.trafficmanager.net/")]
    [InlineData("https://@smba.trafficmanager.net/")]
    [InlineData("https://:@smba.trafficmanager.net/")]
    [InlineData("https://evil.com/smba.trafficmanager.net")]
    [InlineData("https://evil.com#smba.trafficmanager.net")]
    [InlineData("https://evil.com?smba.trafficmanager.net")]
    [InlineData("https://evil.com\\@smba.trafficmanager.net/")]
    [InlineData("https://evil.com\\.smba.trafficmanager.net/")]
    [InlineData("https:\\\\smba.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net%2eevil.com/")]
    [InlineData("https://smba%2etrafficmanager.net/")]
    [InlineData("https://smba。trafficmanager。net/")]
    [InlineData("https://ѕmba.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net/\r\nHost: evil.com")]
    [InlineData("https://smba.traffic\tmanager.net/")]
    [InlineData(" https://smba.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net/ ")]
    [InlineData("https://smba.trafficmanager.net/?x=y")]
    [InlineData("https://smba.trafficmanager.net/#x")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("http://127.0.0.1:3978/")]
    [InlineData("http://localhost/")]
    [InlineData("https://localhost/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://169.254.169.254/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    public void No_other_host_is_however_it_is_written(string? url) => Assert.False(Urls.IsAllowed(url));

    [Fact]
    public void A_url_of_over_two_thousand_characters_is_none() =>
        Assert.False(Urls.IsAllowed("https://smba.trafficmanager.net/" + new string('a', 2048)));

    [Theory]
    [InlineData("https://contoso.sharepoint.com/download?UniqueId=u&tempauth=t")]
    [InlineData("https://contoso-my.sharepoint.com/personal/x")]
    [InlineData("https://a.b.sharepoint.com/")]
    [InlineData("https://contoso.sharepoint.us/x")]
    public void Files_come_from_SharePoint(string url) => Assert.True(Files.IsAllowed(url));

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void A_link_to_a_file_may_have_four_thousand_characters_because_its_permission_is_in_it(int length, bool isAllowed) =>
        Assert.Equal(isAllowed, Files.IsAllowed("https://contoso.sharepoint.com/download?tempauth=".PadRight(length, 'a')));

    [Theory]
    [InlineData("https://sharepoint.com/x")]
    [InlineData("https://evilsharepoint.com/x")]
    [InlineData("https://contoso.sharepoint.com.evil.com/x")]
    [InlineData("http://contoso.sharepoint.com/x")]
    [InlineData("https://contoso.sharepoint.com:8443/x")]
    [InlineData("https://u:p@contoso.sharepoint.com/x")]
    [InlineData("https://10.0.0.1/x")]
    public void Files_come_from_nowhere_else(string url) => Assert.False(Files.IsAllowed(url));

    [Fact]
    public void Loopback_is_allowed_by_name_only_and_then_on_any_port()
    {
        var urls = new ServiceUrls(Options.Create(new BotOptions { ServiceHosts = ["127.0.0.1"] }));

        Assert.True(urls.IsAllowed("http://127.0.0.1:56151/_connector"));
        Assert.True(urls.IsAllowed("https://127.0.0.1/"));
        Assert.False(urls.IsAllowed("http://localhost:56151/"));
        Assert.False(urls.IsAllowed("http://127.0.0.2:56151/"));
        Assert.False(urls.IsAllowed("http://user@127.0.0.1:56151/"));
    }

    [Fact]
    public void Loopback_is_never_allowed_together_with_real_keys()
    {
        var urls = new ServiceUrls(Options.Create(new BotOptions { MicrosoftAppId = "x", ServiceHosts = ["127.0.0.1"] }));

        Assert.False(urls.IsAllowed("http://127.0.0.1:56151/"));
        Assert.False(urls.IsAllowed("https://127.0.0.1/"));
    }
}
