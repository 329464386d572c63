using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;

namespace Teams.Protocol.Connector;

/// <summary>
/// One of the bot's own tokens: fetched once for everybody, renewed in the background five minutes before it ends. Wrong settings are said
/// loudly and are not tried again for a minute.
/// </summary>
/// <param name="scope">What the token is for, as the log says it.</param>
internal sealed partial class SharedToken(
    Func<Task<(string Value, TimeSpan Lifetime)>> fetch,
    string scope,
    TimeProvider clock,
    ILogger logger
)
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RefusalPause = TimeSpan.FromMinutes(1);

    /// <summary>A service that refuses every token must not make us fetch one for every call.</summary>
    private static readonly TimeSpan DropPause = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private volatile BearerToken? current;
    private Task<BearerToken>? fetching;
    private ConnectorException? refusal;
    private DateTimeOffset refusedUntil;
    private DateTimeOffset dropAllowedAt;

    /// <summary>A token that is good now.</summary>
    /// <exception cref="ConnectorException"><see cref="ConnectorFault.Unauthorized"/> for wrong settings, <see cref="ConnectorFault.Unavailable"/> for the rest.</exception>
    public ValueTask<BearerToken> GetAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (current is { } token && now < token.ExpiresAt)
        {
            if (now >= token.RenewAt)
            {
                RenewInBackground(now);
            }

            return new(token);
        }

        return new(WaitForTokenAsync(now, cancellationToken));
    }

    /// <summary>After a 401: forgets the token it happened with. False when that was done a moment ago, so a new one would not help.</summary>
    public bool Drop(BearerToken? token)
    {
        lock (gate)
        {
            if (token is null)
            {
                return false;
            }

            if (!ReferenceEquals(current, token))
            {
                return true; // Somebody else dropped it already; there is a newer one or will be.
            }

            var now = clock.GetUtcNow();
            if (now < dropAllowedAt)
            {
                return false;
            }

            dropAllowedAt = now + DropPause;
            current = null;
            return true;
        }
    }

    private async Task<BearerToken> WaitForTokenAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        Task<BearerToken> fetched;
        lock (gate)
        {
            if (current is { } token && now < token.ExpiresAt)
            {
                return token;
            }

            if (refusal is not null && now < refusedUntil)
            {
                throw Again(refusal);
            }

            fetched = FetchOnce();
        }

        return await fetched.WaitAsync(cancellationToken);
    }

    private void RenewInBackground(DateTimeOffset now)
    {
        lock (gate)
        {
            if (refusal is null || now >= refusedUntil)
            {
                _ = FetchOnce();
            }
        }
    }

    private Task<BearerToken> FetchOnce()
    {
        if (fetching is null)
        {
            fetching = Task.Run(FetchAsync, CancellationToken.None);

            // Nobody may be waiting: a failure is logged by the fetch itself, and whoever needs a token next sees it.
            _ = fetching.ContinueWith(
                static task => _ = task.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
        }

        return fetching;
    }

    private async Task<BearerToken> FetchAsync()
    {
        try
        {
            var (value, lifetime) = await fetch();
            var now = clock.GetUtcNow();
            var margin = lifetime < RenewBefore * 2 ? lifetime / 2 : RenewBefore;
            var token = new BearerToken(new AuthenticationHeaderValue("Bearer", value), now + lifetime - margin, now + lifetime);
            lock (gate)
            {
                (current, refusal, fetching) = (token, null, null);
            }

            return token;
        }
        catch (Exception failure)
        {
            var fault =
                failure as ConnectorException ?? new ConnectorException(ConnectorFault.Unavailable, "No token could be had.", failure);
            lock (gate)
            {
                fetching = null;
                refusal = fault;
                refusedUntil = clock.GetUtcNow() + (fault.Fault is ConnectorFault.Unauthorized ? RefusalPause : TimeSpan.FromSeconds(1));
            }

            if (fault.Fault is ConnectorFault.Unauthorized)
            {
                Log.Refused(logger, scope, fault.Status, fault.Code);
            }
            else
            {
                Log.NotFetched(logger, scope, failure.GetType().Name, fault.Status);
            }

            throw fault;
        }
    }

    private static ConnectorException Again(ConnectorException refusal) =>
        new(refusal.Fault, refusal.Message)
        {
            Status = refusal.Status,
            Code = refusal.Code,
            RetryAfter = refusal.RetryAfter,
        };

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Critical,
            "The token service refuses this bot a token for {Scope} ({Status} {Code}): check MicrosoftAppType, MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId."
        )]
        public static partial void Refused(ILogger logger, string scope, int? status, string? code);

        [LoggerMessage(LogLevel.Warning, "The bot got no token for {Scope} ({FailureType}, status {Status}).")]
        public static partial void NotFetched(ILogger logger, string scope, string failureType, int? status);
    }
}
