using System.Buffers;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DocSpaceBot.FollowUps;

/// <summary>
/// <c>/api/docspace/webhook</c>: the portal says that something has happened to somebody. It is believed nothing but whom to look at, so that a repeated, late
/// or overtaken event does no harm. Never answers 410, at which DocSpace deletes the webhook.
/// </summary>
internal sealed partial class TakeWebhook(
    InvitationStore invitations,
    Database database,
    IOptions<DocSpaceOptions> options,
    TimeProvider clock,
    ILogger<TakeWebhook> logger
)
{
    public const string Path = "/api/docspace/webhook";

    /// <summary>An event about a person is 1 to 2 KB.</summary>
    public const int LargestBody = 64 * 1024;

    private const string Deleted = "user.deleted";

    public async Task AnswerAsync(HttpContext context)
    {
        var status = await StatusAsync(context);
        context.Response.StatusCode = status;

        if (status == StatusCodes.Status405MethodNotAllowed)
        {
            context.Response.Headers.Allow = $"{HttpMethods.Head}, {HttpMethods.Post}";
        }
    }

    private async Task<int> StatusAsync(HttpContext context)
    {
        var request = context.Request;

        // The portal asks so, without a signature, whenever the webhook is registered or switched on.
        if (HttpMethods.IsHead(request.Method))
        {
            return StatusCodes.Status200OK;
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            return StatusCodes.Status405MethodNotAllowed;
        }

        if (options.Value.WebhookSecret.Length == 0)
        {
            return Refuse(StatusCodes.Status404NotFound, "webhooks are not taken while DocSpace:WebhookSecret is empty");
        }

        if (!IsJson(request.ContentType))
        {
            return Refuse(StatusCodes.Status415UnsupportedMediaType, "content type");
        }

        if (request.ContentLength > LargestBody)
        {
            return Refuse(StatusCodes.Status413PayloadTooLarge, "body");
        }

        var signature = request.Headers[WebhookSignature.Header];

        // One who does not even try is not listened to.
        if (signature.Count != 1)
        {
            return Refuse(StatusCodes.Status401Unauthorized, "no signature");
        }

        byte[] body;
        try
        {
            LimitBody(context);
            body = await ReadAsync(request, context.RequestAborted);
        }
        catch (BadHttpRequestException broken)
        {
            return Refuse(broken.StatusCode, "body");
        }

        if (!WebhookSignature.IsValid(body, signature, options.Value.WebhookSecret))
        {
            return Refuse(StatusCodes.Status401Unauthorized, "signature");
        }

        if (WebhookDelivery.Read(body) is not { } delivery)
        {
            return Refuse(StatusCodes.Status400BadRequest, "it is signed, and no event can be read from it");
        }

        try
        {
            await TakeAsync(delivery, context.RequestAborted);
            return StatusCodes.Status200OK;
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            // The portal delivers it again.
            Log.NotKept(logger, delivery.WebhookId, delivery.EventId, e.GetType().Name);
            return StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <summary>Most of what a portal tells is about people whom nobody waits for. That costs one question to storage and nothing else.</summary>
    private async Task TakeAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        if (
            delivery.Person is not { } person
            || IsStillAwaited(delivery, person)
            || delivery.CreatedOn < now - PortalEvents.OldestTaken
            || !await invitations.MayAwaitAsync(person.Id, cancellationToken)
        )
        {
            return;
        }

        var isNew = await database.WriteAsync(
            async unit =>
            {
                if (!await PortalEvents.TryAddAsync(unit, delivery.WebhookId, delivery.EventId, now))
                {
                    return false;
                }

                await StepQueue.AddAsync(unit, StepKind.LookAtPerson, person.Id.ToString(), now);
                return true;
            },
            cancellationToken
        );

        if (isNew)
        {
            Log.Taken(logger, delivery.WebhookId, delivery.EventId, person.Id);
        }
    }

    /// <summary>
    /// The bot's own invitations come back as events that somebody waits. They are no news, and a list of a thousand people would be a thousand looks.
    /// </summary>
    private static bool IsStillAwaited(WebhookDelivery delivery, DocSpacePerson person) =>
        delivery.Trigger != Deleted
        && person is { Status: PersonStatus.Pending } or { Status: PersonStatus.Active, Activation: ActivationStatus.Pending };

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private int Refuse(int status, string reason)
    {
        Log.Refused(logger, status, reason);
        return status;
    }

    /// <summary>The server does not read on either, to be able to use the connection again.</summary>
    private static void LimitBody(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestBody;
        }
    }

    /// <exception cref="BadHttpRequestException">It is longer than it may be, or has not come whole.</exception>
    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);

            if (read.Buffer.Length > LargestBody)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                throw new BadHttpRequestException("The body is too long.", StatusCodes.Status413PayloadTooLarge);
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A delivery to the webhook was refused with {Status}: {Reason}")]
        public static partial void Refused(ILogger logger, int status, string reason);

        [LoggerMessage(LogLevel.Information, "Event {EventId} of webhook {WebhookId} is about portal user {PortalUser}, who is looked at")]
        public static partial void Taken(ILogger logger, long webhookId, long eventId, Guid portalUser);

        [LoggerMessage(LogLevel.Error, "Event {EventId} of webhook {WebhookId} could not be kept: {Fault}")]
        public static partial void NotKept(ILogger logger, long webhookId, long eventId, string fault);
    }
}

/// <summary>Where the portal's webhooks arrive.</summary>
internal static class WebhookEndpoint
{
    public static void MapPortalWebhook(this IEndpointRouteBuilder endpoints)
    {
        var webhook = endpoints.ServiceProvider.GetRequiredService<TakeWebhook>();
        endpoints.Map(TakeWebhook.Path, new RequestDelegate(webhook.AnswerAsync)).WithDisplayName("DocSpace events");
    }
}
