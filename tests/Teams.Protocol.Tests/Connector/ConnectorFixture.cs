using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;
using Teams.Protocol.Hosting;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Connector;

/// <summary>A client as the product has it, pointed at a stand-in of the connector.</summary>
public abstract class ConnectorFixture : IAsyncLifetime
{
    private protected const string AppId = "22222222-2222-4222-8222-222222222222";

    private BotTokens tokens = null!;

    private protected FakeClock Clock { get; set; } = new() { SkipWaits = true };

    private protected ConnectorStandIn Service { get; private set; } = null!;

    private protected ConnectorClient Client { get; private set; } = null!;

    private protected ConversationReference Chat =>
        new(Service.ServiceUrl, "a:personal-chat-1", "personal", "11111111-1111-4111-8111-111111111111", $"28:{AppId}");

    public async Task InitializeAsync()
    {
        Service = await ConnectorStandIn.StartAsync();
        Client = NewClient();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        tokens.Dispose();
        await Service.DisposeAsync();
    }

    private protected ConnectorClient NewClient(
        bool authenticated = true,
        ConnectorLimits? limits = null,
        Action<BotOptions>? change = null
    )
    {
        var options = new BotOptions
        {
            MicrosoftAppType = "SingleTenant",
            MicrosoftAppId = authenticated ? AppId : "",
            MicrosoftAppPassword = "not-a-real-password",
            OpenIdMetadataUrl = "http://127.0.0.1:1/",
            TokenUrl = Service.TokenUrl,
            ServiceHosts = ["127.0.0.1"],
        };
        change?.Invoke(options);
        limits ??= new ConnectorLimits();
        tokens = new BotTokens(Options.Create(options), Clock, limits, NullLogger<BotTokens>.Instance);
        var credentials = new ConnectorCredentials(Options.Create(options), tokens);
        return new ConnectorClient(new ServiceUrls(Options.Create(options)), credentials, limits, Clock);
    }
}
