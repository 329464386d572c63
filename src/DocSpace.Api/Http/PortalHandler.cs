using Microsoft.Extensions.Logging;

namespace DocSpace.Api.Http;

/// <summary>Sends a request through the <see cref="PortalPipeline"/> and brings its body into memory, within the attempt's timeout.</summary>
internal sealed partial class PortalHandler(PortalPipeline pipeline, ILogger<PortalHandler> logger) : DelegatingHandler
{
    /// <summary>The handler with the connections under it: no cookies (a cookie would win over the key, <c>BaseStartup.cs:513</c>) and no redirects.</summary>
    public static PortalHandler Over(PortalPipeline pipeline, ILogger<PortalHandler> logger) =>
        new(pipeline, logger)
        {
            InnerHandler = new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = System.Net.DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            },
        };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(Call.Key, out var call))
        {
            throw new InvalidOperationException("A request of the portal without its call.");
        }

        return pipeline.ExecuteAsync(call, token => SendOnceAsync(request, call, token), cancellationToken);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, Call call, CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        call.WasSent = true;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
            response.Content = await BoundedBody.ReadAsync(response.Content, cancellationToken);
        }
        catch (Exception e)
        {
            // The exception's own words hold the portal's address.
            Log.Failed(logger, call.Method, call.Route, (e as HttpRequestException)?.HttpRequestError.ToString() ?? e.GetType().Name);
            response?.Dispose();
            throw;
        }

        Log.Answered(logger, call.Method, call.Route, (int)response.StatusCode);
        return response;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "DocSpace answered {Method} {Route} with {Status}.")]
        public static partial void Answered(ILogger logger, HttpMethod method, string route, int status);

        [LoggerMessage(LogLevel.Information, "DocSpace gave no answer to {Method} {Route}: {Reason}.")]
        public static partial void Failed(ILogger logger, HttpMethod method, string route, string reason);
    }
}
