using Dapper;

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

/// <summary>Which cards stand in which conversations, so that each can be edited for the rest of its life.</summary>
internal sealed class SentCardStore(Database database)
{
    private const string One =
        "select subject, conversation_id, activity_id, drawn, drawn_at from sent_cards where subject = @subject and conversation_id = @conversationId";

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

    /// <summary>The card is edited once more even if it looks the same, so that every client fetches its own view anew.</summary>
    public static Task DrawAgainAsync(Unit unit, string subject) =>
        unit.ExecuteAsync("update sent_cards set drawn = '' where subject = @subject", new { subject });
}
