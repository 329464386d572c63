using System.Diagnostics;
using DocSpaceBot.Benchmarks.Approvals;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Benchmarks.FollowUps;

/// <summary>Sees when the bot tells of each who has joined: by an edit of the card of the request, and by a message.</summary>
internal sealed class JoinWatch
{
    private readonly long[] edited;
    private readonly long[] posted;
    private readonly int[] posts;

    public JoinWatch(StandInTeams teams, int people)
    {
        (edited, posted, posts) = (new long[people], new long[people], new int[people]);
        teams.AfterCall = SeeAsync;
    }

    /// <summary>How many have both.</summary>
    public int Complete => edited.Zip(posted).Count(it => it is { First: > 0, Second: > 0 });

    public int Edited => edited.Count(at => at > 0);

    public int Posted => posted.Count(at => at > 0);

    /// <summary>Of how many it was told more than once.</summary>
    public int PostedTwice => posts.Count(count => count > 1);

    /// <summary>When the last of all was told (<see cref="Stopwatch.GetTimestamp"/>).</summary>
    public long LastAt => Math.Max(edited.Max(), posted.Max());

    /// <param name="joined">When each joined.</param>
    /// <param name="from">The first who counts.</param>
    public Timings Edits(long[] joined, int from) => Since(joined, edited, from);

    /// <inheritdoc cref="Edits"/>
    public Timings Posts(long[] joined, int from) => Since(joined, posted, from);

    private static Timings Since(long[] joined, long[] told, int from) =>
        new(joined.Zip(told).Skip(from).Where(it => it.Second > 0).Select(it => Stopwatch.GetElapsedTime(it.First, it.Second)));

    private Task SeeAsync(TeamsCall call)
    {
        if (
            call is { Method: "PUT", Body: { } card }
            && WaitingRoom.NumberOfCard(call.ActivityId) is { } request
            && card.GetRawText().Contains(" joined\"", StringComparison.Ordinal)
        )
        {
            Interlocked.CompareExchange(ref edited[request], Stopwatch.GetTimestamp(), 0);
        }
        else if (call is { Method: "POST", Body: { } message } && WaitingRoom.NumberIn(message.GetRawText()) is { } person)
        {
            Interlocked.Increment(ref posts[person]);
            Interlocked.CompareExchange(ref posted[person], Stopwatch.GetTimestamp(), 0);
        }

        return Task.CompletedTask;
    }
}
