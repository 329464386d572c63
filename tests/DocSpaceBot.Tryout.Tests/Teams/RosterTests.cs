using System.Globalization;
using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>Who is where, and opening conversations with them.</summary>
public sealed class RosterTests : TeamsTest
{
    [Fact]
    public async Task A_member_is_found_by_either_id()
    {
        var dana = Teams["dana"];
        foreach (var id in new[] { dana.Id, dana.AadObjectId })
        {
            var (status, body) = await MemberAsync(TeamsDirectory.GroupId, id);

            Assert.Equal(200, status);
            Assert.Equal(("dana@example.com", dana.AadObjectId), ((string?)body!["email"], (string?)body["aadObjectId"]));
        }

        Assert.Equal(404, (await MemberAsync(AliceChat, dana.Id)).Status);
        Assert.Equal(404, (await MemberAsync(TeamsDirectory.GroupId, Teams["gus"].Id)).Status);
    }

    [Fact]
    public async Task The_address_may_be_missing()
    {
        Teams.ChangePerson("dana", person => person with { Email = null, UserPrincipalName = null });

        var (_, body) = await MemberAsync(TeamsDirectory.GroupId, Teams["dana"].Id);

        Assert.False(body!.AsObject().ContainsKey("email"));
    }

    [Fact]
    public async Task The_older_call_names_the_object_id_differently()
    {
        var (_, body) = await Bot.AskAsync(HttpMethod.Get, $"v3/conversations/{Uri.EscapeDataString(TeamsDirectory.GroupId)}/members");

        Assert.Equal(5, body!.AsArray().Count);
        Assert.All(body.AsArray(), member => Assert.NotNull(member!["objectId"]));
    }

    [Fact]
    public async Task Pages_lead_through_everybody_once()
    {
        for (var person = 6; person <= 120; person++)
        {
            Teams.AddPerson(string.Create(CultureInfo.InvariantCulture, $"person{person}"));
        }

        var pages = new List<int>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        string? token = null;
        do
        {
            var (status, page) = await Bot.AskAsync(
                HttpMethod.Get,
                $"v3/conversations/{Uri.EscapeDataString(TeamsDirectory.GroupId)}/pagedmembers?pageSize=10"
                    + (token is null ? "" : $"&continuationToken={Uri.EscapeDataString(token)}")
            );
            Assert.Equal(200, status);
            pages.Add(page!["members"]!.AsArray().Count);
            ids.UnionWith(page["members"]!.AsArray().Select(member => (string)member!["id"]!));
            token = (string?)page["continuationToken"];
        } while (token is not null);

        // Pages of less than fifty are not made.
        Assert.Equal([50, 50, 20], pages);
        Assert.Equal(120, ids.Count);
    }

    [Fact]
    public async Task Opening_a_chat_gives_the_same_chat_each_time()
    {
        var bob = Teams["bob"];

        Assert.Equal(bob.ChatId, await OpenChatAsync(bob.Id, Teams.TenantId));
        Assert.Equal(bob.ChatId, await OpenChatAsync(bob.AadObjectId, Teams.TenantId));
    }

    [Fact]
    public async Task A_chat_can_be_opened_with_a_first_message()
    {
        var (status, body) = await Bot.AskAsync(
            HttpMethod.Post,
            "v3/conversations",
            Chat(Teams["bob"].Id, Teams.TenantId, Text("Hello, Bob"))
        );

        Assert.Equal(201, status);
        Assert.Equal((string?)body!["activityId"], Teams.Visible("bob", Place.Personal)[0].Id);
    }

    [Fact]
    public async Task No_chat_is_opened_with_somebody_of_another_tenant_or_nobody()
    {
        Assert.Equal(400, (await Bot.AskAsync(HttpMethod.Post, "v3/conversations", Chat(Teams["gus"].Id, Teams.TenantId))).Status);
        Assert.Equal(400, (await Bot.AskAsync(HttpMethod.Post, "v3/conversations", Chat("29:nobody", Teams.TenantId))).Status);
        Assert.Equal(400, (await Bot.AskAsync(HttpMethod.Post, "v3/conversations", new JsonObject())).Status);
    }

    [Fact]
    public async Task No_chat_is_opened_with_who_does_not_have_the_bot()
    {
        await Teams.UninstallAsync("bob", Place.Personal);

        var (status, body) = await Bot.AskAsync(HttpMethod.Post, "v3/conversations", Chat(Teams["bob"].Id, Teams.TenantId));

        Assert.Equal((403, "ForbiddenOperationException"), (status, (string?)body!["error"]!["code"]));
    }

    [Fact]
    public async Task A_new_thread_in_a_channel_is_known_by_its_first_message()
    {
        var (status, body) = await Bot.AskAsync(
            HttpMethod.Post,
            "v3/conversations",
            new JsonObject
            {
                ["isGroup"] = true,
                ["channelData"] = new JsonObject { ["channel"] = new JsonObject { ["id"] = TeamsDirectory.ChannelId } },
                ["activity"] = Text("A guest wants in"),
            }
        );

        Assert.Equal(201, status);
        Assert.Equal($"{TeamsDirectory.ChannelId};messageid={body!["activityId"]}", (string?)body["id"]);
        Assert.Equal((string?)body["id"], Teams.Visible("alice", Place.Channel)[0].ConversationId);
    }

    [Fact]
    public async Task Members_of_a_thread_are_those_of_the_channel()
    {
        var root = await Bot.PostAsync(TeamsDirectory.ChannelId, Text("x"));

        Assert.Equal(200, (await MemberAsync($"{TeamsDirectory.ChannelId};messageid={root}", Teams["dana"].Id)).Status);
    }

    private Task<(int Status, JsonNode? Body)> MemberAsync(string conversationId, string id) =>
        Bot.AskAsync(HttpMethod.Get, $"v3/conversations/{Uri.EscapeDataString(conversationId)}/members/{Uri.EscapeDataString(id)}");

    private async Task<string?> OpenChatAsync(string memberId, string tenantId) =>
        (string?)(await Bot.AskAsync(HttpMethod.Post, "v3/conversations", Chat(memberId, tenantId))).Body!["id"];

    private JsonObject Chat(string memberId, string tenantId, JsonObject? first = null)
    {
        var chat = new JsonObject
        {
            ["isGroup"] = false,
            ["bot"] = new JsonObject { ["id"] = Teams.BotId },
            ["members"] = new JsonArray(new JsonObject { ["id"] = memberId }),
            ["tenantId"] = tenantId,
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = tenantId } },
        };
        if (first is not null)
        {
            chat["activity"] = first;
        }

        return chat;
    }
}
