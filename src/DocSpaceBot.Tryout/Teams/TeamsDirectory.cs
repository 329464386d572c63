using System.Collections.Concurrent;
using System.Globalization;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>The people, and the places where they talk to the bot.</summary>
internal sealed class TeamsDirectory
{
    public const string GroupId = "19:7f0a6c1e0d5b4c0f9d1e2a3b4c5d6e7f@thread.v2";
    public const string ChannelId = "19:onboardingb8a14f2c9d7e6a5b4c3d2e1f@thread.tacv2";
    public const string GeneralId = "19:generala1b2c3d4e5f60718293a4b5c6d@thread.tacv2";
    public const string TeamId = GeneralId;
    public const string TeamAadGroupId = "7ea30000-3000-4000-8000-000000000003";
    public const string TeamName = "DocSpace";
    public const string ChannelName = "Onboarding";

    private readonly TeamsSetup setup;
    private readonly ConcurrentDictionary<string, TeamsPerson> people = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TeamsConversation> conversations = new(StringComparer.Ordinal);
    private long lastMessageId;

    public TeamsDirectory(TeamsSetup setup)
    {
        this.setup = setup;
        Group = Open(new(this, GroupId, ConversationKind.GroupChat, setup.TenantId) { Name = "DocSpace group" });
        Channel = Open(new(this, ChannelId, ConversationKind.Channel, setup.TenantId) { Name = ChannelName });
        General = Open(new(this, GeneralId, ConversationKind.Channel, setup.TenantId));

        foreach (
            var (name, surname, manager) in new[]
            {
                ("alice", "Anders", "dana"),
                ("bob", "Brandt", "dana"),
                ("dana", "Dorn", "olga"),
                ("max", "Maurer", "olga"),
                ("olga", "Orlova", null),
            }
        )
        {
            Add(TeamsPerson.Named(name, setup.TenantId, surname) with { Manager = manager }, joinsPlaces: true);
        }

        Add(TeamsPerson.Named("gus", setup.OtherTenantId, "Gray"), joinsPlaces: false);
    }

    public TeamsConversation Group { get; }

    public TeamsConversation Channel { get; }

    public TeamsConversation General { get; }

    public IEnumerable<TeamsPerson> People => people.Values;

    public TeamsPerson this[string name] =>
        people.TryGetValue(name, out var person) ? person : throw new StandInException($"Nobody here is called {name}.");

    /// <summary>Adds somebody, or changes who is there under that name.</summary>
    public TeamsPerson Add(TeamsPerson person, bool joinsPlaces)
    {
        people[person.Name] = person;
        names[person.Id] = person.Name;
        names[person.AadObjectId] = person.Name;

        if (!conversations.ContainsKey(person.ChatId))
        {
            Open(new(this, person.ChatId, ConversationKind.Personal, person.TenantId)).Join(person.Name);
        }

        if (joinsPlaces)
        {
            Group.Join(person.Name);
            Channel.Join(person.Name);
            General.Join(person.Name);
        }

        return person;
    }

    /// <summary>Finds a person by <c>29:…</c> or Entra object id.</summary>
    public TeamsPerson? ById(string id) => names.TryGetValue(id, out var name) ? people[name] : null;

    /// <summary>Finds somebody of a tenant as Graph does: by Entra object id or user principal name. An address alone is neither.</summary>
    public TeamsPerson? InTenant(string tenantId, string idOrPrincipalName) =>
        people.Values.FirstOrDefault(person =>
            person.TenantId == tenantId
            && (
                person.AadObjectId.Equals(idOrPrincipalName, StringComparison.OrdinalIgnoreCase)
                || idOrPrincipalName.Equals(person.UserPrincipalName, StringComparison.OrdinalIgnoreCase)
            )
        );

    /// <summary>Finds a chat or channel; of a thread's id, the channel it is in.</summary>
    public TeamsConversation? ByConversationId(string id) => conversations.GetValueOrDefault(ThreadId.ChannelOf(id));

    public TeamsConversation Find(Place where, TeamsPerson person)
    {
        var place = where switch
        {
            Place.Personal => conversations[person.ChatId],
            Place.Group => Group,
            Place.Channel => Channel,
            _ => General,
        };

        return place.HasMember(person.Name)
            ? place
            : throw new StandInException($"{person.Name} is not in the {(where is Place.Group ? "group chat" : "team")}.");
    }

    /// <summary>Message ids are the time in milliseconds; no two are the same.</summary>
    public string NextMessageId()
    {
        var now = setup.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        while (true)
        {
            var last = Volatile.Read(ref lastMessageId);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref lastMessageId, next, last) == last)
            {
                return next.ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    private TeamsConversation Open(TeamsConversation conversation) => conversations[conversation.Id] = conversation;
}

/// <summary>Conversation ids of threads in a channel: <c>19:…@thread.tacv2;messageid=1795174552525</c>.</summary>
internal static class ThreadId
{
    private const string Mark = ";messageid=";

    public static string Of(string channelId, string rootId) => channelId + Mark + rootId;

    public static string ChannelOf(string conversationId) =>
        conversationId.IndexOf(Mark, StringComparison.Ordinal) is var mark and >= 0 ? conversationId[..mark] : conversationId;

    public static string? RootOf(string conversationId) =>
        conversationId.IndexOf(Mark, StringComparison.Ordinal) is var mark and >= 0 ? conversationId[(mark + Mark.Length)..] : null;
}
