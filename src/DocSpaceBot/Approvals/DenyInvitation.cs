using DocSpaceBot.Chat;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Approvals;

/// <summary>The Deny button of an <see cref="ApprovalCard"/>: for all that wait, or for one row. It wants a reason.</summary>
internal sealed class DenyInvitation(DecideByClick decide) : ICardAction
{
    public const string Verb = "approval/deny";

    public Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken) =>
        decide.DecideAsync(click, Choice.Deny, cancellationToken);
}
