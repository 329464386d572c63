using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DocSpace.Api.Http;
using DocSpace.Api.Wire;

namespace DocSpace.Api;

/// <summary>
/// The calls of a DocSpace portal (server 3.2 to 3.7.2) that bring people in and look after them. Every method throws <see cref="DocSpaceException"/>
/// with the facts of what went wrong, or <see cref="OperationCanceledException"/> when its token was cancelled. Reads are repeated a little (45 s in
/// all); calls that change something are sent once. Safe for use by many at once; at most <see cref="DocSpaceOptions.MaxConcurrency"/> calls are under
/// way, the others wait.
/// </summary>
public sealed partial class DocSpaceClient : IDisposable
{
    private const string Root = "api/2.0/";

    private readonly HttpClient _http;
    private readonly string _authorization;
    private readonly TimeProvider _clock;

    internal DocSpaceClient(HttpMessageHandler handler, DocSpaceOptions options, TimeProvider clock)
    {
        // The pipeline keeps the times; its reads are within the attempt.
        _http = new HttpClient(handler) { BaseAddress = Prefix(options.BaseUrl), Timeout = Timeout.InfiniteTimeSpan };
        _authorization = $"Bearer {options.ApiKey}";
        _clock = clock;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>One call whose answer says nothing of use; it must still look like the portal's.</summary>
    internal async Task SendAsync(Call call, CancellationToken cancellationToken)
    {
        using var response = await AnswerAsync(call, cancellationToken);
        var body = (BoundedBody)response.Content;

        // The answer to an invitation lists everybody who is pending, so being too long to keep is no sign of failure.
        if (!(body.IsCut ? body.Bytes.AsSpan().TrimStart(" \r\n\t"u8).StartsWith("{"u8) : IsJsonObject(body.Bytes)))
        {
            throw new DocSpaceException(Problems.Unreadable(call, response.StatusCode));
        }
    }

    /// <summary>One call and its answer out of the envelope; the response is null where the portal left it out.</summary>
    internal async Task<Envelope<T>> SendAsync<T>(Call call, JsonTypeInfo<Envelope<T>> type, CancellationToken cancellationToken)
    {
        using var response = await AnswerAsync(call, cancellationToken);
        var body = (BoundedBody)response.Content;

        if (!body.IsCut)
        {
            try
            {
                if (JsonSerializer.Deserialize(WithoutMark(body.Bytes), type) is { } envelope)
                {
                    return envelope;
                }
            }
            catch (JsonException)
            {
                // Its message quotes the body: told below in our own words.
            }
        }

        throw new DocSpaceException(Problems.Unreadable(call, response.StatusCode));
    }

    private static Call Get(string path) => new(HttpMethod.Get, path);

    private static byte[] Json<T>(T body, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(body, type);

    private static DocSpaceException Unreadable(Call call) => new(Problems.Unreadable(call, System.Net.HttpStatusCode.OK));

    private static Uri Prefix(string baseUrl)
    {
        // The guides write the URL with the API's path, the browser shows it without.
        var url = $"{baseUrl.Trim().TrimEnd('/')}/";
        return new Uri(url.EndsWith($"/{Root}", StringComparison.OrdinalIgnoreCase) ? url[..^Root.Length] : url);
    }

    private async Task<HttpResponseMessage> AnswerAsync(Call call, CancellationToken cancellationToken)
    {
        using var request = Request(call);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && Problems.OfFault(call, fault) is not null)
        {
            throw new DocSpaceException(Problems.OfFault(call, fault)!);
        }

        var body = (BoundedBody)response.Content;
        if (response.IsSuccessStatusCode && body.Headers.ContentType?.MediaType != "text/html")
        {
            return response;
        }

        using (response)
        {
            throw new DocSpaceException(Problems.Of(call, response, body, _clock.GetUtcNow()));
        }
    }

    private HttpRequestMessage Request(Call call)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(Root + call.Path, UriKind.Relative));
        request.Options.Set(Call.Key, call);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        if (call.WithKey)
        {
            // "Bearer", one space, the key: every other way to send it is a 401 (BaseStartup.cs:525).
            request.Headers.TryAddWithoutValidation("Authorization", _authorization);
        }

        if (call.IsWrite)
        {
            // Even an empty body counts as one: without, .NET itself sends a POST up to four times when a kept connection closes.
            request.Content = new ByteArrayContent(call.Body ?? []);
            request.Content.Headers.ContentType = call.Body is null ? null : new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    private static bool IsJsonObject(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body.AsMemory(body.Length - WithoutMark(body).Length));
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(byte[] body) => body.AsSpan().StartsWith("\uFEFF"u8) ? body.AsSpan(3) : body;
}
