using System.Globalization;
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
    PeopleStore people,
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
        var languages = new Dictionary<string, CultureInfo>(StringComparer.Ordinal);

        foreach (var told in await operators.ListChatsAsync(link.TenantId, cancellationToken))
        {
            languages[told.ConversationId] = told.Language;
        }

        if (await chats.OpenAsync(link.TenantId, link.Owner.Id, cancellationToken) is { } chat)
        {
            languages[chat.ConversationId] = await people.LanguageAsync(link.TenantId, link.Owner.Id, cancellationToken);
        }

        var now = clock.GetUtcNow();
        var messages = new List<(string Place, AdaptiveCard Card)>();

        foreach (var (place, language) in languages)
        {
            CultureInfo.CurrentUICulture = language;
            messages.Add((place, AlarmCard.For(link, request, cards.Portal, now)));
        }

        await database.WriteAsync(
            async unit =>
            {
                foreach (var (place, card) in messages)
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
            FallbackText = LinkTexts.AlarmSummary.With(link.Owner.Name, LinkWords.Taken(link)),
            Body =
            [
                CardFrame.Heading(LinkTexts.AlarmHeading, ContainerStyle.Attention),
                new FactSet([
                    new("DocSpace", CardText.Escape(portal)),
                    new(LinkTexts.Role, DocSpaceRoleNames.For(link.Role)),
                    new(LinkTexts.HandedOut, LinkWords.Taken(link)),
                    new(LinkTexts.SharedBy, CardText.Escape(link.Owner.Name)),
                    .. InvitationCard.Reason(request),
                    new(LinkTexts.Ends, InvitationCard.Time(link.ExpiresAt)),
                ]),
                new TextBlock(LinkTexts.AlarmAdvice),
                CardFrame.Reference(link.Id),
            ],
            Actions =
                link.StateAt(now) is LinkState.Stopped
                    ? []
                    :
                    [
                        LinkCard.Button(
                            LinkTexts.Stop,
                            SharedVerbs.StopLink,
                            LinkCard.About(link.Id, LinkCard.ListView),
                            ActionStyle.Destructive
                        ),
                    ],
        };
}
