using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Invitations;

/// <summary>The Undo button: takes a request back as long as nothing has left.</summary>
internal sealed class UndoInvitation(RequesterButton button) : ICardAction
{
    public const string Verb = "invite/undo";

    public Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken) =>
        button.PressAsync(click, _ => true, new InvitationEvent.Undo(click.By), cancellationToken);
}
