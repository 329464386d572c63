using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Invitations;

/// <summary>The Undo button: takes a request back as long as nothing has left.</summary>
internal sealed class UndoInvitation(InvitationStore invitations, TimeProvider clock) : ICardAction
{
    public const string Verb = "invite/undo";

    public Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken) =>
        RequesterButton.PressAsync(invitations, click, clock.GetUtcNow(), _ => true, new InvitationEvent.Undo(click.By), cancellationToken);
}
