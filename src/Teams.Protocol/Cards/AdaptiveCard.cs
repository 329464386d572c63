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

    /// <summary>
    /// The newest version that Teams draws beneath a link: such a card has no <see cref="ExecuteAction"/> and no <see cref="Refresh"/>, which are of 1.4;
    /// its buttons are <see cref="SubmitAction"/> and <see cref="OpenUrlAction"/>.
    /// </summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/link-unfurling</remarks>
    public const string LinkVersion = "1.3";

    private static readonly System.Version FirstWithExecute = new(1, 4);

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

    /// <summary>The schema's, such as <see cref="LinkVersion"/>. A card that has something its version does not know is refused when it is written.</summary>
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

    internal bool IsForLinks => System.Version.TryParse(Version, out var version) && version < FirstWithExecute;

    /// <summary>The card as compact JSON, without nulls and empty lists.</summary>
    /// <exception cref="InvalidOperationException">It has an <see cref="ExecuteAction"/> or refreshes itself and is of a version before 1.4.</exception>
    public string ToJson() => Encoding.UTF8.GetString(ToUtf8().Span);

    /// <summary>The card as compact UTF-8 JSON, without nulls and empty lists.</summary>
    /// <inheritdoc cref="ToJson" path="/exception"/>
    public ReadOnlyMemory<byte> ToUtf8()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, Wire.WriterOptions);
        WriteTo(writer);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    internal void WriteTo(Utf8JsonWriter writer)
    {
        if (IsForLinks && HasExecute(this))
        {
            throw new InvalidOperationException($"A card of version {Version} has neither Action.Execute nor refresh.");
        }

        JsonSerializer.Serialize(writer, this, CardJsonContext.Default.AdaptiveCard);
    }

    private static bool HasExecute(AdaptiveCard card) =>
        card.Refresh is not null || card.Actions.Any(HasExecute) || card.Body.Any(HasExecute);

    private static bool HasExecute(CardElement element) =>
        element switch
        {
            ActionSet set => set.Actions.Any(HasExecute),
            Container container => container.Items.Any(HasExecute),
            ColumnSet set => set.Columns.SelectMany(column => column.Items).Any(HasExecute),
            _ => false,
        };

    private static bool HasExecute(AdaptiveAction action) =>
        action is ExecuteAction
        || (action is ShowCardAction show && HasExecute(show.Card))
        || (action.Fallback is { } fallback && HasExecute(fallback));
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
