using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Conversations;

/// <summary>
/// The bot comes into a conversation or leaves it. Teams announces both in two ways at once and in any order; either way alone is enough,
/// and both together do nothing twice.
/// </summary>
internal sealed class Installation(ConversationStore conversations, PeopleStore people)
{
    public async Task ChangedAsync(Unit unit, Activity activity, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var conversation = activity.Reference;

        if (Leaves(activity))
        {
            await conversations.ForgetAsync(unit, conversation.ConversationId);
            return;
        }

        await conversations.RememberAsync(unit, conversation);

        if (NameOf(activity) is { } name)
        {
            await ConversationStore.NameAsync(unit, conversation.ConversationId, name);
        }

        if (conversation.ConversationType == "personal" && activity.From is { } from)
        {
            await people.RememberAsync(
                unit,
                conversation.TenantId,
                from,
                conversation.ConversationId,
                activity.LocalTimezone,
                activity.Locale
            );
        }

        if (Comes(activity))
        {
            // What waits for somebody who has only now installed the bot.
            if (conversation.ConversationType == "personal" && activity.From?.AadObjectId is { Length: > 0 } person)
            {
                await ApproverStore.ComeAsync(unit, conversation.TenantId, person, now);
            }

            await StepQueue.AddAsync(unit, StepKind.LookUpPeople, conversation.ConversationId, now);

            if (await conversations.TryGreetAsync(unit, conversation.ConversationId))
            {
                await StepQueue.AddAsync(
                    unit,
                    StepKind.Greet,
                    conversation.ConversationId,
                    now,
                    await LanguageAsync(activity, cancellationToken)
                );
            }
        }
        else if (activity.MembersAdded is { Count: > 0 })
        {
            await StepQueue.AddAsync(unit, StepKind.LookUpPeople, conversation.ConversationId, now);
        }
    }

    /// <summary>The language of whoever installs the bot, as far as Teams tells it or has told it before.</summary>
    private async Task<string> LanguageAsync(Activity activity, CancellationToken cancellationToken) =>
        activity is { Locale: null, From.AadObjectId: { Length: > 0 } person, TenantId: { } tenant }
            ? (await people.LanguageAsync(tenant, person, cancellationToken)).Name
            : Language.For(activity.Locale).Name;

    /// <summary>What people call the place; General has no name of its own.</summary>
    private static string? NameOf(Activity activity) =>
        activity.ChannelData switch
        {
            { Team.Name: { Length: > 0 } team, Channel.Name: { Length: > 0 } channel } => CardText.OneLine($"{team} › {channel}"),
            { Team.Name: { Length: > 0 } team } => CardText.OneLine(team),
            _ => CardText.OneLine(activity.Conversation?.Name) is { Length: > 0 } name ? name : null,
        };

    private static bool Comes(Activity activity) => activity.Action is "add" or "add-upgrade" || IsAmong(activity.MembersAdded, activity);

    private static bool Leaves(Activity activity) =>
        activity.Action is "remove" or "remove-upgrade"
        || IsAmong(activity.MembersRemoved, activity)
        || activity.ChannelData?.EventType is "teamDeleted" or "teamHardDeleted";

    private static bool IsAmong(IReadOnlyList<ChannelAccount>? members, Activity activity) =>
        activity.Recipient?.Id is { } bot && members is not null && members.Any(member => member.Id == bot);
}
