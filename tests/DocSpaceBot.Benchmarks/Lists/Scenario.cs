using System.Globalization;
using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Benchmarks.Lists;

/// <summary>A portal on which everybody is brought in once by each contender, from the beginning.</summary>
internal sealed record Scenario(string Name, string Title, PortalSetup Portal)
{
    private const double ShareOfTroubles = 0.1;
    private const int Seed = 20260302;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(15);

    /// <summary>What a busy portal, or the proxy before it, says instead of an answer; the last one only after everything was done.</summary>
    private static readonly PortalFault[] Troubles =
    [
        PortalFault.TooMany(),
        PortalFault.Html(502),
        PortalFault.Html(503),
        PortalFault.Json500,
        PortalFault.Html(504) with
        {
            AfterEffect = true,
        },
    ];

    public static Scenario Limited { get; } =
        new(
            "limits",
            "a portal with the limits of a hosted one: 15 writes at a time, 1500 calls a minute",
            new PortalSetup { Latency = Latency, RateLimits = true }
        );

    public static Scenario Troubled { get; } =
        Limited with
        {
            Name = "one in ten failing",
            Title = string.Create(
                CultureInfo.InvariantCulture,
                $"that portal when it answers one call in ten with 429, 500, 502, 503 or 504 (seed {Seed})"
            ),
            IsTroubled = true,
        };

    /// <summary>Says how fast the others are where nothing stops them.</summary>
    public static Scenario Unlimited { get; } =
        new("no limits", "a portal without limits, as DocSpace ships for one's own server", new PortalSetup { Latency = Latency });

    public bool IsTroubled { get; private init; }

    public async Task<StandInPortal> StartPortalAsync() => await StandInPortal.StartAsync(Portal, CancellationToken.None);

    /// <summary>From now on. What happens before anybody is to be brought in is not what is measured.</summary>
    public void Begin(StandInPortal portal)
    {
        if (IsTroubled)
        {
            portal.Faults.FailSome(ShareOfTroubles, Seed, Troubles);
        }
    }
}
