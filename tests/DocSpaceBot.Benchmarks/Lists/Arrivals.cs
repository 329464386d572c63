using System.Diagnostics;
using System.Text.RegularExpressions;
using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Benchmarks.Lists;

/// <summary>What the portal sees of one contender: its calls, and who has come by them.</summary>
internal sealed partial class Arrivals
{
    private readonly StandInPortal portal;
    private readonly IReadOnlyList<Newcomer> expected;
    private readonly TimeSpan latency;
    private readonly Lock gate = new();
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int peopleBefore;
    private readonly int callsBefore;
    private int people;
    private long lastAt;

    public Arrivals(StandInPortal portal, Scenario scenario, IReadOnlyList<Newcomer> expected)
    {
        (this.portal, this.expected, latency) = (portal, expected, scenario.Portal.Latency);
        people = peopleBefore = portal.People.Count;
        callsBefore = portal.Calls.Count;
        portal.AfterCall = SeeAsync;
        scenario.Begin(portal);
    }

    /// <summary>Somebody has come.</summary>
    public Task Begun => begun.Task;

    /// <summary>As many have come as were to come.</summary>
    public Task Complete => complete.Task;

    /// <param name="started">When the contender was told to go (<see cref="Stopwatch.GetTimestamp"/>).</param>
    public Outcome Outcome(string who, long started)
    {
        var letters = portal.Mails.Where(mail => mail.IsAskedFor).CountBy(mail => mail.To, StringComparer.OrdinalIgnoreCase).ToDictionary();
        var there = portal.People.ToDictionary(person => person.Email, StringComparer.OrdinalIgnoreCase);
        var arrived = expected.Where(newcomer => there.ContainsKey(newcomer.Email)).ToList();

        return new(who)
        {
            Took = lastAt == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(started, lastAt),
            Wanted = expected.Count,
            There = arrived.Count(newcomer => letters.ContainsKey(newcomer.Email)),
            Doubled = expected.Count(newcomer => letters.GetValueOrDefault(newcomer.Email) > 1),
            Seats = arrived.Count(newcomer => there[newcomer.Email].IsPaid),
            Calls = portal.Calls.Skip(callsBefore).Select(Route).CountBy(route => route, StringComparer.Ordinal).ToDictionary(),
        };
    }

    private async Task SeeAsync(PortalCall call)
    {
        if (call.Method == "POST")
        {
            Count();
        }

        // Refusals come from in front of the portal's own latency; the way to it is as long.
        if (call.Status is 429 or >= 500)
        {
            await Task.Delay(latency);
        }
    }

    private void Count()
    {
        var now = portal.People.Count;

        lock (gate)
        {
            if (now <= people)
            {
                return;
            }

            people = now;
            lastAt = Stopwatch.GetTimestamp();
            begun.TrySetResult();

            if (people - peopleBefore >= expected.Count)
            {
                complete.TrySetResult();
            }
        }
    }

    private static string Route(PortalCall call) => $"{call.Method} {Id().Replace(call.Path["/api/2.0/".Length..], "{id}")}";

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Id();
}
