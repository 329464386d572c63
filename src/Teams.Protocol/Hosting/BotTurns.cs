using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;

namespace Teams.Protocol.Hosting;

/// <summary>One request is one turn: who is it, what is it, may they, and then the product's handler.</summary>
internal sealed partial class BotTurns(
    IOptions<BotOptions> options,
    BotAuthentication authentication,
    ServiceUrls serviceUrls,
    TimeProvider clock,
    ILogger<BotTurns> logger
)
{
    /// <summary>The channel waits about 15 s and then delivers again; clients give up on a button a little earlier.</summary>
    private static readonly TimeSpan TurnTimeout = TimeSpan.FromSeconds(10);

    private readonly bool isAuthenticated = options.Value.IsAuthenticated;
    private readonly HashSet<string> tenants = new(options.Value.AllowedTenants, StringComparer.OrdinalIgnoreCase);

    public async Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = HttpMethods.Post;
            return;
        }

        VerifiedToken? token = null;
        if (isAuthenticated)
        {
            var verdict = await authentication.CheckAsync(context.Request.Headers.Authorization, context.RequestAborted);
            token = verdict.Token;
            if (token is null)
            {
                Refuse(response, verdict.IsUnknown ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status401Unauthorized, "token");
                return;
            }
        }
        else if (!IsFromThisMachine(context))
        {
            Refuse(response, StatusCodes.Status403Forbidden, "not on loopback");
            return;
        }

        if (!ActivityReader.IsJson(context.Request.ContentType))
        {
            Refuse(response, StatusCodes.Status415UnsupportedMediaType, "content type");
            return;
        }

        LimitBody(context);
        Activity? activity;
        try
        {
            (activity, var status) = await ActivityReader.ReadAsync(context.Request, context.RequestAborted);
            if (activity is null)
            {
                Refuse(response, status, "body");
                return;
            }
        }
        catch (BadHttpRequestException broken)
        {
            Refuse(response, broken.StatusCode, "body");
            return;
        }

        if (WhyNot(activity, token) is { } no)
        {
            Refuse(response, no.Status, no.Reason);
            return;
        }

        await RunAsync(context, activity);
    }

    /// <summary>The claims of the token about the activity first, then whose activity it is, then where an answer would go.</summary>
    private (int Status, string Reason)? WhyNot(Activity activity, VerifiedToken? token)
    {
        if (isAuthenticated && token?.Covers(activity.ChannelId, activity.ServiceUrl) is not true)
        {
            return (StatusCodes.Status401Unauthorized, "endorsement or service URL claim");
        }

        if (tenants.Count > 0 && !IsTenantAllowed(activity))
        {
            return (StatusCodes.Status403Forbidden, "tenant");
        }

        return activity.ServiceUrl is { Length: > 0 } url && !serviceUrls.IsAllowed(url)
            ? (StatusCodes.Status400BadRequest, "service URL")
            : null;
    }

    /// <summary>Conversation and channel data both name the tenant; an activity in which they differ has to please the list twice.</summary>
    private bool IsTenantAllowed(Activity activity)
    {
        var conversation = activity.Conversation?.TenantId;
        var channel = activity.ChannelData?.Tenant?.Id;
        return (conversation is { Length: > 0 } || channel is { Length: > 0 })
            && (string.IsNullOrEmpty(conversation) || tenants.Contains(conversation))
            && (string.IsNullOrEmpty(channel) || tenants.Contains(channel));
    }

    private async Task RunAsync(HttpContext context, Activity activity)
    {
        // Our own time limit and not the request's: a caller who hangs up must not stop an approval half way.
        using var timeout = new CancellationTokenSource(TurnTimeout, clock);
        var handler = context.RequestServices.GetRequiredService<ITurnHandler>();
        InvokeAnswer? answer;
        try
        {
            answer = await handler.OnTurnAsync(activity, timeout.Token);
        }
        catch (Exception failure)
        {
            Log.TurnFailed(logger, activity.IsInvoke, activity.Id, failure.GetType().Name);
            if (!activity.IsInvoke || activity.Name != CardAction.InvokeName)
            {
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            }

            answer = InvokeAnswer.Error(500, "Failed", handler.WhenItFails(activity));
        }

        if (activity.IsInvoke)
        {
            await WriteAsync(context.Response, answer ?? InvokeAnswer.NotImplemented);
        }
    }

    private static async ValueTask WriteAsync(HttpResponse response, InvokeAnswer answer)
    {
        response.StatusCode = answer.HttpStatus;
        response.ContentLength = answer.Body.Length;
        if (!answer.Body.IsEmpty)
        {
            response.ContentType = "application/json; charset=utf-8";
            await response.BodyWriter.WriteAsync(answer.Body, CancellationToken.None);
        }
    }

    /// <summary>
    /// Where nobody is authenticated the start already made sure of loopback addresses; this also turns away pages and tunnels that reach
    /// loopback under another name.
    /// </summary>
    private static bool IsFromThisMachine(HttpContext context) =>
        Loopback.IsHost(context.Request.Host.Host)
        && (context.Connection.LocalIpAddress is not { } local || IPAddress.IsLoopback(local))
        && (context.Connection.RemoteIpAddress is not { } remote || IPAddress.IsLoopback(remote));

    private static void LimitBody(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = ActivityReader.LargestBody;
        }
    }

    private void Refuse(HttpResponse response, int status, string reason)
    {
        Log.Refused(logger, status, reason);
        response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Refused a request with {Status}: {Reason}.")]
        public static partial void Refused(ILogger logger, int status, string reason);

        [LoggerMessage(LogLevel.Error, "The turn of activity {ActivityId} (invoke: {IsInvoke}) failed with {FailureType}.")]
        public static partial void TurnFailed(ILogger logger, bool isInvoke, string? activityId, string failureType);
    }
}
