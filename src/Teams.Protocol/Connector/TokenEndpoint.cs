using System.Globalization;
using System.Net;
using System.Text.Json;
using Teams.Protocol.Hosting;

namespace Teams.Protocol.Connector;

/// <summary>Gets a token for the bot's id and password from Entra.</summary>
/// <remarks>https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow</remarks>
internal sealed class TokenEndpoint(BotOptions options, ConnectorLimits limits, TimeProvider clock) : IDisposable
{
    private const int Attempts = 3;
    private const int LargestAnswer = 64 * 1024;

    private readonly HttpClient http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        }
    )
    {
        Timeout = limits.Attempt,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    /// <summary>What the connector's token is for; each cloud has its own connector.</summary>
    public static string Scope(BotOptions options)
    {
        var host = HostRules.TryReadUrl(options.OpenIdMetadataUrl, out var metadata) ? metadata.Host : "";
        return host.EndsWith(".azure.us", StringComparison.Ordinal) ? "https://api.botframework.us/.default"
            : host.EndsWith(".azure.cn", StringComparison.Ordinal) ? "https://api.botframework.azure.cn/.default"
            : "https://api.botframework.com/.default";
    }

    /// <exception cref="ConnectorException"><see cref="ConnectorFault.Unauthorized"/>: asking again with the same settings is of no use.</exception>
    public async Task<(string Value, TimeSpan Lifetime)> FetchAsync(string tokenUrl, string scope)
    {
        var pause = limits.FirstPause;
        var attempt = 0;
        while (true)
        {
            attempt++;
            try
            {
                return await FetchOnceAsync(tokenUrl, scope);
            }
            catch (ConnectorException failure) when (failure.Fault is not ConnectorFault.Unauthorized && attempt < Attempts)
            {
                var wait = failure.RetryAfter ?? pause;
                if (wait > limits.Patience)
                {
                    throw;
                }

                await Task.Delay(wait, clock, CancellationToken.None);
                pause *= 2;
            }
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<(string Value, TimeSpan Lifetime)> FetchOnceAsync(string tokenUrl, string scope)
    {
        using var form = new FormUrlEncodedContent([
            new("grant_type", "client_credentials"),
            new("client_id", options.MicrosoftAppId),
            new("client_secret", options.MicrosoftAppPassword),
            new("scope", scope),
        ]);
        try
        {
            using var response = await http.PostAsync(new Uri(tokenUrl), form, CancellationToken.None);
            var body = await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
            return response.IsSuccessStatusCode ? ReadToken(body) : throw Refused(response, body);
        }
        catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException)
        {
            throw new ConnectorException(ConnectorFault.Unavailable, "The token service cannot be reached.", broken);
        }
    }

    private ConnectorException Refused(HttpResponseMessage response, byte[] body)
    {
        // Every 4xx except these says that the registration is wrong: AADSTS7000215 (password), AADSTS700016 (no such app), …
        var passes =
            (int)response.StatusCode is >= 500 or < 400 or (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.TooManyRequests;
        var error = ReadError(body);
        return new ConnectorException(
            passes || error == "temporarily_unavailable" ? ConnectorFault.Unavailable : ConnectorFault.Unauthorized,
            string.Create(CultureInfo.InvariantCulture, $"The token service answered {(int)response.StatusCode} {error}.")
        )
        {
            Status = (int)response.StatusCode,
            Code = error,
            RetryAfter = ConnectorError.ReadRetryAfter(response.Headers.RetryAfter, clock.GetUtcNow()),
        };
    }

    private static (string Value, TimeSpan Lifetime) ReadToken(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (
                root.TryGetProperty("access_token"u8, out var token)
                && token.ValueKind is JsonValueKind.String
                && token.GetString() is { Length: > 0 } value
                && !value.AsSpan().ContainsAnyExceptInRange('!', '~')
            )
            {
                return (value, ReadLifetime(root));
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new ConnectorException(ConnectorFault.Unavailable, "The token service's answer is not what it should be.", broken);
        }

        throw new ConnectorException(ConnectorFault.Unavailable, "The token service answered without a token.");
    }

    /// <summary>Seconds, as a number or, from some services, as text.</summary>
    private static TimeSpan ReadLifetime(JsonElement root)
    {
        const double anHour = 3600;
        var seconds = anHour;
        if (root.TryGetProperty("expires_in"u8, out var expires))
        {
            seconds =
                expires.ValueKind is JsonValueKind.Number && expires.TryGetDouble(out var number) ? number
                : expires.ValueKind is JsonValueKind.String
                && double.TryParse(expires.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed)
                    ? parsed
                : anHour;
        }

        return TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 86_400));
    }

    private static string? ReadError(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return
                json.RootElement.ValueKind is JsonValueKind.Object
                && json.RootElement.TryGetProperty("error"u8, out var error)
                && error.ValueKind is JsonValueKind.String
                && error.GetString() is { Length: <= 64 } code
                && !code.AsSpan().ContainsAnyExceptInRange('!', '~')
                ? code
                : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
