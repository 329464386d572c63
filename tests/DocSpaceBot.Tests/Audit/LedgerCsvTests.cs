using System.Globalization;
using System.Text;
using DocSpaceBot.Audit;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Tests.Storage;

namespace DocSpaceBot.Tests.Audit;

public sealed class LedgerCsvTests
{
    private const int Records = 2600;

    [Theory, OnSqlite, OnPostgres]
    public async Task A_ledger_that_is_too_long_for_one_file_is_told_in_several_without_a_gap(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await FillAsync(database);
        var csv = new LedgerCsv(new Ledger(database)) { MostBytes = 500_000 };
        var numbers = new List<long>();
        long? next = long.MaxValue;

        for (var files = 1; next is { } upTo; files++)
        {
            var part = await csv.WriteAsync("tenant", upTo, default);
            var inIt = NumbersIn(part).ToList();
            Assert.InRange(part.Content.Length, 1, 500_000);
            Assert.Equal(part.Records, inIt.Count);
            Assert.Equal(part.Total, Records - numbers.Count);
            numbers.InsertRange(0, inIt);
            next = part.OlderUpTo;
            Assert.InRange(files, 1, 10);
        }

        Assert.Equal(Enumerable.Range(1, Records).Select(number => 2L * number), numbers);
    }

    [Theory, OnSqlite]
    public async Task However_little_room_there_is_some_records_are_in_the_file(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await FillAsync(database);

        var part = await new LedgerCsv(new Ledger(database)) { MostBytes = 1 }.WriteAsync("tenant", long.MaxValue, default);

        Assert.Equal(1000, part.Records);
        Assert.Equal(3201, part.OlderUpTo);
    }

    [Theory, OnSqlite]
    public async Task Of_a_tenant_without_records_only_the_header_is_in_the_file(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();

        var part = await new LedgerCsv(new Ledger(database)).WriteAsync("nobody", long.MaxValue, default);

        Assert.Equal((0, 0, null), (part.Records, part.Total, part.OlderUpTo));
        Assert.Empty(NumbersIn(part));
    }

    /// <summary>Every second record is of another tenant.</summary>
    private static Task FillAsync(Database database) =>
        database.WriteAsync(
            unit =>
            {
                for (var i = 0; i < Records; i++)
                {
                    unit.Record(new LedgerEntry(LedgerKind.Expired, An.Instant, "other"));
                    unit.Record(new LedgerEntry(LedgerKind.Expired, An.Instant, "tenant") { Detail = "=1+1" });
                }

                return Task.CompletedTask;
            },
            default
        );

    private static IEnumerable<long> NumbersIn(LedgerPart part) =>
        Encoding
            .UTF8.GetString(part.Content)
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => long.Parse(line.Split(',')[0].Trim('"'), CultureInfo.InvariantCulture));
}
