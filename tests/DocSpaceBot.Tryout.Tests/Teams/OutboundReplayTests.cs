using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>Captured calls to the connector, made again: the answers have the same status and the same shape.</summary>
public sealed class OutboundReplayTests : TeamsTest
{
    public static TheoryData<string> Exchanges =>
        new(
            "out-reply-text-201",
            "out-send-proactive-201",
            "out-send-group-201",
            "out-send-channel-root-201",
            "out-card-201",
            "out-card-refresh-201",
            "out-card-fileconsent-201",
            "out-markdown-201",
            "out-typing-202",
            "out-streaming-first-201",
            "out-trace-202",
            "out-two-attachments-202",
            "out-carousel-201",
            "out-update-unknown-404",
            "out-create-conversation-personal-201",
            "out-members-personal-200",
            "out-members-group-200",
            "out-pagedmembers-group-200",
            "out-pagedmembers-bad-token-403",
            "out-member-200",
            "out-member-404",
            "out-members-unknown-conversation-404",
            "out-team-200",
            "out-team-conversations-200",
            "out-team-404",
            "out-error-text-null-400",
            "out-error-event-type-400",
            "out-error-bad-textformat-400"
        );

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task A_captured_call_is_answered_as_it_was(string exchange)
    {
        var captured = Here(WireFile.Read(exchange));
        var request = captured["request"]!;
        var expected = captured["response"]!;

        var (status, body) = await Bot.AskAsync(
            new HttpMethod((string)request["method"]!),
            ((string)request["path"]!).TrimStart('/'),
            request["body"]
        );

        Assert.Equal((int)expected["status"]!, status);
        Assert.Equal(string.Join('\n', WireFile.Shape(expected["body"])), string.Join('\n', WireFile.Shape(body)));
        Assert.Equal(Code(expected["body"]), Code(body));
    }

    private static string? Code(JsonNode? body) => (string?)(body as JsonObject)?["error"]?["code"];

    // The captures name the people and places of where they were made.
    private JsonNode Here(JsonNode captured)
    {
        var text = captured.ToJsonString();
        foreach (
            var (there, here) in new[]
            {
                ("a:personal-chat-1", AliceChat),
                ("19:group-chat-1@thread.v2", TeamsDirectory.GroupId),
                ("19:channel-deploys@thread.tacv2", TeamsDirectory.ChannelId),
                ("19:team-general@thread.tacv2", TeamsDirectory.GeneralId),
                ("29:user-alex", Teams["alice"].Id),
                ("29:user-megan", Teams["bob"].Id),
                ("28:22222222-2222-4222-8222-222222222222", Teams.BotId),
                ("11111111-1111-4111-8111-111111111111", Teams.TenantId),
            }
        )
        {
            text = text.Replace(Uri.EscapeDataString(there), Uri.EscapeDataString(here), StringComparison.Ordinal)
                .Replace(there, here, StringComparison.Ordinal);
        }

        return JsonNode.Parse(text)!;
    }
}
