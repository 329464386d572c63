using System.Diagnostics.CodeAnalysis;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>What goes wrong at the portal; may be changed at any time and from any thread.</summary>
internal sealed class PortalFaults
{
    private readonly Lock gate = new();
    private readonly List<Planned> planned = [];
    private PortalConditions now = new();
    private Chance? chance;

    /// <summary>Every connection is cut at once, nothing happens and nothing is recorded as a call.</summary>
    public bool Down
    {
        get => Now.Down;
        set => Change(conditions => conditions with { Down = value });
    }

    /// <summary>Every call takes this much longer, by the portal's clock.</summary>
    public TimeSpan? Slow
    {
        get => Now.Slow;
        set => Change(conditions => conditions with { Slow = value });
    }

    /// <summary>Every call is answered 429 without a body, as when the sliding window is full.</summary>
    public bool Limited
    {
        get => Now.Limited;
        set => Change(conditions => conditions with { Limited = value });
    }

    /// <summary>The tariff has run out: 402 for most calls.</summary>
    public bool Unpaid
    {
        get => Now.Unpaid;
        set => Change(conditions => conditions with { Unpaid = value });
    }

    /// <summary>The portal is suspended: 404 as a problem document for everything.</summary>
    public bool Suspended
    {
        get => Now.Suspended;
        set => Change(conditions => conditions with { Suspended = value });
    }

    /// <summary>The portal is being restored or moved: 403 as a problem document for most calls.</summary>
    public bool Busy
    {
        get => Now.Busy;
        set => Change(conditions => conditions with { Busy = value });
    }

    /// <summary>The caller's network is not on the list: 403 in plain text.</summary>
    public bool IpRestricted
    {
        get => Now.IpRestricted;
        set => Change(conditions => conditions with { IpRestricted = value });
    }

    public PortalConditions Now
    {
        get
        {
            lock (gate)
                return now;
        }
    }

    /// <summary>The next <paramref name="times"/> calls that match go wrong this way; earlier plans come first.</summary>
    public void FailNext(Func<HttpRequest, bool> when, PortalFault fault, int times = 1)
    {
        lock (gate)
            planned.Add(new Planned(when, fault, times));
    }

    /// <summary>
    /// From now on this share of all calls goes wrong, each in one of these ways. With the same seed it is the same ones, counted in the
    /// order in which they arrive.
    /// </summary>
    [SuppressMessage("Security", "S2245", Justification = "Chance that can be repeated, and nobody is protected by it.")]
    public void FailSome(double share, int seed, IReadOnlyList<PortalFault> ways)
    {
        lock (gate)
            chance = new Chance(new Random(seed), share, ways);
    }

    /// <summary>Everything works again.</summary>
    public void Clear()
    {
        lock (gate)
        {
            chance = null;
            planned.Clear();
            now = new PortalConditions();
        }
    }

    public PortalFault? Take(HttpRequest request)
    {
        lock (gate)
        {
            var index = planned.FindIndex(plan => plan.When(request));
            if (index < 0)
                return chance?.Next();
            var plan = planned[index];
            if (plan.Left == 1)
                planned.RemoveAt(index);
            else
                planned[index] = plan with { Left = plan.Left - 1 };
            return plan.Fault;
        }
    }

    private void Change(Func<PortalConditions, PortalConditions> change)
    {
        lock (gate)
            now = change(now);
    }

    private sealed record Planned(Func<HttpRequest, bool> When, PortalFault Fault, int Left);

    private sealed class Chance(Random random, double share, IReadOnlyList<PortalFault> ways)
    {
        public PortalFault? Next() => random.NextDouble() < share ? ways[random.Next(ways.Count)] : null;
    }
}

internal sealed record PortalConditions
{
    public bool Down { get; init; }
    public TimeSpan? Slow { get; init; }
    public bool Limited { get; init; }
    public bool Unpaid { get; init; }
    public bool Suspended { get; init; }
    public bool Busy { get; init; }
    public bool IpRestricted { get; init; }
}

/// <summary>How one call goes wrong. <c>with { AfterEffect = true }</c>: only the answer goes wrong, the portal did what was asked.</summary>
internal sealed record PortalFault(PortalFaultKind Kind)
{
    public int Status { get; init; }

