using System.Net.Http.Headers;

namespace Teams.Protocol.Connector;

/// <summary>What a call is, as far as trying it again goes.</summary>
internal enum CallKind
{
    /// <summary>Makes something new: done twice it is there twice, and the service takes no key that would prevent it.</summary>
    Create,

    /// <summary>Ends in the same state however often it is done.</summary>
    Change,

    Read,
}

/// <summary>One call to the connector.</summary>
internal readonly record struct ConnectorCall(CallKind Kind, HttpMethod Method, Uri Url, string Lane, ReadOnlyMemory<byte> Body);

/// <summary>
/// Sends requests with the bot's token, one at a time for each conversation, and tries again what may be tried again for some seconds.
/// Written as a loop and not as a pipeline of strategies: every rule below looks at the kind of call and at the answer at once.
/// </summary>
internal sealed class ConnectorTransport : IDisposable
{
    private const int LargestError = 64 * 1024;
    private const int LargestAnswer = 4 * 1024 * 1024;

    private readonly ConnectorCredentials credentials;
    private readonly ConnectorLimits limits;
    private readonly TimeProvider clock;
    private readonly HttpMessageInvoker http = ServiceHttp.Create();

    public ConnectorTransport(ConnectorCredentials credentials, ConnectorLimits limits, TimeProvider clock)
    {
        this.credentials = credentials;
        this.limits = limits;
        this.clock = clock;
        Lanes = new ConversationLanes(limits, clock);
    }

    public ConversationLanes Lanes { get; }

    /// <summary>The body of a successful answer.</summary>
    /// <exception cref="ConnectorException">Everything else.</exception>
    public async Task<ReadOnlyMemory<byte>> SendAsync(ConnectorCall call, CancellationToken cancellationToken)
    {
        var started = clock.GetUtcNow();
        using var turn = await Lanes.EnterAsync(call.Lane, call.Kind is CallKind.Read, limits.Patience, cancellationToken);
        var pause = limits.FirstPause;
        var tokenRenewed = false;
        var mayAlreadyBeDone = false;
        while (true)
        {
            var outcome = await AttemptAsync(call, cancellationToken);
            if (outcome.Failure is not { } failure)
            {
                return outcome.Body;
            }

            if (failure.Fault is ConnectorFault.NotFound && mayAlreadyBeDone && call.Method == HttpMethod.Delete)
            {
                return default; // An attempt whose answer got lost has deleted it.
            }

            if (failure.Status is 401 && !tokenRenewed && credentials.Drop(outcome.Token))
            {
                tokenRenewed = true;
                continue;
            }

            if (!MayTryAgain(call.Kind, failure))
            {
                throw failure;
            }

            var wait = failure.RetryAfter ?? ServiceHttp.Jitter(pause);
            if (clock.GetUtcNow() - started + wait > limits.Patience)
            {
                throw failure;
            }

            mayAlreadyBeDone |= failure.Status is not (429 or 412);
            pause *= 2;
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>A create that may have happened is never repeated here: whether twice is worse than not at all, the product knows.</summary>
    private static bool MayTryAgain(CallKind kind, ConnectorException failure) =>
        failure.Status switch
        {
            429 or 412 => true,
            408 or 502 or 503 or 504 => kind is not CallKind.Create,
            null => kind is not CallKind.Create && failure.Fault is ConnectorFault.Unavailable,
            _ => false,
        };

    private async Task<Outcome> AttemptAsync(ConnectorCall call, CancellationToken cancellationToken)
    {
        var token = await credentials.GetAsync(cancellationToken);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limits.Attempt);
        using var request = Request(call, token);
        try
        {
            using var response = await http.SendAsync(request, timeout.Token);
            if (response.IsSuccessStatusCode)
            {
                return new Outcome(await ReadAnswerAsync(call, response, timeout.Token), null, token);
            }

            var body = await ServiceHttp.ReadAsync(response.Content, LargestError, timeout.Token);
            var retryAfter = ConnectorError.ReadRetryAfter(response.Headers.RetryAfter, clock.GetUtcNow());
            var code = ConnectorError.ReadCode(body);
            return new Outcome(
                default,
                ConnectorError.ToException(response.StatusCode, code, retryAfter, call.Kind is CallKind.Create),
                token
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Outcome(default, Unavailable(call, "The connector did not answer in time.", neverSent: false, null), token);
        }
        catch (HttpRequestException broken)
        {
            // Only while connecting is it certain that nothing was sent.
            var neverSent =
                broken.HttpRequestError
                is HttpRequestError.ConnectionError
                    or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError;
            return new Outcome(default, Unavailable(call, "The connection to the connector failed.", neverSent, broken), token);
        }
        catch (IOException broken)
        {
            return new Outcome(default, Unavailable(call, "The connection to the connector broke.", neverSent: false, broken), token);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAnswerAsync(
        ConnectorCall call,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await ServiceHttp.ReadAsync(response.Content, LargestAnswer, cancellationToken);
        }
        catch (Exception lost)
            when (call.Kind is not CallKind.Read && lost is HttpRequestException or IOException or OperationCanceledException)
        {
            return default; // The status says that it was done; only the id got lost.
        }
    }

    private static ConnectorException Unavailable(ConnectorCall call, string message, bool neverSent, Exception? inner) =>
        new(ConnectorFault.Unavailable, message, inner) { MayHaveHappened = call.Kind is CallKind.Create && !neverSent };

    private static HttpRequestMessage Request(ConnectorCall call, BearerToken? token)
    {
        var request = new HttpRequestMessage(call.Method, call.Url);
        if (token is not null)
        {
            request.Headers.Authorization = token.Header;
        }

        if (!call.Body.IsEmpty)
        {
            request.Content = new ReadOnlyMemoryContent(call.Body) { Headers = { ContentType = JsonContentType } };
        }

        return request;
    }

    private static MediaTypeHeaderValue JsonContentType { get; } = new("application/json", "utf-8");

    private readonly record struct Outcome(ReadOnlyMemory<byte> Body, ConnectorException? Failure, BearerToken? Token);
}
