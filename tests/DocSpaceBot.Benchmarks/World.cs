using System.Net;
using System.Net.Sockets;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Benchmarks;

/// <summary>What is around the bots: identity services, the connector and a portal. They run in this process and cost as little as they can.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly StandInTeams identity;
    private readonly StandInPortal portal;

    private World(StandInTeams identity, StandInPortal portal) => (this.identity, this.portal) = (identity, portal);

    public ReplySink Connector { get; } = new();

    public string TenantId => identity.TenantId;

    public string BotId => identity.BotId;

    public static async Task<World> StartAsync(CancellationToken cancellationToken) =>
        new(
            await StandInTeams.StartAsync(new TeamsSetup { KeepMessages = false }, cancellationToken),
            await StandInPortal.StartAsync(new PortalSetup(), cancellationToken)
        );

    /// <summary>Used in turn, none is still remembered by the bot when it comes again.</summary>
    public const int MoreTokensThanTheBotRemembers = 2048;

    /// <summary>Tokens as Teams shows them to the bot, good for an hour. Teams uses one for many activities.</summary>
    public IReadOnlyList<string> MintTokens(int count) =>
        [
            .. Enumerable
                .Range(1000, count)
                .Select(number =>
                    identity.MintToken(token =>
                    {
                        token.Claims["serviceurl"] = Connector.ServiceUrl;
                        token.Claims["nbf"] = token.Claims["nbf"]!.GetValue<long>() - number;
                    })
                ),
        ];

    public Dictionary<string, string?> Settings(Uri address, string database) => BotSettings.For(identity, portal, address, database);

    public static Uri FreeAddress()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndPoint!).Port}");
    }

    public async ValueTask DisposeAsync()
    {
        Connector.Dispose();
        await identity.DisposeAsync();
        await portal.DisposeAsync();
    }
}
