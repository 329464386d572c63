using System.Net;
using DocSpace.Api.Wire;
using Polly.CircuitBreaker;
using Polly.Timeout;
using static DocSpace.Api.DocSpaceProblemKind;

namespace DocSpace.Api.Http;

/// <summary>Turns everything that can go wrong with a call into a <see cref="DocSpaceProblem"/>; by status and shape only, never by words.</summary>
internal static class Problems
{
    public static DocSpaceProblem Of(Call call, HttpResponseMessage response, BoundedBody body, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var mediaType = body.Headers.ContentType?.MediaType;
        var shape = ErrorShape.Read(body.Bytes, mediaType);

        return new DocSpaceProblem(KindOf(call, response.StatusCode, shape))
        {
            HttpStatus = status,
            RetryAfter = Waits.After(response, now),
            MayHaveHappened =
                call.IsWrite && (status is >= 500 or 408 or < 300 || (call.MayStopHalfway && shape.Kind == ErrorShapeKind.Envelope)),
            IsIpRestriction = status == 403 && shape.Kind == ErrorShapeKind.Text && mediaType == "text/plain",
            Fields = shape.Fields,
            Reference = shape.TraceId,
        };
    }

    /// <summary>A success that cannot be read.</summary>
    public static DocSpaceProblem Unreadable(Call call, HttpStatusCode status) =>
        new(Unknown) { HttpStatus = (int)status, MayHaveHappened = call.IsWrite };

    /// <summary>Null for a fault that is not the portal's.</summary>
    public static DocSpaceProblem? OfFault(Call call, Exception fault) =>
        fault switch
        {
            BrokenCircuitException broken => new DocSpaceProblem(PortalUnavailable)
            {
                RetryAfter = broken.RetryAfter ?? PortalPipeline.BreakDuration,
            },
            HttpRequestException { HttpRequestError: var error } when NeverLeft(error) => new DocSpaceProblem(PortalUnavailable),

            // Seen as a cancellation when connecting took too long.
            HttpRequestException or IOException or TimeoutRejectedException or OperationCanceledException => new DocSpaceProblem(
                PortalUnavailable
            )
            {
                MayHaveHappened = call.IsWrite && call.WasSent,
            },
            _ => null,
        };

    private static bool NeverLeft(HttpRequestError error) =>
        error
            is HttpRequestError.ConnectionError
                or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError;

    private static DocSpaceProblemKind KindOf(Call call, HttpStatusCode status, ErrorShape shape) =>
        ((int)status, shape.Kind) switch
        {
            (429, _) => LimitReached,
            (401, _) => NotAuthorised,

            // The portal itself never answers in HTML: a proxy, a firewall or a maintenance page did.
            (_, ErrorShapeKind.Html) => PortalUnavailable,

            (400, ErrorShapeKind.Validation) when shape.Fields is ["Invitations"] => LimitReached,
            (400 or 413 or 414 or 415 or 422, _) => Invalid,

            (402, ErrorShapeKind.Envelope) => IsUnpaid(shape) ? PortalUnpaid : SeatsFull,
            (402, _) => PortalUnpaid,

            (403, ErrorShapeKind.Empty) => ScopeMissing,

            // On calls that need no key, a key that is too narrow; elsewhere a portal that is being restored or moved.
            (403, ErrorShapeKind.Problem) => call.IsOpenToAll && call.WithKey ? ScopeMissing : PortalUnavailable,
            (403, _) => Forbidden,

            (404, ErrorShapeKind.Empty) => CallMissing,
            (404, ErrorShapeKind.Envelope or ErrorShapeKind.OtherJson) => NotFound,

            // A suspended or removed portal answers like this to everything.
            (404, _) => PortalUnavailable,

            (405, _) => CallMissing,
            (409, _) => Conflict,

            // An exception nobody foresaw, after who knows what was done.
            (500, ErrorShapeKind.Envelope) when call.IsWrite => Unknown,
            (408 or >= 500, _) => PortalUnavailable,
            (>= 300 and < 400, _) => PortalUnavailable,
            _ => Unknown,
        };

    private static bool IsUnpaid(ErrorShape shape) => shape.ErrorType?.EndsWith("BillingException", StringComparison.Ordinal) == true;
}
