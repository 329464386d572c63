using System.Globalization;
using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;
using Teams.Protocol.Hosting;

namespace DocSpaceBot.Approvals;

/// <summary>Where an operator is written to, and in which language.</summary>
internal sealed record OperatorChat(string ConversationId, CultureInfo Language);

/// <summary>Tells the operators, in their personal chats, what only they can mend.</summary>
internal sealed partial class TellOperators(
    Database database,
    Operators operators,
    IOptions<BotOptions> bot,
    ApproverDirectory directory,
    PeopleStore people,
    PersonalChats chats,
    TimeProvider clock,
    ILogger<TellOperators> logger
)
{
    /// <summary>Told once for a request, as soon as there is somebody to tell.</summary>
    public async Task NobodyCanBeReachedAsync(InviteRequest request, CancellationToken cancellationToken)
    {
        if (request.OperatorsToldAt is not null)
        {
            return;
        }

        var messages = new List<(string Place, string Text)>();

        foreach (var chat in await ListChatsAsync(request.TenantId, cancellationToken))
        {
            CultureInfo.CurrentUICulture = chat.Language;
            messages.Add((chat.ConversationId, ApprovalTexts.NobodyReached.With(request.Number, request.Requester.Name)));
        }

        Log.NobodyReached(logger, request.Id.Value, messages.Count);

        if (messages.Count == 0)
        {
            return;
        }

        await database.WriteAsync(
            async unit =>
            {
                if (await InvitationStore.TryKeepOperatorsToldAsync(unit, request.Id, clock.GetUtcNow()))
                {
                    await SayAsync(unit, messages);
                    await StepQueue.AddAsync(unit, StepKind.ShowCard, request.Id.Value, clock.GetUtcNow());
                }
            },
            cancellationToken
        );
    }

    /// <summary>Told once by this process for each fault.</summary>
    public async Task PolicyIsNotTakenAsync(string fault, CancellationToken cancellationToken)
    {
        foreach (
            var tenant in bot.Value.AllowedTenants.Select(it => operators.TenantFor(it) ?? it).Distinct(StringComparer.OrdinalIgnoreCase)
        )
        {
            var messages = new List<(string Place, string Text)>();

            foreach (var chat in await ListChatsAsync(tenant, cancellationToken))
            {
                CultureInfo.CurrentUICulture = chat.Language;
                messages.Add((chat.ConversationId, ApprovalTexts.PolicyNotTaken.With(fault)));
            }

            await database.WriteAsync(unit => SayAsync(unit, messages), cancellationToken);
        }
    }

    private async Task SayAsync(Unit unit, IReadOnlyList<(string Place, string Text)> messages)
    {
        foreach (var (place, text) in messages)
        {
            await ChatTurn.ReplyAsync(unit, place, OutgoingActivity.FromText(text), clock.GetUtcNow());
        }
    }

    /// <summary>The personal chats of the operators, as far as they can be written to.</summary>
    public async Task<IReadOnlyList<OperatorChat>> ListChatsAsync(string tenantId, CancellationToken cancellationToken)
    {
        var found = new List<OperatorChat>();

        // Somebody of another tenant who has the address of an operator is none.
        if (operators.TenantFor(tenantId) is not { } tenant)
        {
            return found;
        }

        foreach (var entry in operators.Entries)
        {
            try
            {
                if (
                    await directory.FindPersonAsync(tenant, entry, cancellationToken) is ({ } person, _)
                    && await chats.OpenAsync(tenant, person.Id, cancellationToken) is { } chat
                )
                {
                    found.Add(new(chat.ConversationId, await people.LanguageAsync(tenant, person.Id, cancellationToken)));
                }
            }
            catch (ConnectorException e)
            {
                Log.CannotReach(logger, e.Message);
            }
        }

        return found;
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "Request {RequestId} waits for approval and nobody can be reached who decides; {Operators} operators are told."
        )]
        public static partial void NobodyReached(ILogger logger, string requestId, int operators);

        [LoggerMessage(LogLevel.Warning, "An operator cannot be reached: {Fault}")]
        public static partial void CannotReach(ILogger logger, string fault);
    }
}
