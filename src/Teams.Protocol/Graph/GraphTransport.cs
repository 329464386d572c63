using System.Globalization;
using System.Net;
using Teams.Protocol.Connector;

namespace Teams.Protocol.Graph;

/// <summary>
/// Asks with the bot's token, and asks again for some seconds where the service is only unwell. Questions change nothing, so every one may be
/// repeated.
/// </summary>
internal sealed class GraphTransport(GraphCredentials credentials, GraphLimits limits, TimeProvider clock) : IDisposable
{
    private const int LargestAnswer = 64 * 1024;

    private readonly HttpMessageInvoker http = ServiceHttp.Create();

    /// <summary>The body of the answer; null when Graph knows nothing of the kind.</summary>
    /// <exception cref="GraphException">Everything else.</exception>
    public async Task<ReadOnlyMemory<byte>?> GetAsync(string tenantId, Uri url, CancellationToken cancellationToken)
    {
        var shared = credentials.For(tenantId);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(limits.Total);
        try
        {
            return await AskAsync(shared, url, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GraphException(GraphFault.Unavailable, "Microsoft Graph did not answer in time.");
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<ReadOnlyMemory<byte>?> AskAsync(SharedToken? shared, Uri url, CancellationToken cancellationToken)
    {
        var started = clock.GetUtcNow();
        var pause = limits.FirstPause;
        var tokenRenewed = false;
        while (true)
        {
            var token = shared is null ? null : await TokenAsync(shared, cancellationToken);
            var (body, failure) = await AttemptAsync(url, token, cancellationToken);
            if (failure is null)
            {
                return body;
            }

            if (failure.Status is 401 && !tokenRenewed && shared?.Drop(token) is true)
            {
                tokenRenewed = true;
                continue;
            }

            var wait = failure.RetryAfter ?? ServiceHttp.Jitter(pause);
            if (!MayPass(failure) || clock.GetUtcNow() - started + wait > limits.Total)
            {
                throw failure;
            }

            pause *= 2;
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    private static async Task<BearerToken> TokenAsync(SharedToken shared, CancellationToken cancellationToken)
    {
        try
        {
            return await shared.GetAsync(cancellationToken);
        }
        catch (ConnectorException refused)
        {
            // It was asked for often enough where that helps, and it says in our own words what is wrong.
            throw new GraphException(
                refused.Fault is ConnectorFault.Unauthorized ? GraphFault.NotAllowed : GraphFault.Unavailable,
                refused.Message,
                refused
            )
            {
                Status = refused.Status,
                Code = refused.Code,
                RetryAfter = refused.RetryAfter,
            };
        }
    }

    private async Task<(ReadOnlyMemory<byte>? Body, GraphException? Failure)> AttemptAsync(
        Uri url,
        BearerToken? token,
        CancellationToken cancellationToken
    )
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limits.Attempt);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = token?.Header;
        try
        {
            using var response = await http.SendAsync(request, timeout.Token);
            var body = await ServiceHttp.ReadAsync(response.Content, LargestAnswer, timeout.Token);
            return response.IsSuccessStatusCode ? (body, null) : Read(response, ConnectorError.ReadCode(body));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, new GraphException(GraphFault.Unavailable, "Microsoft Graph did not answer in time."));
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return (null, new GraphException(GraphFault.Unavailable, "The connection to Microsoft Graph failed.", broken));
        }
    }

    private (ReadOnlyMemory<byte>? Body, GraphException? Failure) Read(HttpResponseMessage response, string? code)
    {
        // Without a word of Graph's own it is a gateway, or not Graph at all, that knows nothing.
        if (response.StatusCode is HttpStatusCode.NotFound && code is not null)
        {
            return (null, null);
        }

        var status = (int)response.StatusCode;
        var said = code is null ? "" : $" {code}";
        return (
            null,
            new GraphException(Fault(status), string.Create(CultureInfo.InvariantCulture, $"Microsoft Graph answered {status}{said}."))
            {
                Status = status,
                Code = code,
                RetryAfter = ConnectorError.ReadRetryAfter(response.Headers.RetryAfter, clock.GetUtcNow()),
            }
        );
    }

    private static GraphFault Fault(int status) =>
        status switch
        {
            401 or 403 => GraphFault.NotAllowed,
            429 => GraphFault.Throttled,
            408 or 404 => GraphFault.Unavailable,
            >= 400 and < 500 or 501 => GraphFault.Invalid,
            _ => GraphFault.Unavailable, // 5xx, and redirects, which are never followed.
        };

    private static bool MayPass(GraphException failure) =>
        failure.Fault is GraphFault.Throttled || (failure.Fault is GraphFault.Unavailable && failure.Status is null or 408 or >= 500);
}
