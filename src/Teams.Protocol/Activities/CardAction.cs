using System.Text.Json;

namespace Teams.Protocol.Activities;

/// <summary>
/// A button of a card was pressed, or a client refreshed a card by itself. <see cref="Data"/> went through the client: never trust more of it
/// than an id that is checked against what the bot remembers.
/// </summary>
/// <param name="Verb">The name the card gave the button.</param>
/// <param name="Data">Always a JSON object: the button's data merged with the card's inputs.</param>
/// <param name="IsAutomatic">True when nobody clicked: the client refreshed the card because it was shown.</param>
/// <param name="CardActivityId">The message that carried the card.</param>
/// <param name="ActionId">The button's own id, where the client sends it.</param>
public sealed record CardAction(string Verb, JsonElement Data, bool IsAutomatic, string? CardActivityId, string? ActionId)
{
    /// <summary>The invoke's name for a button made by <c>Action.Execute</c>.</summary>
    public const string InvokeName = "adaptiveCard/action";

    /// <summary>
    /// The invoke's name for a button made by <c>Action.Submit</c> on a card that came by a message extension, such as the one beneath a link; some clients
    /// send a message instead.
    /// </summary>
    /// <remarks>https://learn.microsoft.com/dotnet/api/microsoft.bot.builder.teams.teamsactivityhandler.onteamsmessagingextensioncardbuttonclickedasync</remarks>
    public const string ExtensionInvokeName = "composeExtension/onCardButtonClicked";

    private static readonly JsonElement NoData = JsonElement.Parse("{}");

    /// <summary>
    /// Whether the client shows what the bot answers. False for whatever came from <c>Action.Submit</c>: a message has no answer, and that of
    /// <see cref="ExtensionInvokeName"/> is thrown away (<see cref="InvokeAnswer.NotUnfurled"/> will do), so the bot has to write what it has to say.
    /// </summary>
    public bool AnswerIsShown { get; init; } = true;

    /// <summary>
    /// Reads an <c>adaptiveCard/action</c> invoke, or what an <c>Action.Submit</c> sends: a message, or <see cref="ExtensionInvokeName"/> from a card of a
    /// message extension; its data then names the verb under <c>verb</c>. Null when the activity is none of them or is malformed.
    /// </summary>
    /// <remarks>https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model</remarks>
    public static CardAction? From(Activity activity)
    {
        if (activity.Value is not { ValueKind: JsonValueKind.Object } value)
        {
            return null;
        }

        return activity.Type switch
        {
            ActivityTypes.Invoke when activity.Name == InvokeName => FromExecute(activity, value),
            ActivityTypes.Invoke when activity.Name == ExtensionInvokeName => FromSubmit(activity, value),
            ActivityTypes.Message => FromSubmit(activity, value),
            _ => null,
        };
    }

    private static CardAction? FromExecute(Activity activity, JsonElement value)
    {
        if (
            !value.TryGetProperty("action"u8, out var action)
            || action.ValueKind is not JsonValueKind.Object
            || ReadText(action, "verb"u8) is not { Length: > 0 } verb
        )
        {
            return null;
        }

        var data = NoData;
        if (action.TryGetProperty("data"u8, out var sent) && sent.ValueKind is not JsonValueKind.Null)
        {
            if (sent.ValueKind is not JsonValueKind.Object)
            {
                return null;
            }

            data = sent;
        }

        return new CardAction(verb, data, ReadText(value, "trigger"u8) == "automatic", activity.ReplyToId, ReadText(action, "id"u8));
    }

    private static CardAction? FromSubmit(Activity activity, JsonElement value) =>
        ReadText(value, "verb"u8) is { Length: > 0 } verb
            ? new CardAction(verb, value, false, activity.ReplyToId, null) { AnswerIsShown = false }
            : null;

    private static string? ReadText(JsonElement from, ReadOnlySpan<byte> name) =>
        from.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;
}
