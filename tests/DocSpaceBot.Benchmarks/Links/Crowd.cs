using System.Globalization;
using DocSpaceBot.Benchmarks.Approvals;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Benchmarks.Links;

internal sealed record CrowdOutcome(string Where, Timings Answers, int Rounds, int Wrong)
{
    public string[] Cells => [$"press to answer, {Where}", .. Answers.Cells];
}

/// <summary>Fifty people press at the same instant on a link for ten, again and again.</summary>
internal static class Crowd
{
    public const int People = 50;
    public const int Uses = 10;

    private const int Rounds = 20;
    private const int Connections = 50;

    /// <param name="postgres">Null for SQLite.</param>
    public static async Task<CrowdOutcome> MeasureAsync(Postgres? postgres, int bots)
    {
        var people = Enumerable
            .Range(0, People)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"person{number:D2}"))
            .ToList();
        await using var place = await Workplace.StartAsync(people, postgres, bots);
        var answers = new List<TimeSpan>();
        var wrong = 0;

        for (var round = 0; round < Rounds; round++)
        {
            var link = await place.LinkAsync(Place.Group, round, Uses);
            await place.Teams.PressAsync(Workplace.Alice, Place.Group, "Share", new Dictionary<string, string>(StringComparer.Ordinal));
            await place.RestAsync();
            var card = await place.State.AskAsync<string>(
                "select activity_id from sent_cards where subject = @subject",
                new { subject = $"join {link}" }
            );
            var answered = await ClickRush.RunAsync(
                [.. people.Select((person, number) => place.Take(link, card, person, place.Bots[number % bots]))],
                Connections / bots
            );
            var given = answered.Count(it => it.IsCard);
            var kept = await place.State.AskAsync<long>("select count(*) from link_takes where link_id = @link", new { link });
            var counted = await place.State.AskAsync<long>("select taken from links where id = @link", new { link });
            wrong += given == Uses && kept == Uses && counted == Uses ? 0 : 1;
            answers.AddRange(answered.Select(it => it.Took));
            await place.RestAsync();
        }

        return new(postgres is null ? "one bot on SQLite" : $"{bots} bots on PostgreSQL ({postgres.Safety})", new(answers), Rounds, wrong);
    }
}
