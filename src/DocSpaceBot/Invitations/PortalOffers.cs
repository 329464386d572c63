using DocSpace.Api;

namespace DocSpaceBot.Invitations;

/// <summary>What the portal offers to choose from. What could not be asked is left out.</summary>
internal sealed record PortalOffer(Seats? Seats, IReadOnlyList<string> Languages, IReadOnlyList<DocSpaceRoom> Rooms)
{
    public static readonly PortalOffer Nothing = new(null, [], []);
}

/// <summary>Asks the portal what there is to choose from, quickly or not at all: somebody is waiting for the form.</summary>
internal sealed class PortalOffers(DocSpaceClient docSpace, TimeProvider clock)
{
    private const int MostRooms = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan IsGoodFor = TimeSpan.FromMinutes(1);

    private volatile Known? last;

    /// <summary>What was learned last, without asking.</summary>
    public PortalOffer Latest => last?.Offer ?? PortalOffer.Nothing;

    public async Task<PortalOffer> LookAsync(CancellationToken cancellationToken)
    {
        if (last is { IsWhole: true } known && clock.GetUtcNow() - known.At < IsGoodFor)
        {
            return known.Offer;
        }

        using var limit = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var seats = TryAsync(() => docSpace.GetQuotaAsync(both.Token));
        var languages = TryAsync(() => docSpace.GetCulturesAsync(both.Token));
        var rooms = TryAsync(() => docSpace.FindRoomsAsync("", MostRooms, both.Token));
        var offer = new PortalOffer(await seats, await languages ?? [], await rooms ?? []);

        // Half an answer is shown and not relied on: the next form asks again.
        last = new(offer, clock.GetUtcNow(), IsWhole: await seats is not null && await languages is not null && await rooms is not null);
        return offer;
    }

    private static async Task<T?> TryAsync<T>(Func<Task<T>> look)
        where T : class
    {
        try
        {
            return await look();
        }
        catch (Exception e) when (e is DocSpaceException or OperationCanceledException)
        {
            return null;
        }
    }

    private sealed record Known(PortalOffer Offer, DateTimeOffset At, bool IsWhole);
}
