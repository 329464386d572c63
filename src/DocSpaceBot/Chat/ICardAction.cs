using DocSpaceBot.Lifecycle;
using Teams.Protocol.Activities;
using Teams.Protocol.Files;

namespace DocSpaceBot.Chat;

/// <summary>Somebody pressed a button. What the card sent is only a pointer; who pressed comes from the signed activity.</summary>
internal sealed record CardClick(string Id, string? Row, Person By, string TenantId, string ConversationId)
{
    /// <summary>What was entered on the card, by the ids of its fields.</summary>
    public IReadOnlyDictionary<string, string> Entered { get; init; } = new Dictionary<string, string>();

    /// <summary>The message that carries the card.</summary>
    public string? CardActivityId { get; init; }

    /// <summary>False where what is answered is not shown to whoever pressed, but posted.</summary>
    public bool AnswerIsShown { get; init; } = true;

    /// <summary>Where a file goes that the person agreed to take; null for everything else.</summary>
    public FileUploadInfo? Upload { get; init; }

    /// <summary>How to write to the conversation, which may be one that the bot is not in: cards beneath links are pressed anywhere.</summary>
    public ConversationReference? Where { get; init; }

    public RequestId Request => new(Id);
}

/// <summary>A button of a card.</summary>
internal interface ICardAction
{
    /// <summary>Reads everything from storage, checks every right again, and answers with the card as it is afterwards.</summary>
    Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken);
}