    public TimeSpan? Wait { get; init; }

    public bool AfterEffect { get; init; }

    /// <summary>An error page of the proxy in front of the portal, such as 502, 503 or 504.</summary>
    public static PortalFault Html(int status) => new(PortalFaultKind.Html) { Status = status };

    /// <summary>An unexpected exception, with its stack trace in the body.</summary>
    public static PortalFault Json500 { get; } = new(PortalFaultKind.Json500);

    public static PortalFault Empty401 { get; } = new(PortalFaultKind.Empty) { Status = 401 };

    public static PortalFault Unpaid402 { get; } = new(PortalFaultKind.Problem) { Status = 402 };

    /// <summary>The key lacks the permission: no body.</summary>
    public static PortalFault Scope403 { get; } = new(PortalFaultKind.Empty) { Status = 403 };

    /// <summary>The key's creator lacks the right: the error envelope.</summary>
    public static PortalFault Role403 { get; } = new(PortalFaultKind.Role403);

    public static PortalFault IpRestricted403 { get; } = new(PortalFaultKind.IpRestricted);

    public static PortalFault Suspended404 { get; } = new(PortalFaultKind.Problem) { Status = 404 };

    /// <summary>429; only the limiters of fixed windows send <c>Retry-After</c>, the others send none.</summary>
    public static PortalFault TooMany(TimeSpan? retryAfter = null) => new(PortalFaultKind.TooMany) { Wait = retryAfter };

    /// <summary>HTTP 200 with a body that breaks off.</summary>
    public static PortalFault GarbageJson { get; } = new(PortalFaultKind.GarbageJson);

    /// <summary>No answer for as long as the client waits.</summary>
    public static PortalFault Hang { get; } = new(PortalFaultKind.Hang);

    public static PortalFault Slow(TimeSpan wait) => new(PortalFaultKind.Slow) { Wait = wait };

    /// <summary>The connection is cut, before anything happened or after everything did.</summary>
    public static PortalFault DropConnection(bool afterEffect = false) => new(PortalFaultKind.Drop) { AfterEffect = afterEffect };

    public static PortalAnswer RestrictedNetwork { get; } =
        PortalAnswer.Text(403, "text/plain; charset=utf-8", "The access to the portal is restricted");

    public PortalAnswer Answer(PortalExchange call) =>
        Kind switch
        {
            PortalFaultKind.Html => PortalAnswer.Text(
                Status,
                "text/html",
                $"<html>\r\n<head><title>{Status}</title></head>\r\n<body>\r\n<center><h1>{Status}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
            ),
            PortalFaultKind.Json500 => PortalAnswer.Error(
                PortalException.Plain(
                    "Npgsql.Internal.NpgsqlConnector.ReadMessageLong(Boolean async, DataRowLoadingMode mode)",
                    "Exception while reading from stream"
                )
            ),
            PortalFaultKind.Role403 => PortalAnswer.Error(
                PortalException.Denied("ASC.Core.PermissionContext.DemandPermissionsAsync(IAction[] actions)")
            ),
            PortalFaultKind.TooMany => TooManyAnswer(),
            PortalFaultKind.GarbageJson => PortalAnswer.Text(
                200,
                "application/json; charset=utf-8",
                """{"response":[{"id":"b1e7a7d2-77c4"""
            ),
            PortalFaultKind.IpRestricted => RestrictedNetwork,
            PortalFaultKind.Problem => PortalAnswer.BareProblem(call, Status),
            _ => PortalAnswer.Empty(Status),
        };

    private PortalAnswer TooManyAnswer() =>
        Wait is { } wait
            ? PortalLimits.Refused(limit: 10_000) with
            {
                Headers =
                [
                    .. PortalLimits.Refused(limit: 10_000).Headers,
                    new("Retry-After", ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ],
            }
            : PortalLimits.Refused(limit: 1_500);
}

internal enum PortalFaultKind
{
    Html,
    Json500,
    Empty,
    Problem,
    Role403,
    TooMany,
    IpRestricted,
    GarbageJson,
    Hang,
    Slow,
    Drop,
}
