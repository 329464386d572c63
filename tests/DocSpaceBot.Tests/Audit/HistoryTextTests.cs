using DocSpaceBot.Audit;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Tests.Audit;

public sealed class HistoryTextTests
{
    private static readonly LedgerRecord Asked = LedgerRecord.After(
        LedgerHead.Empty,
        new(LedgerKind.Asked, An.Instant, "tenant")
        {
            Request = An.Request().Id,
            Email = "carol@example.com",
            Actor = An.Alice,
            Right = LedgerRight.Requester,
            After = InvitationStatus.Approved,
            Detail = "as User",
        }
    );

    [Fact]
    public void A_line_says_when_what_who_by_which_right_and_what_was_seen() =>
        Assert.Equal(
            """
            carol@example.com: 1 request, 1 record.

            Request 000000AA
            2026-11-20 09:00 UTC · asked for · Alice Adams, requester · as User · now “Queued”
            """,
            HistoryText.For("carol@example.com", new([Asked], Records: 1, Requests: 1, Reads: 0))
        );

    [Fact]
    [InGerman]
    public void In_German_everything_but_what_was_kept_in_words_is_German() =>
        Assert.Equal(
            """
            carol@example.com: 1 Anfrage, 42 Einträge. Die ältesten 41 Einträge davon fehlen hier: /audit export gibt alle. Betreiber haben das schon einmal nachgesehen.

            Anfrage 000000AA
            2026-11-20 09:00 UTC · gewünscht · Alice Adams, anfragende Person · as User · jetzt „In Arbeit“
            """,
            HistoryText.For("carol@example.com", new([Asked], Records: 42, Requests: 1, Reads: 1))
        );

    [Fact]
    public void Words_of_a_newer_bot_are_shown_as_they_are() =>
        Assert.Contains(
            "2026-11-20 09:00 UTC · Teleported · Alice Adams, requester · as User · now Elsewhere",
            HistoryText.For(
                "carol@example.com",
                new([Asked with { Kind = "Teleported", AfterStatus = "Elsewhere" }], Records: 1, Requests: 1, Reads: 0)
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_longest_words_of_as_many_records_as_are_shown_fit_into_one_message()
    {
        var entry = new LedgerEntry(LedgerKind.Asked, An.Instant, "tenant")
        {
            Request = An.Request().Id,
            Actor = new(An.Alice.Id, new string('ü', 500)),
            Right = new string('ü', 500),
            After = InvitationStatus.Welcomed,
            Detail = new string('ü', 1000),
        };
        var record = LedgerRecord.After(LedgerHead.Empty, entry);

        var text = HistoryText.For(
            new string('a', 255),
            new([.. Enumerable.Repeat(record, HistoryText.MostRecords)], Records: 1_000_000, Requests: 1_000, Reads: 1_000)
        );

        Assert.InRange(text.Length, 10_000, 28_000);
    }
}
