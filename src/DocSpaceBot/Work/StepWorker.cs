using System.Collections.Concurrent;
using System.Globalization;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Work;

/// <summary>
/// Takes due steps and runs them, several at a time. A lease keeps other instances away from a step while it runs; when this process
/// dies the lease ends and another takes the step. Faults are tried again with growing gaps, and given up after <see cref="MostAttempts"/>.
/// </summary>
internal sealed partial class StepWorker(
    StepQueue queue,
    WorkSignal signal,
    IServiceProvider services,
    TimeProvider clock,
    ILogger<StepWorker> logger
) : BackgroundService
{
    /// <summary>With the gaps between them about a day: longer than any outage that people still wait for the answer of.</summary>
    public const int MostAttempts = 100;

    private const int MostAttemptsInDoubt = 5;

    private const int MostAtOnce = 32;

    /// <summary>Answers in a chat have places of their own, so that a slow portal does not hold them up.</summary>
    private const int MostHandedOver = 256;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SettleAgainAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<(string Kind, string Subject), Run> running = new();
    private readonly Lock starting = new();
    private readonly WorkSignal finished = new();
    private volatile bool looking = true;
    private int taken;
    private int handedOver;

    /// <summary>Completes when no step is due and none is running, at the time of the clock.</summary>
    public async Task WhenIdleAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = finished.Next;

            // Whoever looks or runs says so when it is through; to wake the worker before would only have it look round and round.
            if (!looking && running.IsEmpty)
            {
                if (await queue.NextDueAsync(cancellationToken) is not { } due || due > clock.GetUtcNow())
                {
                    return;
                }

                signal.Pulse();
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await queue.SeedAsync(stoppingToken);
        using var renewal = new PeriodicTimer(Lease / 3, clock);
        var renewing = RenewAsync(renewal, stoppingToken);
        queue.ReceiveAtOnce(Lease, () => Volatile.Read(ref handedOver) < MostHandedOver, step => Receive(step, stoppingToken));

        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.Next;
            looking = true;

            try
            {
                if (await TakeAndStartAsync(stoppingToken))
                {
                    continue;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // Storage is away. Everything is still there when it is back.
                Log.CannotTake(logger, e.GetType().Name);
            }

            looking = false;
            finished.Pulse();
            await WaitAsync(next, stoppingToken);
        }

        queue.StopReceiving();
        await renewing;
    }

    private void Receive(DueStep step, CancellationToken stopping)
    {
        lock (starting)
        {
            if (!running.TryAdd((step.Kind, step.Subject), new() { IsHandedOver = true }))
            {
                return;
            }
        }

        Interlocked.Increment(ref handedOver);
        _ = RunAsync(step, stopping);
    }

    /// <summary>True when it is worth looking again at once.</summary>
    private async Task<bool> TakeAndStartAsync(CancellationToken cancellationToken)
    {
        var free = MostAtOnce - Volatile.Read(ref taken);

        if (free <= 0)
        {
            return false;
        }

        var steps = await queue.TakeAsync(free, Lease, cancellationToken);

        foreach (var step in steps)
        {
            Start(step, cancellationToken);
        }

        return steps.Count == free;
    }

    private void Start(DueStep step, CancellationToken cancellationToken)
    {
        lock (starting)
        {
            if (running.TryGetValue((step.Kind, step.Subject), out var run))
            {
                // Settled and due again, a moment before it is out of the running. If it is not being settled, a clock that was moved
                // far has made the lease end while the step still runs here.
                run.Again = run.IsSettling ? step : null;
                return;
            }

            running[(step.Kind, step.Subject)] = new();
        }

        Interlocked.Increment(ref taken);
        _ = RunAsync(step, cancellationToken);
    }

    private void End(DueStep step, CancellationToken stopping)
    {
        Run? run;

        lock (starting)
        {
            running.TryRemove((step.Kind, step.Subject), out run);
        }

        if (run is { IsHandedOver: true })
        {
            Interlocked.Decrement(ref handedOver);
        }
        else if (Interlocked.Decrement(ref taken) == MostAtOnce - 1)
        {
            signal.Pulse();
        }

        if (run?.Again is { } again)
        {
            Start(again, stopping);
        }

        finished.Pulse();
    }

    private async Task WaitAsync(Task next, CancellationToken cancellationToken)
    {
        try
        {
            var wait = LongestWait;

            if (
                Volatile.Read(ref taken) < MostAtOnce
                && await queue.NextDueAsync(cancellationToken) is { } due
                && due - clock.GetUtcNow() < wait
            )
            {
                wait = due - clock.GetUtcNow();
            }

            if (wait > TimeSpan.Zero)
            {
                await next.WaitAsync(wait, clock, cancellationToken);
            }
        }
        catch (TimeoutException)
        {
            // Time to look.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.CannotTake(logger, e.GetType().Name);
            await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (OperationCanceledException)
        {
            // Stopping; the loop sees it.
        }
    }

    private async Task RunAsync(DueStep step, CancellationToken stopping)
    {
        try
        {
            await Task.Yield();
            var result = await DoAsync(step, stopping);
            running[(step.Kind, step.Subject)].IsSettling = true;

            // While storage is away the step stays ours, so that what has been done is not done again.
            while (!await TrySettleAsync(step, result, stopping))
            {
                await Task.Delay(SettleAgainAfter, clock, stopping);
            }
        }
        catch (Exception e)
        {
            // Not settled: the lease ends by itself and the step is done again.
            if (!stopping.IsCancellationRequested)
            {
                Log.CannotSettle(logger, step.Kind, step.Subject, e.GetType().Name);
            }
        }
        finally
        {
            End(step, stopping);
        }
    }

    private async Task<Result> DoAsync(DueStep step, CancellationToken stopping)
    {
        if (services.GetKeyedService<IStep>(step.Kind) is not { } handler)
        {
            Log.Unknown(logger, step.Kind);
            return new(StepOutcome.Done, null);
        }

        // Not the language of whoever left the step. A step that writes to somebody sets theirs.
        CultureInfo.CurrentUICulture = Language.Usual;

        try
        {
            return new(await handler.RunAsync(step, stopping), null);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            if (!Stays(e) && step.Attempts < MostAttemptsFor(e))
            {
                var wait = RetryAfter(e) ?? Backoff(step.Attempts);
                Log.Failed(logger, step.Kind, step.Subject, step.Attempts, wait.TotalSeconds, Describe(e));
                return new(null, wait);
            }

            Log.GivenUp(logger, step.Kind, step.Subject, step.Attempts, Describe(e));
            await handler.GiveUpAsync(step, e, stopping);
            return new(StepOutcome.Done, null);
        }
    }

    private async Task<bool> TrySettleAsync(DueStep step, Result result, CancellationToken stopping)
    {
        try
        {
            await SettleAsync(step, result, stopping);
            return true;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            Log.CannotSettle(logger, step.Kind, step.Subject, e.GetType().Name);
            return false;
        }
    }

    private async Task SettleAsync(DueStep step, Result result, CancellationToken stopping)
    {
        switch (result)
        {
            case { Outcome: StepOutcome.GoesOn again }:
                await queue.PostponeAsync(step, again.At, again.CountsAsFailure, stopping);
                break;

            case { Outcome: null, Retry: { } wait }:
                await queue.PostponeAsync(step, clock.GetUtcNow() + wait, countsAsFailure: true, stopping);
                break;

            default:
                await queue.CompleteAsync(step, stopping);
                break;
        }
    }

    private async Task RenewAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                if (running.IsEmpty)
                {
                    continue;
                }

                try
                {
                    await queue.RenewAsync(running.Keys, Lease, stopping);
                }
                catch (Exception e) when (!stopping.IsCancellationRequested)
                {
                    Log.CannotTake(logger, e.GetType().Name);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    /// <summary>A message that may have been posted all the same is posted again only a few times.</summary>
    private static int MostAttemptsFor(Exception e) =>
        e is ConnectorException { MayHaveHappened: true } ? MostAttemptsInDoubt : MostAttempts;

    /// <summary>A fault that trying again does not mend.</summary>
    private static bool Stays(Exception e) =>
        e
            is ConnectorException
            {
                Fault: ConnectorFault.NotAllowed
                    or ConnectorFault.Unreachable
                    or ConnectorFault.NotFound
                    or ConnectorFault.TooBig
                    or ConnectorFault.Invalid,
            };

    private static TimeSpan? RetryAfter(Exception e) =>
        e switch
        {
            ConnectorException { RetryAfter: { } wait } => wait,
            DocSpaceException { Problem.RetryAfter: { } wait } => wait,
            _ => null,
        };

    /// <summary>2 s, 4 s, 8 s … up to 15 minutes.</summary>
    public static TimeSpan Backoff(int attempts)
    {
        var wait = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempts, 10)));
        return wait < LongestBackoff ? wait : LongestBackoff;
    }

    /// <summary>What may stand in a log: our own exceptions hold no personal data, of others only the kind is told.</summary>
    private static string Describe(Exception e) => e is ConnectorException or DocSpaceException ? e.Message : e.GetType().Name;

    /// <summary>A step that is being done here.</summary>
    private sealed class Run
    {
        public volatile bool IsSettling;

        /// <summary>It came with the unit that added it and has a place of its own.</summary>
        public bool IsHandedOver { get; init; }

        /// <summary>The same step, taken once more.</summary>
        public DueStep? Again { get; set; }
    }

    private sealed record Result(StepOutcome? Outcome, TimeSpan? Retry);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Step {Kind} of {Subject} failed at attempt {Attempt}; next in {Seconds} s: {Fault}")]
        public static partial void Failed(ILogger logger, string kind, string subject, int attempt, double seconds, string fault);

        [LoggerMessage(LogLevel.Error, "Step {Kind} of {Subject} was given up after {Attempt} attempts: {Fault}")]
        public static partial void GivenUp(ILogger logger, string kind, string subject, int attempt, string fault);

        [LoggerMessage(LogLevel.Warning, "Step {Kind} of {Subject} could not be settled: {Fault}")]
        public static partial void CannotSettle(ILogger logger, string kind, string subject, string fault);

        [LoggerMessage(LogLevel.Error, "No handler for step {Kind}; it was dropped.")]
        public static partial void Unknown(ILogger logger, string kind);

        [LoggerMessage(LogLevel.Error, "Storage cannot be reached: {Fault}")]
        public static partial void CannotTake(ILogger logger, string fault);
    }
}
