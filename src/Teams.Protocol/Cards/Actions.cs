using System.Text.Json.Serialization;

namespace Teams.Protocol.Cards;

/// <summary>A button.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ExecuteAction), "Action.Execute")]
[JsonDerivedType(typeof(SubmitAction), "Action.Submit")]
[JsonDerivedType(typeof(OpenUrlAction), "Action.OpenUrl")]
[JsonDerivedType(typeof(ShowCardAction), "Action.ShowCard")]
[JsonDerivedType(typeof(ToggleVisibilityAction), "Action.ToggleVisibility")]
public abstract record AdaptiveAction(string Title)
{
    public string Title { get; init; } = Words.OrBlank(Title);

    public string? Id
    {
        get;
        init => field = Words.OrNull(value);
    }

    /// <summary>Some Teams clients draw every style alike.</summary>
    public ActionStyle? Style { get; init; }

    public string? Tooltip
    {
        get;
        init => field = Words.OrNull(value);
    }

    public bool? IsEnabled { get; init; }

    /// <summary>Secondary actions hide behind the "more" button.</summary>
    public ActionMode? Mode { get; init; }

    /// <summary>What a client that does not know this action shows instead.</summary>
    public AdaptiveAction? Fallback { get; init; }
}

/// <summary>Sends an <c>adaptiveCard/action</c> invoke; <c>Activities.CardAction</c> reads it.</summary>
/// <param name="Verb">Tells the bot which button it was.</param>
/// <param name="Data">Comes back with the inputs' values. It passes through the client, so put only a pointer to what the bot remembers into it.</param>
public sealed record ExecuteAction(string Title, string Verb, IReadOnlyDictionary<string, string>? Data = null) : AdaptiveAction(Title)
{
    public AssociatedInputs? AssociatedInputs { get; init; }
}

/// <summary>Sends a message with the data as <c>value</c>; the way of older clients.</summary>
public sealed record SubmitAction(string Title, IReadOnlyDictionary<string, string>? Data = null) : AdaptiveAction(Title)
{
    public AssociatedInputs? AssociatedInputs { get; init; }
}

/// <summary>Opens a page in the browser.</summary>
public sealed record OpenUrlAction(string Title, string Url) : AdaptiveAction(Title);

/// <summary>Unfolds another card below this one.</summary>
public sealed record ShowCardAction(string Title, AdaptiveCard Card) : AdaptiveAction(Title);

/// <summary>Shows or hides elements by their ids.</summary>
public sealed record ToggleVisibilityAction(string Title, params IReadOnlyList<string> TargetElements) : AdaptiveAction(Title);
