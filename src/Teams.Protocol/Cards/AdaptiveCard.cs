using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Teams.Protocol.Cards;

/// <summary>A card as Teams shows it; schema 1.5 is the newest Teams draws for bots. Everything user-written goes through <see cref="CardText.Escape"/> first.</summary>
/// <remarks>https://adaptivecards.io/explorer/ and https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference</remarks>
public sealed record AdaptiveCard
{
    /// <summary>The content type of a card as an attachment and as the answer to a button.</summary>
    public const string ContentType = "application/vnd.microsoft.card.adaptive";

    [JsonInclude]
    [JsonPropertyOrder(-3)]
    internal string Type => "AdaptiveCard";

    [JsonInclude]
    [JsonPropertyName("$schema")]
    [JsonPropertyOrder(-2)]
    [SuppressMessage(
        "Security",
        "S5332:Using clear-text protocols is security-sensitive",
        Justification = "The schema's name, nothing fetches it."
    )]
    internal string Schema => "http://adaptivecards.io/schemas/adaptive-card.json";

    [JsonPropertyOrder(-1)]
    public string Version { get; init; } = "1.5";

    [JsonIgnore]
    public IReadOnlyList<CardElement> Body { get; init; } = [];

    [JsonIgnore]
    public IReadOnlyList<AdaptiveAction> Actions { get; init; } = [];

    public CardRefresh? Refresh { get; init; }

    public string? FallbackText
    {
        get;
        init => field = Words.OrNull(value);
    }

    public string? Speak
    {
        get;
        init => field = Words.OrNull(value);
    }

    /// <summary>The language of the words, such as <c>en</c>.</summary>
    public string? Lang
    {
        get;
        init => field = Words.OrNull(value);
    }

    [JsonPropertyName("msteams")]
    public TeamsCardOptions? MsTeams { get; init; }

    [JsonInclude]
    [JsonPropertyName("body")]
    internal IReadOnlyList<CardElement>? WireBody => Words.OrNull(Body);

    [JsonInclude]
    [JsonPropertyName("actions")]
    internal IReadOnlyList<AdaptiveAction>? WireActions => Words.OrNull(Actions);

    /// <summary>The card as compact JSON, without nulls and empty lists.</summary>
    public string ToJson() => Encoding.UTF8.GetString(ToUtf8().Span);

    /// <summary>The card as compact UTF-8 JSON, without nulls and empty lists.</summary>
    public ReadOnlyMemory<byte> ToUtf8()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, Wire.WriterOptions);
        WriteTo(writer);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    internal void WriteTo(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, this, CardJsonContext.Default.AdaptiveCard);
}

/// <summary>What only Teams understands.</summary>
public sealed record TeamsCardOptions
{
    /// <summary><c>Full</c> uses the width of the conversation.</summary>
    public string? Width
    {
        get;
        init => field = Words.OrNull(value);
    }
}

/// <summary>Lets clients ask for a newer card by themselves when it is shown or edited.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards</remarks>
public sealed record CardRefresh
{
    /// <param name="Action">What the client sends.</param>
    /// <param name="UserIds">Whose clients ask (<c>29:…</c>, at most 60); empty: only when a person asks; null: everybody's, in conversations of up to 60.</param>
    /// <exception cref="ArgumentException">More than 60 ids.</exception>
    public CardRefresh(ExecuteAction Action, IReadOnlyList<string>? UserIds = null)
    {
        if (UserIds is { Count: > 60 })
        {
            throw new ArgumentException("At most 60 people's clients can refresh a card by themselves.", nameof(UserIds));
        }

        this.Action = Action;
        this.UserIds = UserIds;
    }

    [JsonIgnore]
    public ExecuteAction Action { get; }

    public IReadOnlyList<string>? UserIds { get; }

    /// <summary>Declared as the base type, which is what writes the action's own <c>type</c>.</summary>
    [JsonInclude]
    [JsonPropertyName("action")]
    [JsonPropertyOrder(-1)]
    internal AdaptiveAction WireAction => Action;
}
