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

/// <summary>Tells the operators, in their personal chats, what only they can mend.</summary>
internal sealed partial class TellOperators(
    Database database,
    Operators operators,
    IOptions<BotOptions> bot,
    ApproverDirectory directory,
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

        var places = await PlacesAsync(request.TenantId, cancellationToken);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Request {request.Number} of {request.Requester.Name} waits for approval, and I cannot reach enough of the people who decide: they have not installed me, have left, or cannot be looked up. They can still decide: ask them to write /approvals to me, or change the policy."
        );
        Log.NobodyReached(logger, request.Id.Value, places.Count);

        if (places.Count == 0)
        {
            return;
        }

        await database.WriteAsync(
            async unit =>
            {
                if (await InvitationStore.TryKeepOperatorsToldAsync(unit, request.Id, clock.GetUtcNow()))
                {
                    await SayAsync(unit, places, text);
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
            var places = await PlacesAsync(tenant, cancellationToken);
            await database.WriteAsync(
                unit => SayAsync(unit, places, $"The policy was changed and has a fault, so the one before stays in force. {fault}"),
                cancellationToken
            );
        }
    }

    private async Task SayAsync(Unit unit, IReadOnlyList<string> places, string text)
    {
        foreach (var place in places)
        {
            await ChatTurn.ReplyAsync(unit, place, OutgoingActivity.FromText(text), clock.GetUtcNow());
        }
    }

    /// <summary>The personal chats of the operators, as far as they can be written to.</summary>
    public async Task<IReadOnlyList<string>> PlacesAsync(string tenantId, CancellationToken cancellationToken)
    {
        var places = new List<string>();

        // Somebody of another tenant who has the address of an operator is none.
        if (operators.TenantFor(tenantId) is not { } tenant)
        {
            return places;
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
                    places.Add(chat.ConversationId);
                }
            }
            catch (ConnectorException e)
            {
                Log.CannotReach(logger, e.Message);
            }
        }

        return places;
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
