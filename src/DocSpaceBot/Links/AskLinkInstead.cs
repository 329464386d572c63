using DocSpaceBot.Chat;
using DocSpaceBot.FollowUps;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Links;

/// <summary>
/// The button that asks for a link of the role that people who have not joined were invited with, for as many as they are: the same as typing
/// <c>/link</c>, with the same rules.
/// </summary>
internal sealed class AskLinkInstead(
    Database database,
    InvitationStore invitations,
    AskForLink ask,
    WaitingCards waiting,
    TimeProvider clock
) : ICardAction
{
    public const string Verb = "link/ask";

    public async Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken)
    {
        if (await invitations.FindRequestAsync(click.Request, cancellationToken) is not { } request || request.TenantId != click.TenantId)
        {
            return RequestCards.Unknown;
        }

        var open = (await invitations.ListAsync(request.Id, cancellationToken)).Where(it => it.IsInQuestion).ToList();
        var notice =
            request.Requester.Id != click.By.Id ? Refusal.NotYours.Text
            : open.Count == 0 ? null
            : await database.WriteAsync(unit => AskAsync(unit, click, open), cancellationToken);
        return await waiting.AnswerAsync(click, new(request, notice), cancellationToken);
    }

    private async Task<string> AskAsync(Unit unit, CardClick click, IReadOnlyList<Invitation> open) =>
        await ask.AskAsync(
            unit,
            new(click.TenantId, click.By, click.ConversationId, clock.GetUtcNow()),
            new(open[0].Role, LinkTerms.Usual with { Uses = open.Count }, null)
        ) ?? LinkTexts.AskedInstead;
}
