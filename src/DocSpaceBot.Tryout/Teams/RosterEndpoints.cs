using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>The part of the connector that tells who is where.</summary>
internal sealed class RosterEndpoints(TeamsDirectory directory)
{
    private const int SmallestPage = 50;
    private const int LargestPage = 500;

    public void Map(IEndpointRouteBuilder app, ConnectorService connector)
    {
        app.MapGet("v3/conversations/{cid}/members", connector.Route(Members, isRead: true));
        app.MapGet("v3/conversations/{cid}/members/{aid}", connector.Route(Member, isRead: true));
        app.MapGet("v3/conversations/{cid}/pagedmembers", connector.Route(PagedMembers, isRead: true));
        app.MapGet("v3/teams/{cid}", connector.Route(Team, isRead: true));
        app.MapGet("v3/teams/{cid}/conversations", connector.Route(Channels, isRead: true));
    }

    private ConnectorAnswer Members(ConnectorRequest request) =>
        WhereMembersAre(
            request,
            conversation =>
                // The older call names the Entra id objectId.
                ConnectorAnswer.Json(200, new JsonArray([.. conversation.Members.Select(person => Person(person, "objectId"))]))
        );

    private ConnectorAnswer Member(ConnectorRequest request) =>
        WhereMembersAre(
            request,
            conversation =>
                directory.ById(request.ActivityId!) is { } person && conversation.HasMember(person.Name)
                    ? ConnectorAnswer.Json(200, Person(person, "aadObjectId"))
                    : ConnectorAnswer.NoSuchMember
        );

    private ConnectorAnswer PagedMembers(ConnectorRequest request) =>
        WhereMembersAre(
            request,
            conversation =>
            {
                var size = int.TryParse(request.Query("pageSize"), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)
                    ? Math.Clamp(wanted, SmallestPage, LargestPage)
                    : LargestPage;

                var start = 0;
                if (request.Query("continuationToken") is { } token && !TryRead(token, out start))
                {
                    return ConnectorAnswer.Error(403, "BadArgument", "Failed to decrypt members continuationToken");
                }

                var members = conversation.Members;
                var page = new JsonObject
                {
                    ["members"] = new JsonArray([.. members.Skip(start).Take(size).Select(person => Person(person, "aadObjectId"))]),
                    ["totalCount"] = members.Count,
                };

                if (start + size < members.Count)
                {
                    page["continuationToken"] = Token(start + size);
                }

                return ConnectorAnswer.Json(200, page);
            }
        );

    private ConnectorAnswer Team(ConnectorRequest request) =>
        WhereTeamIs(
            request,
            () =>
                new JsonObject
                {
                    ["id"] = TeamsDirectory.TeamId,
                    ["name"] = TeamsDirectory.TeamName,
                    ["aadGroupId"] = TeamsDirectory.TeamAadGroupId,
                    ["tenantId"] = directory.General.TenantId,
                    ["type"] = "standard",
                    ["channelCount"] = 2,
                    ["memberCount"] = directory.General.Members.Count,
                }
        );

    private static ConnectorAnswer Channels(ConnectorRequest request) =>
        WhereTeamIs(
            request,
            () =>
                new JsonObject
                {
                    // General has no name here: clients call it so in their own language.
                    ["conversations"] = new JsonArray(
                        new JsonObject { ["id"] = TeamsDirectory.GeneralId, ["channelType"] = "standard" },
                        new JsonObject
                        {
                            ["id"] = TeamsDirectory.ChannelId,
                            ["name"] = TeamsDirectory.ChannelName,
                            ["channelType"] = "standard",
                        }
                    ),
                }
        );

    private ConnectorAnswer WhereMembersAre(ConnectorRequest request, Func<TeamsConversation, ConnectorAnswer> answer) =>
        directory.ByConversationId(request.ConversationId) switch
        {
            null => ConnectorAnswer.NoSuchConversation,
            { Installed: false } => ConnectorAnswer.Error(
                403,
                "BotNotInConversationRoster",
                "The bot is not part of the conversation roster."
            ),
            var conversation => answer(conversation),
        };

    private static ConnectorAnswer WhereTeamIs(ConnectorRequest request, Func<JsonObject> answer) =>
        request.ConversationId == TeamsDirectory.TeamId
            ? ConnectorAnswer.Json(200, answer())
            : ConnectorAnswer.Error(404, "BadArgument", "Cannot find team with provided id");

    private static JsonObject Person(TeamsPerson person, string objectIdName)
    {
        var member = new JsonObject
        {
            ["id"] = person.Id,
            [objectIdName] = person.AadObjectId,
            ["name"] = person.DisplayName,
        };

        foreach (
            var (name, value) in new[]
            {
                ("givenName", person.GivenName),
                ("surname", person.Surname),
                ("email", person.Email),
                ("userPrincipalName", person.UserPrincipalName),
            }
        )
        {
            if (value is not null)
            {
                member[name] = value;
            }
        }

        member["tenantId"] = person.TenantId;
        member["userRole"] = person.UserRole;
        return member;
    }

    private static string Token(int start) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"members {start}"));

    private static bool TryRead(string token, out int start)
    {
        var bytes = new byte[token.Length];
        start = 0;
        return Convert.TryFromBase64String(token, bytes, out var length)
            && Encoding.ASCII.GetString(bytes, 0, length) is var text
            && text.StartsWith("members ", StringComparison.Ordinal)
            && int.TryParse(text["members ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out start);
    }
}
