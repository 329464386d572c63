using DocSpaceBot.Chat;

namespace DocSpaceBot.Links;

/// <summary>A message to the bot that is no command and has an invitation link in it: it is answered like a pasted link.</summary>
internal sealed class LinkInMessage(PastedLink pasted) : IChatCommand
{
    public const string Name = "link in a message";

    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        if (await pasted.CardAsync(turn.Activity, cancellationToken) is { } card)
        {
            await turn.ReplyAsync(card, PastedLinkCard.Summary);
        }
    }
}
