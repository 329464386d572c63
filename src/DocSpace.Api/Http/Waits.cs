using System.Globalization;
using System.Net;

namespace DocSpace.Api.Http;

/// <summary>How long the portal wants to be left alone.</summary>
internal static class Waits
{
    /// <summary>The longest window there is, a month for hosted plans; what is beyond is a slip of the portal or of a proxy.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>
    /// <c>Retry-After</c> (seconds or date), else <c>X-RateLimit-Reset</c> (Unix seconds), else for a 429 a guess: only the two daily limits say when
    /// they end (<c>BaseStartup.cs:200-412</c>). Null when the answer asks for no wait.
    /// </summary>
    public static TimeSpan? After(HttpResponseMessage response, DateTimeOffset now)
    {
        var asked =
            response.Headers.RetryAfter is { } retryAfter ? retryAfter.Delta ?? (retryAfter.Date - now)
            : response.StatusCode is not HttpStatusCode.TooManyRequests ? null
            : Number(response, "X-RateLimit-Reset") is { } reset and > 0 and < 253402300799
                ? DateTimeOffset.FromUnixTimeSeconds(reset) - now
            : Guess(Number(response, "X-RateLimit-Limit"));

        // A moment that has gone by, by our clock, is a slip too. Who asked at once again would be told the same, round and round.
        return asked switch
        {
            { Ticks: > 0 } wait => wait < Longest ? wait : Longest,
            { } when response.StatusCode is HttpStatusCode.TooManyRequests => Guess(Number(response, "X-RateLimit-Limit")),
            _ => null,
        };
    }

    // The limits are told apart by their size: 5 in 15 minutes for sensitive calls, 15 writes or 50 reads at once, else so many a minute.
    private static TimeSpan Guess(long? limit) =>
        limit switch
        {
            5 => TimeSpan.FromMinutes(15),
            15 or 50 => TimeSpan.FromSeconds(2),
            _ => TimeSpan.FromMinutes(1),
        };

    private static long? Number(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values)
        && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
