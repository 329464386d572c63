using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Benchmarks;

/// <summary>
/// A message as Teams sends it, written once as a whole HTTP request. What differs from message to message (its id, who wrote it where,
/// the address to invite) are digits of fixed width that are written over.
/// </summary>
internal sealed class Messages
{
    /// <summary>So many that Teams' limits for one conversation are never reached.</summary>
    public const int Conversations = 8192;

    public const int DigitsOfConversation = 8;

    private const string Number = "{number}";
    private const string Where = "{where#}";

    private static readonly JsonSerializerOptions AsTeamsWrites = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[] template;
    private readonly int[] numbers;
    private readonly int[] places;
    private readonly byte[][] tokens;
    private readonly int tokenAt;

    /// <param name="tokens">Used in turn, and all of the same length; none where nobody is authenticated.</param>
    public Messages(string text, Uri bot, string serviceUrl, string tenantId, string botId, IReadOnlyList<string> tokens)
    {
        var body = Encoding.UTF8.GetBytes(Body(text, serviceUrl, tenantId, botId).ToJsonString(AsTeamsWrites));
        var head =
            $"POST /api/messages HTTP/1.1\r\nHost: {bot.Authority}\r\n"
            + (tokens.Count == 0 ? "" : $"Authorization: Bearer {tokens[0]}\r\n")
            + $"User-Agent: Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {body.Length}\r\n\r\n";
        template = [.. Encoding.ASCII.GetBytes(head), .. body];
        numbers = [.. All(Number)];
        places = [.. All(Where)];
        this.tokens = [.. tokens.Select(Encoding.ASCII.GetBytes)];
        tokenAt = tokens.Count == 0 ? 0 : template.AsSpan().IndexOf(this.tokens[0]);
    }

    /// <summary>Says <c>/help</c>.</summary>
    public const string Help = "/help";

    /// <summary>Invites an address that nobody has invited before.</summary>
    public const string Invite = $"/invite guest{Number}@example.com";

    /// <summary>A request of one's own, to be filled in again and again.</summary>
    public byte[] NewRequest() => [.. template];

    /// <summary>Makes it the message with this number. Never use one twice with the same bot: it would be the same message delivered again.</summary>
    public void Fill(byte[] request, long number)
    {
        foreach (var at in numbers)
        {
            Write(request.AsSpan(at, Number.Length), number);
        }

        if (tokens.Length > 1)
        {
            tokens[number % tokens.Length].CopyTo(request, tokenAt);
        }

        foreach (var at in places)
        {
            Write(request.AsSpan(at, Where.Length), ConversationOf(number));
        }
    }

    public static int ConversationOf(long number) => (int)(number % Conversations);

    private static void Write(Span<byte> digits, long number)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }

    private IEnumerable<int> All(string placeholder)
    {
        var searched = Encoding.ASCII.GetBytes(placeholder);

        for (var from = 0; ; )
        {
            var at = template.AsSpan(from).IndexOf(searched);

            if (at < 0)
            {
                yield break;
            }

            yield return from + at;
            from += at + searched.Length;
        }
    }

    private static JsonObject Body(string text, string serviceUrl, string tenantId, string botId) =>
        new()
        {
            ["text"] = text,
            ["textFormat"] = "plain",
            ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "text/html", ["content"] = $"<p>{text}</p>" }),
            ["type"] = "message",
            ["timestamp"] = "2026-03-02T09:30:00.1234567Z",
            ["localTimestamp"] = "2026-03-02T10:30:00.1234567+01:00",
            ["id"] = $"17000{Number}",
            ["channelId"] = "msteams",
            ["serviceUrl"] = serviceUrl,
            ["from"] = new JsonObject
            {
                ["id"] = $"29:1benchmarkABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-{Where}",
                ["name"] = "Alice",
                ["aadObjectId"] = $"a11ce000-0000-4000-8000-0000{Where}",
            },
            ["conversation"] = new JsonObject
            {
                ["conversationType"] = "personal",
                ["tenantId"] = tenantId,
                ["id"] = $"a:1benchmarkABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-{Where}",
            },
            ["recipient"] = new JsonObject { ["id"] = botId, ["name"] = "DocSpaceBot" },
            ["entities"] = new JsonArray(
                new JsonObject
                {
                    ["locale"] = "en-US",
                    ["country"] = "US",
                    ["platform"] = "Windows",
                    ["timezone"] = "Europe/Berlin",
                    ["type"] = "clientInfo",
                }
            ),
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = tenantId } },
            ["locale"] = "en-US",
            ["localTimezone"] = "Europe/Berlin",
        };
}
