using System.Collections.Concurrent;
using System.Diagnostics;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Benchmarks.Approvals;

/// <summary>A card of a request in somebody's chat.</summary>
internal sealed record CardCopy(string Request, string Reader, string ActivityId);

/// <summary>Sees when each copy of each card first says what was decided.</summary>
internal sealed class CardWatch
{
    private readonly Dictionary<string, CardCopy> copies;
    private readonly ConcurrentDictionary<string, long> decidedAt = new(StringComparer.Ordinal);

    public CardWatch(StandInTeams teams, IEnumerable<CardCopy> copies)
    {
        this.copies = copies.ToDictionary(copy => copy.ActivityId, StringComparer.Ordinal);
        teams.AfterCall = SeeAsync;
    }

    /// <summary>How many copies say it by now.</summary>
    public int Decided => decidedAt.Count;

    /// <summary>When the last copy of each request said it (<see cref="Stopwatch.GetTimestamp"/>); requests of which one does not yet are missing.</summary>
    public IReadOnlyDictionary<string, long> LastOfEach =>
        copies
            .Values.GroupBy(copy => copy.Request, StringComparer.Ordinal)
            .Where(all => all.All(copy => decidedAt.ContainsKey(copy.ActivityId)))
            .ToDictionary(all => all.Key, all => all.Max(copy => decidedAt[copy.ActivityId]), StringComparer.Ordinal);

    private Task SeeAsync(TeamsCall call)
    {
        if (
            call is { Method: "PUT", ActivityId: { } id, Body: { } body }
            && copies.ContainsKey(id)
            && !decidedAt.ContainsKey(id)
            && body.GetRawText() is var text
            && (text.Contains(" approved it", StringComparison.Ordinal) || text.Contains(" denied it", StringComparison.Ordinal))
        )
        {
            decidedAt.TryAdd(id, Stopwatch.GetTimestamp());
        }

        return Task.CompletedTask;
    }
}
