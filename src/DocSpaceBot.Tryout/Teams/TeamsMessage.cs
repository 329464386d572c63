using System.Text.Json;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>What one person sees of one message now: after edits, and with their own view of its card.</summary>
/// <param name="Id">The activity id; the cards of a carousel share one.</param>
/// <param name="From">The writer's display name; <c>Teams</c> for a notice of the client itself.</param>
/// <param name="Text">The text as it reads, without Markdown or markup.</param>
/// <param name="Card">The Adaptive Card, if there is one.</param>
/// <param name="Edited">The bot has edited the message.</param>
/// <param name="Private">Only this person can see it: the answer to a press of theirs.</param>
/// <param name="At">When it was posted.</param>
internal sealed record TeamsMessage(string Id, string From, string? Text, JsonElement? Card, bool Edited, bool Private, DateTimeOffset At)
{
    /// <summary>It comes from the bot, or is what became of a press: not typed by a person.</summary>
    public bool IsFromBot { get; init; }

    /// <summary>A person typed it, and beneath a link in it stands a card of the bot.</summary>
    public bool IsUnfurled => !IsFromBot && Card is not null;

    /// <summary>The conversation an answer to it belongs in; in a channel the thread's.</summary>
    public string ConversationId { get; init; } = "";

    /// <summary>Whether a person can read these words in it.</summary>
    public bool Shows(string words) => Text?.Contains(words, StringComparison.Ordinal) is true || ShowsOnCard(words);

    /// <summary>The same, of what the bot is to be thanked for: what a person typed does not count.</summary>
    public bool ShowsByBot(string words) => IsFromBot ? Shows(words) : ShowsOnCard(words);

    private bool ShowsOnCard(string words) =>
        Card is { } card && CardReader.Texts(card).Any(text => text.Contains(words, StringComparison.Ordinal));
}

/// <summary>One request the bot made to the connector, or to Microsoft Graph.</summary>
internal sealed record TeamsCall(string Method, string Path, string Query, DateTimeOffset At)
{
    public string? ConversationId { get; init; }

    public string? ActivityId { get; init; }

    public JsonElement? Body { get; init; }

    public bool IsGraph => Path.StartsWith(GraphEndpoints.Path, StringComparison.Ordinal);

    /// <summary>The answer; null before it is known and when the connection was dropped instead.</summary>
    public int? Status { get; init; }

    /// <summary><c>message</c>, <c>typing</c> …, when the body is an activity.</summary>
    public string? ActivityType =>
        Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("type", out var type) ? type.GetString() : null;
}

/// <summary>What came of a text that somebody typed or pasted.</summary>
/// <param name="Status">The HTTP status the bot answered the first delivery of the message with; 0 when it was not told.</param>
/// <param name="Preview">What came of the link in it.</param>
internal sealed record TypeResult(int Status, LinkPreview Preview);

/// <summary>What came of pressing a button.</summary>
/// <param name="Status">The bot's HTTP answer; 0 when the button asks nothing of the bot.</param>
internal sealed record PressResult(int Status)
{
    /// <summary>Where an Action.OpenUrl leads.</summary>
    public string? Url { get; init; }

    /// <summary>The body of the bot's answer.</summary>
    public JsonElement? Answer { get; init; }

    /// <summary>The text that was shown to the person who pressed, if it was not a card.</summary>
    public string? Notice { get; init; }
}

/// <summary>How Teams marks an e-mail address somebody types.</summary>
internal enum EmailMarkup
{
    None,

    /// <summary><c>&lt;a href="mailto:x"&gt;x&lt;/a&gt;</c></summary>
    Anchor,

    /// <summary><c>[x](mailto:x)</c></summary>
    Markdown,

    /// <summary><c>&lt;mailto:x|x&gt;</c></summary>
    Angle,
}

/// <summary>How often, and how, Teams delivers one activity.</summary>
internal sealed record Delivery
{
    public static readonly Delivery Once = new();

    /// <summary>The same activity a second time, after the first was answered.</summary>
    public static readonly Delivery Twice = new() { Times = 2 };

    public static readonly Delivery TwiceAtOnce = new() { Times = 2, AtOnce = true };

    /// <summary>The same content again, as an activity with an id of its own.</summary>
    public static readonly Delivery TwiceWithNewIds = new() { Times = 2, NewIds = true };

    /// <summary>A double click: two activities with ids of their own, at once.</summary>
    public static readonly Delivery TwiceAtOnceWithNewIds = new()
    {
        Times = 2,
        AtOnce = true,
        NewIds = true,
    };

    public int Times { get; init; } = 1;

    public bool AtOnce { get; init; }

    public bool NewIds { get; init; }

    /// <summary>The repeats come this much later, by the stand-in's clock, and nobody waits for them.</summary>
    public TimeSpan Later { get; init; }

    public static Delivery AgainAfter(TimeSpan delay) => new() { Times = 2, Later = delay };
}

/// <summary>What is out of the ordinary about a typed message.</summary>
internal sealed record SayOptions
{
    public Delivery Delivery { get; init; } = Delivery.Once;

    public EmailMarkup Emails { get; init; }

    /// <summary>Sends <c>&lt; &gt; &amp;</c> as HTML entities, as Teams does for text that was pasted or formatted.</summary>
    public bool HtmlEscaped { get; init; }

    /// <summary>False writes without the @mention; in a group or a channel the bot then does not hear of it.</summary>
    public bool Mention { get; init; } = true;

    /// <summary>The conversation id of the channel thread to answer in; null starts a new one.</summary>
    public string? InThread { get; init; }

    public string? Locale { get; init; }
}

/// <summary>What is out of the ordinary about pressing a button.</summary>
internal sealed record PressOptions
{
    public Delivery Delivery { get; init; } = Delivery.Once;

    /// <summary>How long, in real time, to wait for a card with such a button to appear.</summary>
    public TimeSpan Patience { get; init; }
}
