using DocSpaceBot.Approvals;
using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Links;

/// <summary>Many took a link at once: whoever shared it and the operators are told, and can stop it with one click.</summary>
internal sealed partial class RaiseAlarm(
    Database database,
    InvitationStore invitations,
    LinkStore links,
    LinkCards cards,
    PersonalChats chats,
    TellOperators operators,
    TimeProvider clock,
    ILogger<RaiseAlarm> logger
) : IStep
{
    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (
            await links.FindAsync(new(step.Subject), cancellationToken) is not { AlarmedAt: not null } link
            || await invitations.FindRequestAsync(link.Id, cancellationToken) is not { } request
        )
        {
            return StepOutcome.Done;
        }

        Log.ManyAtOnce(logger, link.Id.Value, link.Taken);
        var places = (await operators.PlacesAsync(link.TenantId, cancellationToken)).ToHashSet(StringComparer.Ordinal);

        if (await chats.OpenAsync(link.TenantId, link.Owner.Id, cancellationToken) is { } chat)
        {
            places.Add(chat.ConversationId);
        }

        var now = clock.GetUtcNow();
        var card = AlarmCard.For(link, request, cards.Portal, now);
        await database.WriteAsync(
            async unit =>
            {
                foreach (var place in places)
                {
                    await ChatTurn.ReplyAsync(unit, place, OutgoingActivity.FromCard(card, card.FallbackText ?? ""), now);
                }
            },
            cancellationToken
        );
        return StepOutcome.Done;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Link {LinkId} is taken by many at once; {Taken} have it by now.")]
        public static partial void ManyAtOnce(ILogger logger, string linkId, int taken);
    }
}

internal static class AlarmCard
{
    public static AdaptiveCard For(SharedLink link, InviteRequest request, string portal, DateTimeOffset now) =>
        new()
        {
            FallbackText = $"Many people take the invitation link of {link.Owner.Name} at once: {LinkWords.Taken(link)}",
            Body =
            [
                CardFrame.Heading("Many people take this link at once", ContainerStyle.Attention),
                new FactSet([
                    new("DocSpace", CardText.Escape(portal)),
                    new("Role", DocSpaceRoleNames.For(link.Role)),
                    new("Handed\u00A0out", LinkWords.Taken(link)),
                    new("Shared\u00A0by", CardText.Escape(link.Owner.Name)),
                    .. InvitationCard.Reason(request),
                    new("Ends", InvitationCard.Time(link.ExpiresAt)),
                ]),
                new TextBlock(
                    "If that is not what was meant, stop it: from that moment nobody else gets it. /links shows all that are open."
                ),
                CardFrame.Reference(link.Id),
            ],
            Actions =
                link.StateAt(now) is LinkState.Stopped
                    ? []
                    : [LinkCard.Button("Stop", SharedVerbs.StopLink, LinkCard.About(link.Id, LinkCard.ListView), ActionStyle.Destructive)],
        };
}
