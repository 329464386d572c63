using System.Globalization;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>The rate limits of a hosted portal; a self-hosted one ships with them off. Guarded by the portal's lock.</summary>
internal sealed class PortalLimits(PortalSetup setup)
{
    private const int PerMinute = 1_500;
    private const int ReadsAtOnce = 50;
    private const int WritesAtOnce = 15;
    private const int WritesPerDay = 10_000;
    private const int SensitiveCalls = 5;
    private static readonly TimeSpan SensitiveWindow = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Dictionary<string, Queue<DateTimeOffset>> sliding = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset Start, int Used)> fixedDays = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> inFlight = new(StringComparer.Ordinal);

    private DateTimeOffset Now => setup.Clock.GetUtcNow();

    /// <summary>The 429 of a limiter: no body, and no <c>Retry-After</c> unless its window is fixed.</summary>
    public static PortalAnswer Refused(int limit) =>
        PortalAnswer.Empty(429) with
        {
            Headers = [new("X-RateLimit-Limit", limit.ToString(CultureInfo.InvariantCulture)), new("X-RateLimit-Remaining", "0")],
        };

    /// <summary>Takes a place for the call, to be given back with <see cref="Leave"/>; an answer means there is none.</summary>
    public PortalAnswer? Enter(PortalExchange call, RouteTraits traits)
    {
        if (!setup.RateLimits)
            return null;
        var who = Who(call);
        var isGet = HttpMethods.IsGet(call.Method);
        var most = isGet ? ReadsAtOnce : WritesAtOnce;
        if (inFlight.GetValueOrDefault(FlightOf(call)) >= most)
            return Refused(most);
        if (!TakeSliding(who, PerMinute, TimeSpan.FromMinutes(1)))
            return Refused(PerMinute);
        if ((HttpMethods.IsPost(call.Method) || HttpMethods.IsPut(call.Method)) && TakeOfDay(who, 1, WritesPerDay) is { } spent)
            return spent;
        if (traits.HasFlag(RouteTraits.Sensitive) && !TakeSliding($"{who} {call.Method} {call.Path}", SensitiveCalls, SensitiveWindow))
            return Refused(SensitiveCalls);
        inFlight[FlightOf(call)] = inFlight.GetValueOrDefault(FlightOf(call)) + 1;
        return null;
    }

    public void Leave(PortalExchange call)
    {
        if (setup.RateLimits)
            inFlight[FlightOf(call)]--;
    }

    /// <summary>Every address in the body counts, even when the call is refused in the end.</summary>
    public PortalAnswer? TakeInvitations(int addresses) =>
        setup is { RateLimits: true, EmailInvitationsPerDay: { } most } ? TakeOfDay("invitations", addresses, most) : null;

    private static string Who(PortalExchange call) => call.Key?.CreatedBy.ToString() ?? "anonymous";

    private static string FlightOf(PortalExchange call) => (HttpMethods.IsGet(call.Method) ? "read " : "write ") + Who(call);

    private bool TakeSliding(string partition, int most, TimeSpan window)
    {
        if (!sliding.TryGetValue(partition, out var taken))
            sliding[partition] = taken = new Queue<DateTimeOffset>();
        while (taken.TryPeek(out var oldest) && oldest <= Now - window)
            taken.Dequeue();
        if (taken.Count >= most)
            return false;
        taken.Enqueue(Now);
        return true;
    }

    private PortalAnswer? TakeOfDay(string partition, int permits, int most)
    {
        var window = fixedDays.GetValueOrDefault(partition, (Start: Now, Used: 0));
        if (window.Start + Day <= Now)
            window = (Now, 0);
        if (window.Used + permits <= most)
        {
            fixedDays[partition] = (window.Start, window.Used + permits);
            return null;
        }
        fixedDays[partition] = window;
        var end = window.Start + Day;
        var seconds = (long)Math.Ceiling((end - Now).TotalSeconds);
        return Refused(most) with
        {
            Headers =
            [
                .. Refused(most).Headers,
                new("X-RateLimit-Reset", end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
                new("Retry-After", seconds.ToString(CultureInfo.InvariantCulture)),
            ],
        };
    }
}
