using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Invitations;

/// <summary>The Try again button of invitations that failed before anybody was invited.</summary>
internal sealed class TryAgain(InvitationStore invitations, TimeProvider clock) : ICardAction
{
    public const string Verb = "invite/resend";

    public Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken) =>
        RequesterButton.PressAsync(
            invitations,
            click,
            clock.GetUtcNow(),
            it => it is { Status: InvitationStatus.Failed, InvitedAt: null },
            new InvitationEvent.TryAgain(click.By),
            cancellationToken
        );
}
