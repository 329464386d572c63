using System.Text.Json;

namespace DocSpaceBot.Tryout.Teams;

internal enum ConversationKind
{
    Personal,
    GroupChat,
    Channel,
}

/// <summary>One message as it lies in a conversation.</summary>
internal sealed class PostedMessage(string id, string from, DateTimeOffset at)
{
    public string Id { get; } = id;

    public string From { get; } = from;

    public DateTimeOffset At { get; } = at;

    public bool IsFromBot { get; init; }

    /// <summary>In a channel: the message the thread began with.</summary>
    public string? RootId { get; init; }

    /// <summary>The only person who can see it; null for everybody.</summary>
    public string? OnlyFor { get; init; }

    public required MessageContent Content { get; set; }

    public bool Edited { get; set; }

    /// <summary>Grows with each edit, so that an answer to a refresh of before can be told.</summary>
    public int Version { get; set; }

    /// <summary>By person: what an answer of the bot put in place of the card, for them alone.</summary>
    public Dictionary<string, JsonElement> Views { get; } = new(StringComparer.Ordinal);
}

/// <summary>What a message consists of.</summary>
internal sealed record MessageContent(string? Text, IReadOnlyList<JsonElement> Cards)
{
    /// <summary>The content of a file consent card, if it is one.</summary>
    public JsonElement? FileConsent { get; init; }
}

/// <summary>A chat, or a channel with its threads. Safe for use by several threads.</summary>
internal sealed class TeamsConversation(TeamsDirectory directory, string id, ConversationKind kind, string tenantId)
{
    private readonly Lock gate = new();
    private readonly List<PostedMessage> messages = [];
    private readonly Dictionary<string, PostedMessage> byId = new(StringComparer.Ordinal);
    private readonly List<string> members = [];
    private readonly HashSet<string> away = new(StringComparer.Ordinal);
    private int writing;

    public string Id { get; } = id;

    public ConversationKind Kind { get; } = kind;

    public string TenantId { get; } = tenantId;

    /// <summary>Null for a personal chat and for the General channel, as Teams has it.</summary>
    public string? Name { get; init; }

    /// <summary>Whether the bot is installed here.</summary>
    public bool Installed { get; set; } = true;

    public string ConversationType =>
        Kind switch
        {
            ConversationKind.Personal => "personal",
            ConversationKind.GroupChat => "groupChat",
            _ => "channel",
        };

    public IReadOnlyList<TeamsPerson> Members
    {
        get
        {
            lock (gate)
            {
                return [.. members.Select(name => directory[name])];
            }
        }
    }

    public void Join(string name)
    {
        lock (gate)
        {
            if (!members.Contains(name, StringComparer.Ordinal))
            {
                members.Add(name);
            }
        }
    }

    public void Leave(string name)
    {
        lock (gate)
        {
            members.Remove(name);
        }
    }

    public bool HasMember(string name)
    {
        lock (gate)
        {
            return members.Contains(name, StringComparer.Ordinal);
        }
    }

    /// <summary>Whether the person has the conversation on the screen.</summary>
    public bool IsOpenFor(string name)
    {
        lock (gate)
        {
            return !away.Contains(name);
        }
    }

    public void SetOpen(string name, bool open)
    {
        lock (gate)
        {
            _ = open ? away.Remove(name) : away.Add(name);
        }
    }

    public void Post(PostedMessage message)
    {
        lock (gate)
        {
            messages.Add(message);
            byId[message.Id] = message;
        }
    }

    public PostedMessage? Find(string messageId)
    {
        lock (gate)
        {
            return byId.GetValueOrDefault(messageId);
        }
    }

    public void Edit(PostedMessage message, MessageContent content)
    {
        lock (gate)
        {
            message.Content = content;
            message.Edited = true;
            message.Version++;
            message.Views.Clear();
        }
    }

    public void Delete(PostedMessage message)
    {
        lock (gate)
        {
            messages.Remove(message);
            byId.Remove(message.Id);
        }
    }

    /// <summary>Puts a card in place of the message's own, for one person. With a version, only if there was no edit since.</summary>
    public bool SetView(PostedMessage message, string person, JsonElement card, int? version = null)
    {
        lock (gate)
        {
            if (version is not null && version != message.Version)
            {
                return false;
            }

            message.Views[person] = card;
            return true;
        }
    }

    /// <summary>The card the person sees, and the edit it belongs to.</summary>
    public (JsonElement? Card, int Version) CardFor(PostedMessage message, string person, int index = 0)
    {
        lock (gate)
        {
            return (CardOf(message, person, index), message.Version);
        }
    }

    public IReadOnlyList<PostedMessage> Messages
    {
        get
        {
            lock (gate)
            {
                return [.. messages];
            }
        }
    }

    public IReadOnlyList<TeamsMessage> VisibleTo(string person)
    {
        lock (gate)
        {
            return
            [
                .. messages
                    .Where(message => message.OnlyFor is null || message.OnlyFor == person)
                    .SelectMany(message => Shown(message, person)),
            ];
        }
    }

    /// <summary>False while another write is under way.</summary>
    public bool TryBeginWrite() => Interlocked.Increment(ref writing) == 1;

    public void EndWrite() => Interlocked.Decrement(ref writing);

    public string ReplyTo(PostedMessage message) => message.RootId is { } root ? ThreadId.Of(Id, root) : Id;

    private IEnumerable<TeamsMessage> Shown(PostedMessage message, string person)
    {
        for (var index = 0; index < Math.Max(1, message.Content.Cards.Count); index++)
        {
            yield return new(
                message.Id,
                message.From,
                index == 0 ? message.Content.Text : null,
                CardOf(message, person, index),
                message.Edited,
                message.OnlyFor is not null,
                message.At
            )
            {
                IsFromBot = message.IsFromBot,
                ConversationId = ReplyTo(message),
            };
        }
    }

    private JsonElement? CardOf(PostedMessage message, string person, int index)
    {
        JsonElement? card =
            index == 0 && message.Views.TryGetValue(person, out var view) ? view
            : index < message.Content.Cards.Count ? message.Content.Cards[index]
            : null;
        return card is { } known && directory[person].HasOldClient ? OldClient.Show(known) : card;
    }
}
