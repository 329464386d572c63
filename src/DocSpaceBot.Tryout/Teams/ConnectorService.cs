using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>One call under way.</summary>
internal sealed record ConnectorRequest(TeamsCall Call, HttpContext Context, string ConversationId, string? ActivityId, JsonDocument? Body)
{
    public JsonElement Activity => Body!.RootElement;

    public string? Query(string name) => Context.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;
}

/// <summary>Everything around a call to the connector: hooks, the bot's token, faults, limits, the record of calls.</summary>
internal sealed class ConnectorService(
    TeamsSetup setup,
    TeamsDirectory directory,
    IdentityEndpoints identity,
    TeamsFaults faults,
    ChangeSignal changes,
    CancellationToken stopping
)
{
    private readonly ConcurrentQueue<TeamsCall> calls = new();
    private readonly SendLimits? limits = setup.RateLimits ? new(setup.Clock) : null;
    private long count;

    public IReadOnlyList<TeamsCall> Calls => [.. calls];

    public long Count => Interlocked.Read(ref count);

    /// <summary>Raised with every call, before anything is decided.</summary>
    public Func<TeamsCall, Task>? BeforeCall { get; set; }

    /// <summary>Raised after the effect, before the answer leaves.</summary>
    public Func<TeamsCall, Task>? AfterCall { get; set; }

    public RequestDelegate Route(Func<ConnectorRequest, ConnectorAnswer> handle, bool isRead = false, bool hasBody = false) =>
        context => ServeAsync(context, handle, isRead, hasBody);

    /// <summary>A question to Microsoft Graph, with hooks, faults and record like every call; its limits are others.</summary>
    public RequestDelegate GraphRoute(Func<ConnectorRequest, ConnectorAnswer> handle) =>
        async context =>
        {
            await Task.Delay(faults.GraphSlow, setup.Clock, context.RequestAborted);
            await ServeAsync(context, handle, isRead: true, hasBody: false);
        };

    private async Task ServeAsync(HttpContext context, Func<ConnectorRequest, ConnectorAnswer> handle, bool isRead, bool hasBody)
    {
        var request = context.Request;
        var (body, refusal) = hasBody ? await ReadAsync(request) : default;
        var call = new TeamsCall(request.Method, request.Path.Value!, request.QueryString.Value ?? "", setup.Clock.GetUtcNow())
        {
            ConversationId = (string?)request.RouteValues["cid"],
            ActivityId = (string?)request.RouteValues["aid"],
            Body = body?.RootElement,
        };

        var written = setup.RefuseConcurrentWrites && !isRead ? directory.ByConversationId(call.ConversationId ?? "") : null;
        var isAlone = written?.TryBeginWrite() ?? true;
        try
        {
            await (BeforeCall?.Invoke(call) ?? Task.CompletedTask);

            refusal = Refusal(request.Headers.Authorization, call) ?? refusal;

            var fault = refusal is null ? faults.Take(call) : null;
            if (fault?.Kind is TeamsFaults.FaultKind.Hang or TeamsFaults.FaultKind.DropBefore)
            {
                await BreakOffAsync(context, call, hang: fault.Kind is TeamsFaults.FaultKind.Hang);
                return;
            }

            var answer =
                refusal
                ?? (fault?.Kind is TeamsFaults.FaultKind.Answer ? fault.Answer : null)
                ?? (isAlone ? null : ConnectorAnswer.Concurrent)
                ?? Limited(call, isRead)
                ?? handle(new(call, context, call.ConversationId ?? "", call.ActivityId, body));

            if (fault?.Kind is TeamsFaults.FaultKind.AnswerAfter)
            {
                answer = fault.Answer! with { Afterwards = answer.Afterwards };
            }

            await AnswerAsync(context, call with { Status = answer.Status }, answer, drop: fault?.Kind is TeamsFaults.FaultKind.DropAfter);
        }
        finally
        {
            written?.EndWrite();
            if (!setup.KeepMessages)
            {
                body?.Dispose();
            }
        }
    }

    private async Task AnswerAsync(HttpContext context, TeamsCall call, ConnectorAnswer answer, bool drop)
    {
        await (AfterCall?.Invoke(call) ?? Task.CompletedTask);

        if (drop)
        {
            await BreakOffAsync(context, call with { Status = null }, hang: false);
        }
        else
        {
            Record(call);
            await answer.WriteAsync(context);
        }

        answer.Afterwards?.Invoke();
    }

    private async Task BreakOffAsync(HttpContext context, TeamsCall call, bool hang)
    {
        Record(call);
        if (hang)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        context.Abort();
    }

    private ConnectorAnswer? Refusal(string? authorization, TeamsCall call) =>
        call.IsGraph
            ? identity.Accepts(authorization, IdentityEndpoints.GraphResource)
                ? null
                : ConnectorAnswer.Error(401, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience.")
            : identity.Accepts(authorization, IdentityEndpoints.ConnectorResource)
                ? null
                : ConnectorAnswer.Unauthorized;

    private ConnectorAnswer? Limited(TeamsCall call, bool isRead) =>
        limits is not null
        && !call.IsGraph
        && (isRead || call.Method == "POST")
        && limits.TryTake(call.ConversationId ?? "", isRead) is { } wait
            ? ConnectorAnswer.Throttled(wait)
            : null;

    private void Record(TeamsCall call)
    {
        Interlocked.Increment(ref count);
        if (setup.KeepMessages)
        {
            calls.Enqueue(call);
        }

        changes.Raise();
    }

    private static async Task<(JsonDocument? Body, ConnectorAnswer? Refusal)> ReadAsync(HttpRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>((int)Math.Clamp(request.ContentLength ?? 4096, 256, 4 * ActivityRules.MaxBytes));
        int read;
        while ((read = await request.Body.ReadAsync(buffer.GetMemory(4096), request.HttpContext.RequestAborted)) > 0)
        {
            buffer.Advance(read);
            if (buffer.WrittenCount > 4 * ActivityRules.MaxBytes)
            {
                return (null, ConnectorAnswer.TooBig);
            }
        }

        if (ActivityRules.IsTooBig(buffer.WrittenSpan))
        {
            return (null, ConnectorAnswer.TooBig);
        }

        try
        {
            return (JsonDocument.Parse(buffer.WrittenMemory), null);
        }
        catch (JsonException)
        {
            return (null, ConnectorAnswer.InvalidInput);
        }
    }
}
