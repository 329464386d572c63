using System.Collections.Concurrent;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>What goes wrong next. Safe to change while calls are under way; each fault is used up by the calls it befalls, oldest first.</summary>
internal sealed class TeamsFaults(TeamsDirectory directory)
{
    private readonly Lock gate = new();
    private readonly List<Fault> next = [];
    private readonly ConcurrentDictionary<string, bool> blocked = new(StringComparer.Ordinal);
    private int tokensToFail;
    private int metadataToFail;
    private (int Status, string Error) tokenFault;
    private int metadataStatus;

    /// <summary>Graph answers 403 to everything, as where nobody has consented to the permission the bot needs.</summary>
    public bool GraphRefuses { get; set; }

    /// <summary>Graph answers 503 to everything.</summary>
    public bool GraphDown { get; set; }

    /// <summary>Graph takes so much longer for every answer, by the stand-in's clock.</summary>
    public TimeSpan GraphSlow { get; set; }

    /// <summary>The next calls are answered 429, with <c>Retry-After</c> in whole seconds unless <paramref name="retryAfter"/> is null.</summary>
    public void ThrottleNext(int times = 1, TimeSpan? retryAfter = null, Func<TeamsCall, bool>? when = null) =>
        Add(new(FaultKind.Answer, times, when, ConnectorAnswer.Throttled(retryAfter)));

    /// <summary>The next calls are answered so, without effect. Without a code the answer is the HTML page of a gateway.</summary>
    public void FailNext(int status, string? code = null, int times = 1, Func<TeamsCall, bool>? when = null) =>
        Add(
            new(
                FaultKind.Answer,
                times,
                when,
                code is null ? ConnectorAnswer.Html(status) : ConnectorAnswer.Error(status, code, "The stand-in was told to fail.")
            )
        );

    /// <summary>The next calls are carried out and then answered so.</summary>
    public void FailAfterEffect(int status, int times = 1, Func<TeamsCall, bool>? when = null) =>
        Add(new(FaultKind.AnswerAfter, times, when, ConnectorAnswer.Html(status)));

    /// <summary>The connection of the next calls breaks before anything was done.</summary>
    public void DropBeforeEffect(int times = 1, Func<TeamsCall, bool>? when = null) => Add(new(FaultKind.DropBefore, times, when, null));

    /// <summary>The next calls are carried out, but the connection breaks before the answer.</summary>
    public void DropAfterEffect(int times = 1, Func<TeamsCall, bool>? when = null) => Add(new(FaultKind.DropAfter, times, when, null));

    /// <summary>The next calls are never answered; nothing is done.</summary>
    public void HangNext(int times = 1, Func<TeamsCall, bool>? when = null) => Add(new(FaultKind.Hang, times, when, null));

    /// <summary>The token endpoint refuses the next requests, for example with 503 and <c>temporarily_unavailable</c>.</summary>
    public void FailTokensNext(int status, string error, int times = 1)
    {
        lock (gate)
        {
            tokenFault = (status, error);
            tokensToFail = times;
        }
    }

    /// <summary>The next requests for the OpenID document or the keys are answered so.</summary>
    public void FailMetadataNext(int status, int times = 1)
    {
        lock (gate)
        {
            metadataStatus = status;
            metadataToFail = times;
        }
    }

    /// <summary>The person blocks the bot, or no longer does: writing to their chat is answered 403.</summary>
    /// <param name="asWritesBlocked">In the other shape Teams has for this: <c>errorCode</c> 209 with <c>MessageWritesBlocked</c>.</param>
    public void Blocked(string person, bool isBlocked = true, bool asWritesBlocked = false)
    {
        var chat = directory[person].ChatId;
        if (isBlocked)
        {
            blocked[chat] = asWritesBlocked;
        }
        else
        {
            blocked.TryRemove(chat, out _);
        }
    }

    /// <summary>No more calls fail; whom somebody blocks stays blocked.</summary>
    public void Clear()
    {
        lock (gate)
        {
            next.Clear();
            (GraphRefuses, GraphDown, GraphSlow) = (false, false, TimeSpan.Zero);
            (tokensToFail, metadataToFail) = (0, 0);
        }
    }

    internal ConnectorAnswer? BlockedAnswer(string conversationId) =>
        !blocked.IsEmpty && blocked.TryGetValue(conversationId, out var asWritesBlocked)
            ? asWritesBlocked
                ? ConnectorAnswer.WritesBlocked
                : ConnectorAnswer.Error(403, "ConversationBlockedByUser", "User blocked the conversation with the bot.")
            : null;

    internal Fault? Take(TeamsCall call)
    {
        lock (gate)
        {
            if (next.Find(fault => fault.When?.Invoke(call) ?? true) is not { } found)
            {
                return null;
            }

            if (--found.Times <= 0)
            {
                next.Remove(found);
            }

            return found;
        }
    }

    internal (int Status, string Error)? TakeTokenFault()
    {
        lock (gate)
        {
            return tokensToFail > 0 && tokensToFail-- > 0 ? tokenFault : null;
        }
    }

    internal int? TakeMetadataFault()
    {
        lock (gate)
        {
            return metadataToFail > 0 && metadataToFail-- > 0 ? metadataStatus : null;
        }
    }

    private void Add(Fault fault)
    {
        lock (gate)
        {
            next.Add(fault);
        }
    }

    internal enum FaultKind
    {
        Answer,
        AnswerAfter,
        DropBefore,
        DropAfter,
        Hang,
    }

    internal sealed class Fault(FaultKind kind, int times, Func<TeamsCall, bool>? when, ConnectorAnswer? answer)
    {
        public FaultKind Kind { get; } = kind;

        public int Times { get; set; } = times;

        public Func<TeamsCall, bool>? When { get; } = when;

        public ConnectorAnswer? Answer { get; } = answer;
    }
}
