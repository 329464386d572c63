using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Overview;

/// <summary>Who looks, and where: where others read along only what was asked for in that conversation is shown.</summary>
internal sealed record Reader(string TenantId, Person Who, string ConversationId, bool IsPersonal)
{
    public static Reader Of(ChatTurn turn) =>
        new(turn.TenantId, turn.From, turn.ConversationId, turn.Activity.Conversation?.ConversationType == "personal");

    public static Reader Of(CardClick click) =>
        new(click.TenantId, click.By, click.ConversationId, click.Where is { ConversationType: "personal" });

    /// <summary>What they asked for themselves. The threads of a channel are read by the same people, so they are one place.</summary>
    public OverviewScope Own => new(TenantId, Who.Id, IsPersonal ? null : ConversationReference.RootOf(ConversationId));

    /// <summary>For operators in the personal chat.</summary>
    public OverviewScope Everybodys => new(TenantId, Requester: null, Place: null);
}
