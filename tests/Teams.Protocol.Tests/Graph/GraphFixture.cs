using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Teams.Protocol.Connector;
using Teams.Protocol.Graph;
using Teams.Protocol.Hosting;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Graph;

/// <summary>A client as the product has it, pointed at a stand-in of Microsoft Graph. Waiting takes no time: the clock jumps to its end.</summary>
public abstract class GraphFixture : IAsyncLifetime
{
    private protected const string AppId = "22222222-2222-4222-8222-222222222222";
    private protected const string Tenant = "11111111-1111-4111-8111-111111111111";
    private protected const string OtherTenant = "99999999-9999-4999-8999-999999999999";
    private protected const string Alice = "8c14a998-3c8d-4c52-ad09-c9032671ea31";

    private protected const string Dana = """
        {
          "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#directoryObjects/$entity",
          "@odata.type": "#microsoft.graph.user",
          "id": "7d54cb02-aaa3-4016-9f9c-a4b49422dd9b",
          "displayName": "Dana Dorn",
          "mail": "dana@example.com",
          "userPrincipalName": "dana.dorn@example.com",
          "accountEnabled": true
        }
        """;

    private readonly List<IDisposable> made = [];

    private protected FakeClock Clock { get; } = new() { SkipWaits = true };

    private protected ConnectorStandIn Service { get; private set; } = null!;

    private protected GraphClient Graph { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Service = await ConnectorStandIn.StartAsync();
        Service.Otherwise = ConnectorStandIn.Json(200, Dana);
        Graph = NewClient();
    }

    public async Task DisposeAsync()
    {
        made.ForEach(one => one.Dispose());
        await Service.DisposeAsync();
    }

    private protected GraphClient NewClient(GraphLimits? limits = null, Action<BotOptions>? change = null) =>
        NewClient(NewTokens(change), limits, change);

    private protected GraphClient NewClient(BotTokens tokens, GraphLimits? limits = null, Action<BotOptions>? change = null)
    {
        var options = Settings(change);
        return Kept(new GraphClient(options, new GraphCredentials(options, tokens), limits ?? new GraphLimits(), Clock));
    }

    private protected BotTokens NewTokens(Action<BotOptions>? change = null) =>
        Kept(new BotTokens(Settings(change), Clock, new ConnectorLimits(), NullLogger<BotTokens>.Instance));

    private protected IOptions<BotOptions> Settings(Action<BotOptions>? change = null)
    {
        var options = new BotOptions
        {
            MicrosoftAppType = "SingleTenant",
            MicrosoftAppId = AppId,
            MicrosoftAppPassword = "not-a-real-password",
            MicrosoftAppTenantId = Tenant,
            AllowedTenants = [Tenant],
            OpenIdMetadataUrl = "http://127.0.0.1:1/",
            TokenUrl = Service.TokenUrl,
            GraphUrl = Service.GraphUrl,
            ServiceHosts = ["127.0.0.1"],
        };
        change?.Invoke(options);
        return Options.Create(options);
    }

    private T Kept<T>(T one)
        where T : IDisposable
    {
        made.Add(one);
        return one;
    }
}
