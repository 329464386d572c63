using System.Text.Json;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>A card on somebody's screen.</summary>
internal sealed record CardOnScreen(TeamsPerson Person, TeamsConversation Conversation, PostedMessage Message)
{
    public string ConversationId => Conversation.ReplyTo(Message);
}

/// <summary>What a person's client does with cards: it sends what was pressed and shows what comes back.</summary>
internal sealed class CardClient(
    TeamsSetup setup,
    TeamsDirectory directory,
    ActivityFactory activities,
    BotChannel bot,
    ChangeSignal changes
)
{
    public const string Failure = "Something went wrong. Please try again.";

    /// <summary>Presses a button of a card.</summary>
    public Task<PressResult> PressAsync(
        CardOnScreen card,
        CardButton button,
        IReadOnlyDictionary<string, string> inputs,
        Delivery delivery
    ) =>
        button.Type switch
        {
            _ when !button.IsEnabled => throw new StandInException($"""The button "{button.Title}" is greyed out."""),
            "Action.OpenUrl" => Task.FromResult(new PressResult(0) { Url = button.Url }),
            "Action.ShowCard" => Task.FromResult(new PressResult(0)),
            "Action.ToggleVisibility" => Task.FromResult(Toggle(card, button)),
            "Action.Execute" => ExecuteAsync(card, button.Action, CardForm.Fill(button, inputs), delivery),
            "Action.Submit" => SubmitAsync(card, CardForm.Fill(button, inputs), delivery),
            var other => throw new StandInException($"Teams does not know buttons of type {other}."),
        };

    /// <summary>Asks for the person's own view of a card, because the client wants it or because they do.</summary>
    public async Task<PressResult> RefreshAsync(CardOnScreen card, bool isAutomatic)
    {
        var (shown, version) = card.Conversation.CardFor(card.Message, card.Person.Name);
        if (shown is not { } current || RefreshOf(current) is not { } refresh)
        {
            return new(0);
        }

        var data =
            refresh.TryGetProperty("data", out var own) && own.ValueKind is JsonValueKind.Object
                ? JsonObject.Create(own.Clone())!.DeepClone().AsObject()
                : [];

        if (!isAutomatic)
        {
            return await ExecuteAsync(card, refresh, data, Delivery.Once);
        }

        // Nobody waits for it by the clock: moving the clock must not make it fail.
        var invoke = Invoke(card, refresh, data, "automatic");
        var answer = await bot.SendAsync(invoke, BotChannel.InvokePatience, byClock: false);
        if (CardIn(answer) is { } view && card.Conversation.SetView(card.Message, card.Person.Name, view, version))
        {
            changes.Raise();
        }

        return new(answer.Status) { Answer = answer.Body };
    }

    public static JsonElement? RefreshOf(JsonElement card) =>
        card.TryGetProperty("refresh", out var refresh)
        && refresh.ValueKind is JsonValueKind.Object
        && refresh.TryGetProperty("action", out var action)
            ? action
            : null;

    /// <summary>Shows a person something that nobody else sees.</summary>
    public void Notify(CardOnScreen card, string from, string text)
    {
        var id = directory.NextMessageId();
        card.Conversation.Post(
            new(id, from, setup.Clock.GetUtcNow())
            {
                IsFromBot = true,
                OnlyFor = card.Person.Name,
                RootId = card.Message.RootId,
                Content = new(text, []),
            }
        );
        changes.Raise();
    }

    private async Task<PressResult> ExecuteAsync(CardOnScreen card, JsonElement action, JsonObject data, Delivery delivery)
    {
        var answers = await bot.DeliverAsync(Invoke(card, action, data, "manual"), delivery);
        PressResult? first = null;
        foreach (var answer in answers)
        {
            var notice = Show(card, answer);
            first ??= new(answer.Status) { Answer = answer.Body, Notice = notice };
        }

        return first!;
    }

    private JsonObject Invoke(CardOnScreen card, JsonElement action, JsonObject data, string trigger) =>
        activities.Execute(card.Person, card.Conversation, card.ConversationId, card.Message.Id, action, data, trigger);

    private string? Show(CardOnScreen card, BotAnswer answer)
    {
        if (CardIn(answer) is { } view)
        {
            card.Conversation.SetView(card.Message, card.Person.Name, view);
            changes.Raise();
            return null;
        }

        var (from, notice) =
            answer is { Status: 200, Body: { } body } && body.TryGetProperty("value", out var value)
                ? (body.Text("type"), value.ValueKind) switch
                {
                    ("application/vnd.microsoft.activity.message", JsonValueKind.String) => (setup.BotName, value.GetString()!),
                    ("application/vnd.microsoft.error", JsonValueKind.Object) when value.Text("message") is { } message => (
                        setup.BotName,
                        message
                    ),
                    _ => ("Teams", Failure),
                }
                : ("Teams", Failure);
        Notify(card, from, notice);
        return notice;
    }

    private static JsonElement? CardIn(BotAnswer answer) =>
        answer is { Status: 200, Body: { ValueKind: JsonValueKind.Object } body }
        && body.Text("type") is "application/vnd.microsoft.card.adaptive"
        && body.TryGetProperty("value", out var card)
        && ActivityRules.IsShowable(card)
            ? card
            : null;

    private async Task<PressResult> SubmitAsync(CardOnScreen card, JsonObject data, Delivery delivery)
    {
        if (data["msteams"] is JsonObject special)
        {
            throw new StandInException($"The stand-in does not do what an Action.Submit of type {special["type"]} asks for.");
        }

        // The card beneath a link came by a message extension; older clients make no difference. Nobody is shown what is answered.
        var activity =
            card.Message.IsFromBot || card.Person.HasOldClient
                ? activities.Submit(card.Person, card.Conversation, card.ConversationId, directory.NextMessageId(), card.Message.Id, data)
                : activities.Invoke(
                    "composeExtension/onCardButtonClicked",
                    card.Person,
                    card.Conversation,
                    card.ConversationId,
                    card.Message.Id,
                    data
                );
        var answers = await bot.DeliverAsync(activity, delivery);
        return new(answers[0].Status) { Answer = answers[0].Body };
    }

    private PressResult Toggle(CardOnScreen card, CardButton button)
    {
        var shown = JsonNode.Parse(card.Conversation.CardFor(card.Message, card.Person.Name).Card!.Value.GetRawText())!;
        foreach (var target in button.Action.Items("targetElements"))
        {
            var id = target.ValueKind is JsonValueKind.String ? target.GetString() : target.Text("elementId");
            if (FindElement(shown, id) is { } element)
            {
                var visible = element["isVisible"]?.GetValue<bool>() ?? true;
                element["isVisible"] =
                    target.ValueKind is JsonValueKind.Object && target.TryGetProperty("isVisible", out var wanted)
                        ? wanted.ValueKind is JsonValueKind.True
                        : !visible;
            }
        }

        using var toggled = JsonDocument.Parse(shown.ToJsonString());
        card.Conversation.SetView(card.Message, card.Person.Name, toggled.RootElement.Clone());
        changes.Raise();
        return new(0);
    }

    private static JsonObject? FindElement(JsonNode? part, string? id) =>
        part switch
        {
            JsonObject element when (string?)(element["id"] as JsonValue) == id => element,
            JsonObject element => element.Select(property => FindElement(property.Value, id)).FirstOrDefault(found => found is not null),
            JsonArray list => list.Select(item => FindElement(item, id)).FirstOrDefault(found => found is not null),
            _ => null,
        };
}
