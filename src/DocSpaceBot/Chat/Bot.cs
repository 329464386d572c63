using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Links;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;
using Teams.Protocol.Cards;
using Teams.Protocol.Files;
using Teams.Protocol.Hosting;

namespace DocSpaceBot.Chat;

/// <summary>
/// The doorway: every activity comes in here and goes to one place. A message is taken in as one unit: that it was seen, what it changes
/// and what is to be answered are kept together, and only then is Teams told that it arrived.
/// </summary>
internal sealed partial class Bot(
    Database database,
    ConversationStore conversations,
    PeopleStore people,
    Installation installation,
    IServiceProvider services,
    TimeProvider clock,
    ILogger<Bot> logger
) : ITurnHandler
{
    public async Task<InvokeAnswer?> OnTurnAsync(Activity activity, CancellationToken cancellationToken)
    {
        CultureInfo.CurrentUICulture = Language.For(activity.Locale);

        switch (activity.Type)
        {
            case ActivityTypes.Invoke:
                return await OnInvokeAsync(activity, cancellationToken);

            // The button of a client that does not know Action.Execute.
            case ActivityTypes.Message when CardAction.From(activity) is { } action:
                await OnSubmitAsync(activity, action, cancellationToken);
                return null;

            case ActivityTypes.Message:
                await OnMessageAsync(activity, cancellationToken);
                return null;

            case "installationUpdate"
            or "conversationUpdate":
                await TakeInAsync(
                    activity,
                    unit => installation.ChangedAsync(unit, activity, clock.GetUtcNow(), cancellationToken),
                    cancellationToken
                );
                return null;

            default:
                Log.Ignored(logger, Printable(activity.Type));
                return null;
        }
    }

    public string WhenItFails(Activity activity)
    {
        CultureInfo.CurrentUICulture = Language.For(activity.Locale);
        return ChatTexts.WentWrong;
    }

    private async Task OnMessageAsync(Activity activity, CancellationToken cancellationToken)
    {
        var line = CommandLine.Parse(CommandText.Of(activity));
        var command = Routes.Find(services, activity, line);
        var turn = new ChatTurn(activity, PersonOf(activity), clock.GetUtcNow());
        await command.PrepareAsync(turn, line, cancellationToken);

        await TakeInAsync(
            activity,
            async unit =>
            {
                turn.Unit = unit;
                await conversations.RememberAsync(unit, activity.Reference);

                await people.RememberAsync(unit, activity);
                await command.HandleAsync(turn, line, cancellationToken);
            },
            cancellationToken
        );
    }

    /// <summary>Does what the activity causes, unless it has been done already for an earlier delivery of the same activity.</summary>
    private Task TakeInAsync(Activity activity, Func<Unit, Task> effects, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async unit =>
            {
                if (KeyOf(activity) is not { } key || await SeenActivities.TryAddAsync(unit, key, clock.GetUtcNow()))
                {
                    await effects(unit);
                }
                else
                {
                    Log.SeenBefore(logger, Printable(activity.Type));
                }
            },
            cancellationToken
        );

    private async Task<InvokeAnswer?> OnInvokeAsync(Activity activity, CancellationToken cancellationToken)
    {
        return activity.Name switch
        {
            CardAction.InvokeName when CardAction.From(activity) is { } action => await PressAsync(
                activity,
                action,
                null,
                cancellationToken
            ),
            CardAction.ExtensionInvokeName when CardAction.From(activity) is { } action => await SubmitAsync(
                activity,
                action,
                cancellationToken
            ),
            LinkQuery.InvokeName => LinkQuery.From(activity) is { } query
                ? await services.GetRequiredService<PastedLink>().AnswerAsync(activity, query, cancellationToken)
                : InvokeAnswer.NotUnfurled,
            FileConsent.InvokeName when FileConsent.From(activity) is { } answer => await PressAsync(
                activity,
                new(FileConsent.InvokeName, answer.Context, IsAutomatic: false, activity.ReplyToId, ActionId: null),
                answer.Upload,
                cancellationToken
            ),
            CardAction.InvokeName or FileConsent.InvokeName => InvokeAnswer.Error(400, "BadRequest", ChatTexts.ButtonUnreadable),
            _ => null,
        };
    }

    /// <summary>
    /// A button of a card beneath a link. Its answer is not shown, and the bot need not be in that conversation: what there is to say is written to whoever
    /// pressed, where there is a chat with them.
    /// </summary>
    private async Task<InvokeAnswer> SubmitAsync(Activity activity, CardAction action, CancellationToken cancellationToken)
    {
        var answer = await PressAsync(activity, action, null, cancellationToken);
        var person = await people.FindAsync(activity.TenantId ?? "", activity.From?.AadObjectId ?? "", cancellationToken);
        var place = person?.ConversationId ?? activity.Conversation?.Id ?? "";

        if (answer.Said is { } said)
        {
            await TakeInAsync(
                activity,
                unit => ChatTurn.ReplyAsync(unit, place, OutgoingActivity.FromText(said), clock.GetUtcNow()),
                cancellationToken
            );
        }

        return InvokeAnswer.NotUnfurled;
    }

    private async Task OnSubmitAsync(Activity activity, CardAction action, CancellationToken cancellationToken)
    {
        // A click has no unit of its own: what it does bears being done twice.
        var answer = await PressAsync(activity, action, null, cancellationToken);
        await TakeInAsync(
            activity,
            async unit =>
            {
                await conversations.RememberAsync(unit, activity.Reference);

                if (InChat(answer, activity) is { } said)
                {
                    await ChatTurn.ReplyAsync(unit, activity.Conversation?.Id ?? "", said, clock.GetUtcNow());
                }
            },
            cancellationToken
        );
    }

    /// <summary>The client shows no answers of its own. Where others read along, nobody's own card is posted.</summary>
    private static OutgoingActivity? InChat(InvokeAnswer answer, Activity activity) =>
        answer switch
        {
            { Said: { } text } => OutgoingActivity.FromText(text),
            { Shown: { } card } when activity.Conversation?.ConversationType == ConversationTypes.Personal => OutgoingActivity.FromCard(
                card,
                card.FallbackText ?? ChatTexts.CardAsItIs
            ),
            { Shown: not null } => OutgoingActivity.FromText(ChatTexts.LookIntoPersonalChat),
            _ => null,
        };

    private async Task<InvokeAnswer> PressAsync(
        Activity activity,
        CardAction action,
        FileUploadInfo? upload,
        CancellationToken cancellationToken
    )
    {
        if (services.GetKeyedService<ICardAction>(action.Verb) is not { } button)
        {
            Log.UnknownVerb(logger, Printable(action.Verb));
            return InvokeAnswer.Error(400, "UnknownButton", ChatTexts.ButtonUnknown);
        }

        if (Find(action, "id") is not { Length: > 0 and <= 64 } id || activity.From?.AadObjectId is not { Length: > 0 })
        {
            return InvokeAnswer.Error(400, "BadRequest", Refusal.UnknownCard.Text);
        }

        return await button.HandleAsync(
            new(id, Find(action, "row"), PersonOf(activity), activity.TenantId ?? "", activity.Conversation?.Id ?? "")
            {
                Entered = action
                    .Data.EnumerateObject()
                    .Where(field => field.Value.ValueKind is JsonValueKind.String)
                    .ToDictionary(field => field.Name, field => field.Value.GetString()!, StringComparer.Ordinal),
                CardActivityId = action.CardActivityId,
                AnswerIsShown = action.AnswerIsShown,
                Where = activity.Reference,
                Upload = upload,
            },
            cancellationToken
        );
    }

    private static string? Find(CardAction action, string name) =>
        action.Data.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static Person PersonOf(Activity activity) => new(activity.From?.AadObjectId ?? "", CardText.OneLine(activity.From?.Name));

    /// <summary>
    /// Null for an activity without an id, which cannot be told from another. The id of a message is the time, so it stands first: keys that
    /// come in order are written side by side.
    /// </summary>
    private static string? KeyOf(Activity activity) =>
        activity.Id is { Length: > 0 } id
            ? string.Concat(
                LeadingDigits(id),
                "-",
                Convert.ToHexStringLower(
                    SHA256
                        .HashData(Encoding.UTF8.GetBytes($"{activity.ChannelId}\n{activity.Conversation?.Id}\n{id}\n{activity.Type}"))
                        .AsSpan(0, 16)
                )
            )
            : null;

    private static ReadOnlySpan<char> LeadingDigits(string id)
    {
        const int longest = 20;
        var start = id.AsSpan(0, Math.Min(id.Length, longest));
        var end = start.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? start : start[..end];
    }

    /// <summary>Words that come from outside go into a log short and without anything but letters.</summary>
    private static string Printable(string? word) =>
        word is null ? "" : new string([.. word.Take(40).Where(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-')]);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "An activity of type {ActivityType} needs nothing done.")]
        public static partial void Ignored(ILogger logger, string activityType);

        [LoggerMessage(LogLevel.Information, "An activity of type {ActivityType} was delivered again; nothing was done.")]
        public static partial void SeenBefore(ILogger logger, string activityType);

        [LoggerMessage(LogLevel.Warning, "A button with the unknown verb {Verb} was pressed.")]
        public static partial void UnknownVerb(ILogger logger, string verb);
    }
}
