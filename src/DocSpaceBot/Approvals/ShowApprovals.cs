using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DocSpaceBot.Conversations;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;
using Teams.Protocol.Cards;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Approvals;

/// <summary>
/// Posts the card of a request to each of its approvers, or edits it to the present state. There is one such step for a request at a time. One
/// approver who cannot be reached does not hold up the others.
/// </summary>
internal sealed partial class ShowApprovals(
    Database database,
    InvitationStore invitations,
    ApproverStore approvers,
    PeopleStore people,
    ConversationStore conversations,
    PersonalChats chats,
    SentCardStore sentCards,
    DecideRequest decide,
    ConnectorClient connector,
    IOptions<ApprovalOptions> options,
    TimeProvider clock,
    ILogger<ShowApprovals> logger
) : IStep
{
    private const int AtOnce = 8;

    private const int MostAttemptsAtOnce = 4;

    private static readonly TimeSpan BetweenLaterAttempts = TimeSpan.FromMinutes(15);

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        var id = new RequestId(step.Subject);

        if (await invitations.FindRequestAsync(id, cancellationToken) is not { } request)
        {
            return StepOutcome.Done;
        }

        var now = clock.GetUtcNow();
        var all = await invitations.ListAsync(id, cancellationToken);
        var asked = await approvers.ListAsync(id, cancellationToken);
        var picture = new Picture(
            request,
            all,
            now,
            options.Value.UndoWindow,
            await approvers.TeamsIdsAsync(request, cancellationToken),
            await sentCards.ListAsync(ApproverStore.CardOf(id), cancellationToken)
        );
        var faults = new ConcurrentBag<ConnectorException>();

        await Parallel.ForEachAsync(
            asked.Where(approver => approver.IsReachable),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (approver, token) =>
            {
                try
                {
                    await ShowAsync(approver, picture, token);
                }
                catch (ConnectorException e)
                {
                    faults.Add(e);
                }
            }
        );

        // Kept together: an edit of which nothing is known after a crash is made once more and changes nothing.
        await sentCards.KeepEditedAsync(picture.Edited, cancellationToken);

        var changesAt = ApprovalCard.ChangesAt(all, now);

        // The others are up to date; what failed is tried again. A service that is away for minutes does not say whether it has posted the card: rather it
        // is posted twice than that nobody is asked.
        return faults.FirstOrDefault() is not { } fault
            ? changesAt is { } at
                ? StepOutcome.Again(at)
                : StepOutcome.Done
            : fault.MayHaveHappened && step.Attempts >= MostAttemptsAtOnce
                ? StepOutcome.TryAgain(now + BetweenLaterAttempts)
                : throw fault;
    }

    /// <summary>Each copy is in the language of whoever reads it; in a channel in that of whoever asked.</summary>
    private async Task ShowAsync(Approver approver, Picture picture, CancellationToken cancellationToken)
    {
        CultureInfo.CurrentUICulture = await people.LanguageAsync(
            picture.Request.TenantId,
            approver.IsChannel ? picture.Request.Requester.Id : approver.Id,
            cancellationToken
        );

        try
        {
            if (approver.ConversationId is { } place)
            {
                await EditAsync(place, picture.For(approver), picture, cancellationToken);
            }
            else if (picture.IsWaiting && await IsWantedAsync(approver, picture, cancellationToken))
            {
                await PostAsync(approver, picture, cancellationToken);
            }
        }
        catch (ConnectorException e) when (e.Fault is ConnectorFault.Unreachable or ConnectorFault.NotFound)
        {
            if (approver.ConversationId is { } place)
            {
                await conversations.GiveUpIfClosedAsync(place, e, cancellationToken);
            }

            await GiveUpAsync(approver, cancellationToken);
        }
        catch (ConnectorException e) when (e.Fault is ConnectorFault.NotAllowed or ConnectorFault.TooBig or ConnectorFault.Invalid)
        {
            // It stays so, and must not keep the cards of the others as they are.
            Log.CannotShow(logger, approver.RequestId, approver.Id, e.Message);

            if (approver.ConversationId is null)
            {
                await GiveUpAsync(approver, cancellationToken);
            }
        }
    }

    /// <summary>Whoever looks for themselves is not sent cards, nor who has ceased to decide since they were asked.</summary>
    private async Task<bool> IsWantedAsync(Approver approver, Picture picture, CancellationToken cancellationToken) =>
        approver.IsChannel
        || (
            (await people.FindAsync(picture.Request.TenantId, approver.Id, cancellationToken))?.Notify is null or Notify.Each
            && await database.WriteAsync(
                async unit => (await decide.ListDecidableAsync(unit, picture.Request, picture.All, new(approver.Id, ""), "")).Count > 0,
                cancellationToken
            )
        );

    private async Task PostAsync(Approver approver, Picture picture, CancellationToken cancellationToken)
    {
        var to = approver.IsChannel
            ? await ChannelAsync(approver.Id, picture.Request, cancellationToken)
            : await chats.OpenAsync(picture.Request.TenantId, approver.Id, cancellationToken);

        if (to is null)
        {
            await GiveUpAsync(approver, cancellationToken);
            return;
        }

        var card = picture.For(approver);
        var message = OutgoingActivity.FromCard(card, picture.Summary);
        string? activityId;

        if (approver.IsChannel)
        {
            var thread = await connector.CreateConversationAsync(
                to.ServiceUrl,
                NewConversation.ThreadIn(approver.Id, message, to.TenantId, to.BotId),
                cancellationToken
            );
            to = to with { ConversationId = thread.Id };
            activityId = thread.ActivityId;
        }
        else
        {
            activityId = await SendAsync(to, message, cancellationToken);
        }

        await database.WriteAsync(
            async unit =>
            {
                if (approver.IsChannel)
                {
                    await conversations.RememberAsync(unit, to);
                }

                await ApproverStore.PlaceAsync(unit, approver, to.ConversationId);
                await SentCardStore.KeepAsync(unit, Sent(picture, to.ConversationId, activityId, card));
            },
            cancellationToken
        );
    }

    private async Task<string?> SendAsync(ConversationReference to, OutgoingActivity message, CancellationToken cancellationToken)
    {
        try
        {
            return await connector.SendAsync(to, message, cancellationToken);
        }
        catch (ConnectorException e)
        {
            // Whoever writes from there again is shown what waits for them.
            await conversations.GiveUpIfClosedAsync(to.ConversationId, e, cancellationToken);
            throw;
        }
    }

    private async Task EditAsync(string place, AdaptiveCard card, Picture picture, CancellationToken cancellationToken)
    {
        if (picture.Posted.GetValueOrDefault(place) is not { ActivityId: { } activityId } sent)
        {
            return;
        }

        var now = Sent(picture, place, activityId, card);

        if (sent.Drawn == now.Drawn || await conversations.FindAsync(place, cancellationToken) is not { } to)
        {
            return;
        }

        try
        {
            await connector.UpdateAsync(to, activityId, OutgoingActivity.FromCard(card, picture.Summary), cancellationToken);
            picture.Edited.Add((now, sent.Drawn));
        }
        catch (ConnectorException e) when (e.Fault is ConnectorFault.NotFound)
        {
            // Somebody deleted the card; it is not forced on them again.
            picture.Edited.Add((Sent(picture, place, null, card), sent.Drawn));
        }
    }

    private async Task<ConversationReference?> ChannelAsync(string channel, InviteRequest request, CancellationToken cancellationToken) =>
        await conversations.FindAnyAsync(request.TenantId, cancellationToken) is { } near
            ? near with
            {
                ConversationId = channel,
                ConversationType = "channel",
            }
            : null;

    /// <summary>The next one is asked in their place.</summary>
    private Task GiveUpAsync(Approver approver, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async unit =>
            {
                if (await ApproverStore.TryGiveUpAsync(unit, approver.RequestId, approver.Id))
                {
                    await StepQueue.AddAsync(unit, StepKind.AskApprovers, approver.RequestId, clock.GetUtcNow());
                    await StepQueue.AddAsync(unit, StepKind.ShowCard, approver.RequestId, clock.GetUtcNow());
                }
            },
            cancellationToken
        );

    private static SentCard Sent(Picture picture, string place, string? activityId, AdaptiveCard card) =>
        new()
        {
            Subject = ApproverStore.CardOf(picture.Request.Id),
            ConversationId = place,
            ActivityId = activityId,
            Drawn = Drawn(card),
            DrawnAt = picture.Now,
        };

    private static string Drawn(AdaptiveCard card) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(card.ToJson())).AsSpan(0, 16));

    /// <summary>What the card shows now.</summary>
    private sealed record Picture(
        InviteRequest Request,
        IReadOnlyList<Invitation> All,
        DateTimeOffset Now,
        TimeSpan UndoWindow,
        IReadOnlyDictionary<string, string> TeamsIds,
        IReadOnlyDictionary<string, SentCard> Posted
    )
    {
        /// <summary>The clients of more people do not fetch a card by themselves.</summary>
        private const int MostRefreshed = 60;

        /// <summary>The cards that show it by now, each with what it showed before.</summary>
        public ConcurrentBag<(SentCard Card, string Before)> Edited { get; } = [];

        public bool IsWaiting => All.Any(it => it.Status is InvitationStatus.PendingApproval);

        public string Summary => ApprovalCard.Summary(Request, All);

        /// <summary>In a channel everybody's buttons come by refreshing, of up to 60 of those who decide.</summary>
        public AdaptiveCard For(Approver approver) =>
            ApprovalCard.For(
                Request,
                All,
                Now,
                UndoWindow,
                ApprovalView.Everybody with
                {
                    RefreshFor = approver.IsChannel
                        ? TeamsIds.Count == 0
                            ? null
                            : [.. TeamsIds.Values.Take(MostRefreshed)]
                        : TeamsIds.TryGetValue(approver.Id, out var id)
                            ? [id]
                            : null,
                }
            );
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Request {RequestId}: the card for {ApproverId} cannot be shown: {Fault}")]
        public static partial void CannotShow(ILogger logger, string requestId, string approverId, string fault);
    }
}
