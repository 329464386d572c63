using Dapper;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>A card that was posted: where, as which message, and what it showed.</summary>
internal sealed class SentCard
{
    public string Subject { get; init; } = "";
    public string ConversationId { get; init; } = "";
    public string? ActivityId { get; init; }
    public string Drawn { get; init; } = "";
    public DateTimeOffset DrawnAt { get; init; }
}

/// <summary>The card of a request that stands in the conversation in which it was asked for.</summary>
internal sealed class StandingCard
{
    public string Subject { get; init; } = "";
    public string ConversationId { get; init; } = "";
    public string ConversationType { get; init; } = "";
    public string ActivityId { get; init; } = "";
}

/// <summary>Which cards stand in which conversations, so that each can be edited for the rest of its life.</summary>
internal sealed class SentCardStore(Database database)
{
    private const string All = "select subject, conversation_id, activity_id, drawn, drawn_at from sent_cards where subject = @subject";
    private const string One = $"{All} and conversation_id = @conversationId";

    public static Task<SentCard?> FindAsync(Unit unit, string subject, string conversationId) =>
        unit.FindAsync<SentCard>($"{One} {(unit.IsPostgres ? "for update" : "")}", new { subject, conversationId });

    public Task<SentCard?> FindAsync(string subject, string conversationId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db =>
                db.QuerySingleOrDefaultAsync<SentCard>(
                    new CommandDefinition(One, new { subject, conversationId }, cancellationToken: cancellationToken)
                ),
            cancellationToken
        );

    /// <summary>Where the cards of these requests stand, by request; those that were deleted or not posted yet are not among them.</summary>
    public static async Task<IReadOnlyDictionary<RequestId, StandingCard>> ListStandingAsync(
        Unit unit,
        IReadOnlyCollection<RequestId> requests
    ) =>
        (
            await unit.ListAsync<StandingCard>(
                $"""
                select c.subject, c.conversation_id, v.conversation_type, c.activity_id from sent_cards c
                  join requests r on r.id = c.subject and r.conversation_id = c.conversation_id
                  join conversations v on v.id = c.conversation_id
                 where c.subject {(unit.IsPostgres ? "= any(@ids)" : "in @ids")} and c.activity_id is not null
                """,
                new { ids = requests.Select(id => id.Value).Distinct(StringComparer.Ordinal).ToArray() }
            )
        ).ToDictionary(card => new RequestId(card.Subject));

    /// <summary>The card is posted as a new message the next time it is shown.</summary>
    public static Task ForgetAsync(Unit unit, string subject, string conversationId) =>
        unit.ExecuteAsync(
            "delete from sent_cards where subject = @subject and conversation_id = @conversationId",
            new { subject, conversationId }
        );

    /// <summary>The cards of that subject, by the conversation in which each stands.</summary>
    public Task<IReadOnlyDictionary<string, SentCard>> ListAsync(string subject, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                (IReadOnlyDictionary<string, SentCard>)
                    (
                        await db.QueryAsync<SentCard>(new CommandDefinition(All, new { subject }, cancellationToken: cancellationToken))
                    ).ToDictionary(card => card.ConversationId, StringComparer.Ordinal),
            cancellationToken
        );

    public Task KeepAsync(SentCard card, CancellationToken cancellationToken) =>
        database.WriteAsync(unit => KeepAsync(unit, card), cancellationToken);

    public static Task KeepAsync(Unit unit, SentCard card) =>
        unit.ExecuteAsync(
            """
            insert into sent_cards (subject, conversation_id, activity_id, drawn, drawn_at)
            values (@Subject, @ConversationId, @ActivityId, @Drawn, @DrawnAt)
            on conflict (subject, conversation_id) do update set activity_id = excluded.activity_id, drawn = excluded.drawn, drawn_at = excluded.drawn_at
            """,
            card
        );

    /// <summary>What cards show now that were edited. One that is to be edited once more meanwhile stays so.</summary>
    /// <param name="edited">Each with what it showed when it was looked up.</param>
    public Task KeepEditedAsync(IReadOnlyCollection<(SentCard Card, string Before)> edited, CancellationToken cancellationToken) =>
        edited.Count == 0
            ? Task.CompletedTask
            : database.WriteAsync(
                async unit =>
                {
                    foreach (var (card, before) in edited)
                    {
                        await unit.ExecuteAsync(
                            """
                            update sent_cards set activity_id = @ActivityId, drawn = @Drawn, drawn_at = @DrawnAt
                             where subject = @Subject and conversation_id = @ConversationId and drawn = @before
                            """,
                            new
                            {
                                card.Subject,
                                card.ConversationId,
                                card.ActivityId,
                                card.Drawn,
                                card.DrawnAt,
                                before,
                            }
                        );
                    }
                },
                cancellationToken
            );

    /// <summary>The card is edited once more even if it looks the same, so that every client fetches its own view anew.</summary>
    public static Task DrawAgainAsync(Unit unit, string subject) =>
        unit.ExecuteAsync("update sent_cards set drawn = '' where subject = @subject", new { subject });
}
