using DocSpaceBot.Chat;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Approvals;

/// <summary>The Approve button of an <see cref="ApprovalCard"/>: for all that wait, or for one row.</summary>
internal sealed class ApproveInvitation(DecideByClick decide) : ICardAction
{
    public const string Verb = "approval/approve";

    public Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken) =>
        decide.DecideAsync(click, Choice.Approve, cancellationToken);
}
