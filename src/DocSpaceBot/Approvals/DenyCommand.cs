using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;

namespace DocSpaceBot.Approvals;

/// <summary><c>/deny N [ADDRESS…] REASON</c> denies a request, or some of its people, without a card.</summary>
internal sealed class DenyCommand(DecideByWords decide, RequesterAddress addresses) : IChatCommand
{
    public const string Name = "deny";

    public Task PrepareAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken) =>
        addresses.LearnAsync(turn.Activity.Reference, turn.From, cancellationToken);

    public Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken) =>
        decide.DecideAsync(turn.Unit, turn, line, Choice.Deny);
}
