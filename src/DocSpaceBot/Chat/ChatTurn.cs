using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Chat;

/// <summary>Handling one message: who said it where, and the unit in which everything it causes is kept.</summary>
internal sealed class ChatTurn(Activity activity, Person from, DateTimeOffset now)
{
    private Unit? unit;

    public Activity Activity => activity;
    public Person From => from;
    public DateTimeOffset Now => now;
    public string TenantId { get; } = activity.TenantId ?? "";
    public string ConversationId { get; } = activity.Conversation?.Id ?? "";

    /// <summary>Set once the unit has begun; before that nothing can be kept.</summary>
    public Unit Unit
    {
        get => unit ?? throw new InvalidOperationException("The unit of this turn has not begun.");
        set => unit = value;
    }

    public Task ReplyAsync(string text) => ReplyAsync(OutgoingActivity.FromText(text));

    public Task ReplyAsync(AdaptiveCard card, string summary) => ReplyAsync(OutgoingActivity.FromCard(card, summary));

    /// <summary>Answers in the thread that was written in. It is sent after the unit is kept, and again after a crash.</summary>
    public Task ReplyAsync(OutgoingActivity answer) => ReplyAsync(Unit, ConversationId, answer, now);

    /// <summary>The same for what is answered later, by a step.</summary>
    public static Task ReplyAsync(Unit unit, string conversationId, OutgoingActivity answer, DateTimeOffset now) =>
        Conversations.Reply.AddAsync(unit, conversationId, answer, now);

    /// <summary>Says nothing when a card says everything.</summary>
    public Task ReplyOrNothingAsync(string? text) => text is null ? Task.CompletedTask : ReplyAsync(text);
}
