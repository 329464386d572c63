using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>An HTTP answer of the connector.</summary>
internal sealed record ConnectorAnswer(int Status, byte[]? Body = null, string ContentType = "application/json; charset=utf-8")
{
    public static readonly ConnectorAnswer Accepted = new(202);

    public static readonly ConnectorAnswer Ok = new(200);

    public static readonly ConnectorAnswer InvalidInput = Error(400, "BadArgument", "Invalid input");

    public static readonly ConnectorAnswer Unauthorized = Json(
        401,
        new JsonObject { ["message"] = "Authorization has been denied for this request." }
    );

    public static readonly ConnectorAnswer NoSuchConversation = Error(404, "ConversationNotFound", "Conversation not found");

    public static readonly ConnectorAnswer NoSuchActivity = Error(
        404,
        "ActivityNotFoundInConversation",
        "Message does not exist in the thread."
    );

    public static readonly ConnectorAnswer NoSuchMember = Error(404, "MemberNotFoundInConversation", "Member not found in conversation");

    public static readonly ConnectorAnswer TooBig = Error(413, "MessageSizeTooBig", "Message size too large.");

    public static readonly ConnectorAnswer Concurrent = Error(412, "PreconditionFailed", "Precondition failed, please try again.");

    public static readonly ConnectorAnswer WritesBlocked = Json(
        403,
        new JsonObject
        {
            ["errorCode"] = 209,
            ["message"] = """{"subCode":"MessageWritesBlocked","details":"Thread is blocked from message writes.","errorCode":null}""",
        }
    );

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What happens in people's clients once the answer has left.</summary>
    public Action? Afterwards { get; init; }

    /// <summary>The id goes in unescaped: it is one of the stand-in's own.</summary>
    public static ConnectorAnswer WithId(int status, string id) => new(status, Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}"""));

    public static ConnectorAnswer Json(int status, JsonNode body) => new(status, Encoding.UTF8.GetBytes(body.ToJsonString()));

    public static ConnectorAnswer Error(int status, string code, string message) =>
        Json(
            status,
            new JsonObject
            {
                ["error"] = new JsonObject { ["code"] = code, ["message"] = message },
            }
        );

    public static ConnectorAnswer Throttled(TimeSpan? retryAfter) =>
        Error(429, "Throttled", "Too many requests") with
        {
            RetryAfter = retryAfter,
        };

    public static ConnectorAnswer Html(int status) =>
        new(
            status,
            Encoding.UTF8.GetBytes(
                $"<html><head><title>{status}</title></head><body><h1>Bad gateway or worse: {status}</h1></body></html>"
            ),
            "text/html"
        );

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (RetryAfter is { } delay)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (Body is null)
        {
            context.Response.ContentLength = 0;
        }
        else
        {
            context.Response.ContentType = ContentType;
            context.Response.ContentLength = Body.Length;
            await context.Response.Body.WriteAsync(Body, context.RequestAborted);
        }

        await context.Response.CompleteAsync();
    }
}
