using System.Net;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>
/// Microsoft Teams as a bot meets it: the identity services, the connector, Graph and the people's clients, over real HTTP on loopback.
/// It shares no code with the bot, so that what is wrong in both cannot cancel out.
/// </summary>
internal sealed partial class StandInTeams : IAsyncDisposable
{
    private readonly TeamsSetup setup;
    private readonly CancellationTokenSource stopping = new();
    private readonly StandInAddress address = new();
    private readonly ChangeSignal changes = new();
    private readonly SigningKeys keys = new();
    private readonly TeamsDirectory directory;
    private readonly BackgroundWork background;
    private readonly IdentityEndpoints identity;
    private readonly ConnectorService connector;
    private readonly FileEndpoints files;
    private readonly ActivityFactory activities;
    private readonly BotChannel bot;
    private readonly LinkPreviews previews;
    private readonly CardClient cards;
    private readonly CardRefresher refresher;
    private readonly WebApplication app;

    private StandInTeams(TeamsSetup setup)
    {
        this.setup = setup;
        directory = new(setup);
        background = new(setup.Clock);
        Faults = new(directory);
        identity = new(setup, keys, Faults);
        connector = new(setup, directory, identity, Faults, changes, stopping.Token);
        files = new(setup, address);
        activities = new(setup, address);
        bot = new(setup, directory, keys, address, background, stopping.Token);
        previews = new(setup, activities, bot);
        cards = new(setup, directory, activities, bot, changes);
        refresher = new(cards, background);
        app = Build();
    }

    /// <summary>The OpenID document with the keys for what the bot receives.</summary>
    public Uri OpenIdMetadataUrl => address.At(IdentityEndpoints.MetadataPath);

    /// <summary>Where the bot gets its access tokens.</summary>
    public Uri TokenUrl => address.At(identity.TokenPath);

    /// <summary>What <c>IDENTITY_ENDPOINT</c> is to be for a bot with a managed identity.</summary>
    public Uri ManagedIdentityUrl => address.At(IdentityEndpoints.ManagedIdentityPath);

    /// <summary>Microsoft Graph, with its version.</summary>
    public Uri GraphUrl => address.At(GraphEndpoints.Path);

    /// <summary>The connector; ends with a slash.</summary>
    public string ServiceUrl => address.ServiceUrl;

    /// <summary>The root URL of the bot; activities go to <c>api/messages</c> below it.</summary>
    public Uri? BotUrl
    {
        get => bot.BotUrl;
        set => bot.BotUrl = value is null || value.AbsoluteUri.EndsWith('/') ? value : new(value.AbsoluteUri + "/");
    }

    public TeamsFaults Faults { get; }

    public string AppId => setup.AppId;

    public string AppPassword => setup.AppPassword;

    public string TenantId => setup.TenantId;

    public string BotId => setup.BotId;

    /// <summary>What the bot asked of the connector and of Graph, oldest first.</summary>
    public IReadOnlyList<TeamsCall> Calls => connector.Calls;

    /// <summary>How often it asked, also when no calls are kept.</summary>
    public long CallCount => connector.Count;

    /// <summary>Every activity the bot was sent, repeats and refreshes included, oldest first.</summary>
    public IReadOnlyList<JsonObject> Delivered => bot.Delivered;

    public int MetadataRequests => identity.MetadataRequests;

    public int KeyRequests => identity.KeyRequests;

    public int TokenRequests => identity.TokenRequests;

    public int FileDownloads => files.Downloads;

    public IEnumerable<TeamsPerson> People => directory.People;

    /// <summary>Raised with every call to the connector or to Graph, before it is looked at.</summary>
    public Func<TeamsCall, Task>? BeforeCall
    {
        get => connector.BeforeCall;
        set => connector.BeforeCall = value;
    }

    /// <summary>Raised when the call has had its effect, before the answer leaves.</summary>
    public Func<TeamsCall, Task>? AfterCall
    {
        get => connector.AfterCall;
        set => connector.AfterCall = value;
    }

    /// <summary>A person by name.</summary>
    public TeamsPerson this[string name] => directory[name];

    public static async Task<StandInTeams> StartAsync(TeamsSetup setup, CancellationToken cancellationToken)
    {
        var teams = new StandInTeams(setup);
        await teams.app.StartAsync(cancellationToken);
        teams.address.Root = new(teams.app.Urls.Single());
        return teams;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        background.Dispose();
        await app.DisposeAsync();
        bot.Dispose();
        stopping.Dispose();
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, setup.Port));
        builder.Services.AddRoutingCore();
        // Calls that hang on purpose must not hold up the end of a test.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

        var built = builder.Build();
        built.UseRouting();
        identity.Map(built);
        files.Map(built);

        var service = built.MapGroup(StandInAddress.ServicePath);
        new MessageEndpoints(setup, directory, Faults, refresher, changes).Map(service, connector);
        new RosterEndpoints(directory).Map(service, connector);
        new GraphEndpoints(setup, directory, Faults).Map(built.MapGroup(GraphEndpoints.Path), connector);
        return built;
    }
}
