using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DocSpaceBot.Benchmarks.Approvals;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Benchmarks.Links;

/// <param name="Wrong">Links of the portal without a card, others with one.</param>
internal sealed record PastingOutcome(Timings Answers, int Pasted, int Wrong);

/// <summary>Links are pasted, half of them known to the bot, some unknown to it, some to other places.</summary>
internal static class Pasting
{
    public const int PerSecond = 100;

    private const int Seconds = 20;
    private const int SecondsToWarmUp = 5;
    private const int KnownLinks = 20;
    private const int Connections = 32;
    private const int Seed = 20260302;

    [SuppressMessage("Security", "S2245", Justification = "The same order in every run; nothing is kept secret by it.")]
    public static async Task<PastingOutcome> MeasureAsync()
    {
        await using var place = await Workplace.StartAsync([], postgres: null, bots: 1);

        for (var number = 0; number < KnownLinks; number++)
        {
            await place.LinkAsync(Place.Personal, number, uses: 10);
        }

        // As they stand in the chat, for nobody else keeps them in the clear.
        var known = place
            .Teams.Visible(Workplace.Alice, Place.Personal)
            .Select(message => LinkOn(message, $"]({place.Portal.Url}s/"))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var random = new Random(Seed);
        var due = TimeSpan.Zero;
        var pastes = new List<(Click Click, bool IsOurs)>();

        while (due < TimeSpan.FromSeconds(Seconds + SecondsToWarmUp))
        {
            var (link, isOurs) = random.Next(4) switch
            {
                0 => (string.Create(CultureInfo.InvariantCulture, $"{place.Portal.Url}s/unknown{random.Next():D10}"), true),
                1 => (string.Create(CultureInfo.InvariantCulture, $"https://elsewhere.example/s/{random.Next()}"), false),
                _ => (known[random.Next(known.Count)], true),
            };
            pastes.Add((place.Paste(link, due), isOurs));
            due += TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / PerSecond);
        }

        var ours = pastes.ToDictionary(it => it.Click, it => it.IsOurs);
        var answered = await ClickRush.RunAsync([.. pastes.Select(it => it.Click)], Connections);
        return new(
            new(answered.Where(it => it.Click.Due >= TimeSpan.FromSeconds(SecondsToWarmUp)).Select(it => it.Took)),
            answered.Count,
            known.Count == KnownLinks ? answered.Count(it => it.IsCard != ours[it.Click]) : answered.Count
        );
    }

    /// <summary>Null where the card has none.</summary>
    private static string? LinkOn(TeamsMessage message, string beginning)
    {
        var text = message.Card?.GetRawText() ?? "";
        var at = text.IndexOf(beginning, StringComparison.Ordinal);
        return at < 0 ? null : text[(at + 2)..text.IndexOf(')', at)];
    }
}
