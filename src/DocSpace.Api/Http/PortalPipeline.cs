using System.Net;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace DocSpace.Api.Http;

/// <summary>
/// How calls bear a bad portal, from outside to inside: total timeout, retry, circuit breaker, wait for a free place, attempt timeout, send. The wait
/// stays outside the attempt's timeout, else a queue of our own making would look like a slow portal and open the breaker.
/// </summary>
internal sealed partial class PortalPipeline(int maxConcurrency, TimeProvider clock, ILogger<PortalPipeline> logger)
{
    /// <summary>A longer wait than this is the caller's to plan.</summary>
    public static readonly TimeSpan LongestRetryWait = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(15);

    /// <summary>So many attempts in 30 s, half of them failed, open the breaker.</summary>
    public const int BreakerThroughput = 8;

    private static readonly ResiliencePropertyKey<Call> CallKey = new("DocSpace.Call");

    private readonly ConcurrencyLimit _limit = new(maxConcurrency);
    private ResiliencePipeline<HttpResponseMessage>? _pipeline;

    private ResiliencePipeline<HttpResponseMessage> Pipeline => LazyInitializer.EnsureInitialized(ref _pipeline, Build);

    public async Task<HttpResponseMessage> ExecuteAsync(
        Call call,
        Func<CancellationToken, Task<HttpResponseMessage>> send,
        CancellationToken cancellationToken
    )
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(CallKey, call);
            return await Pipeline.ExecuteAsync(static async (context, send) => await send(context.CancellationToken), context, send);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipeline<HttpResponseMessage> Build()
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock };
        return builder
            .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = args => ValueTask.FromResult(CallOf(args.Context).TotalTimeout) })
            .AddRetry(
                new RetryStrategyOptions<HttpResponseMessage>
                {
                    MaxRetryAttempts = 2,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = TimeSpan.FromMilliseconds(500),
                    MaxDelay = LongestRetryWait,
                    ShouldHandle = args => ValueTask.FromResult(IsWorthRepeating(CallOf(args.Context), args.Outcome)),
                    DelayGenerator = args => ValueTask.FromResult(AskedWait(args.Outcome)),
                    OnRetry = args =>
                    {
                        Log.Repeating(logger, CallOf(args.Context).Route, args.AttemptNumber + 1, args.RetryDelay, StatusOf(args.Outcome));
                        return default;
                    },
                }
            )
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions<HttpResponseMessage>
                {
                    FailureRatio = 0.5,
                    MinimumThroughput = BreakerThroughput,
                    SamplingDuration = TimeSpan.FromSeconds(30),
                    BreakDuration = BreakDuration,
                    ShouldHandle = args => ValueTask.FromResult(IsPortalDown(args.Outcome)),
                    OnOpened = args =>
                    {
                        Log.Opened(logger, args.BreakDuration);
                        return default;
                    },
                    OnClosed = _ =>
                    {
                        Log.Closed(logger);
                        return default;
                    },
                }
            )
            .AddStrategy(_ => _limit, new ConcurrencyLimitOptions())
            .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = args => ValueTask.FromResult(CallOf(args.Context).AttemptTimeout) })
            .Build();
    }

    // Only reads: an invitation that was cut off may have mailed, a resend spends one of five in 15 minutes, and a rejected invitation still costs
    // its share of the daily limit.
    private bool IsWorthRepeating(Call call, Outcome<HttpResponseMessage> outcome) =>
        !call.IsWrite
        && (
            outcome.Result is { } response
                ? IsPassing(response.StatusCode) && !(Waits.After(response, clock.GetUtcNow()) > LongestRetryWait)
                : outcome.Exception is HttpRequestException or IOException or TimeoutRejectedException
        );

    private TimeSpan? AskedWait(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } response ? Waits.After(response, clock.GetUtcNow()) : null;

    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    // A plain 500 is the portal's way of refusing some values (an address linked to another sign-in): no reason to stop calling.
    private static bool IsPortalDown(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } response
            ? response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            : outcome.Exception is HttpRequestException or IOException or TimeoutRejectedException;

    private static int StatusOf(Outcome<HttpResponseMessage> outcome) => (int?)outcome.Result?.StatusCode ?? 0;

    private static Call CallOf(ResilienceContext context) => context.Properties.GetValue(CallKey, null!);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Repeating DocSpace call {Route} (repeat {Attempt}) in {Delay}: status {Status}.")]
        public static partial void Repeating(ILogger logger, string route, int attempt, TimeSpan delay, int status);

        [LoggerMessage(LogLevel.Warning, "DocSpace keeps failing: no calls for {BreakDuration}.")]
        public static partial void Opened(ILogger logger, TimeSpan breakDuration);

        [LoggerMessage(LogLevel.Information, "DocSpace answers again.")]
        public static partial void Closed(ILogger logger);
    }
}
