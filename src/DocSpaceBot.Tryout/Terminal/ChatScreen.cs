using System.Text.Json;
using DocSpaceBot.Tryout.Teams;
using Spectre.Console;

namespace DocSpaceBot.Tryout.Terminal;

/// <summary>What somebody sees in one place.</summary>
internal sealed record Sight(string Viewer, Place Where, TeamsMessage Message);

/// <summary>
/// Prints who said what where. A card is drawn when it is posted and again when it was edited, and what nobody sees
/// differently than before is not repeated. What is posted the same to several people or places is drawn once.
/// </summary>
/// <param name="repeatsTyped">False where the terminal shows already what was typed.</param>
internal sealed class ChatScreen(IAnsiConsole console, bool repeatsTyped = true)
{
    private const int MostLines = 40;

    private readonly Dictionary<(string Conversation, string Id, int Part, string Viewer), string> lastSeen = [];

    public void Typed(string who, Place where, string text)
    {
        if (repeatsTyped)
            console.MarkupLine($"[bold]{CardMarkdown.Plain(who)}[/][grey]{Aside(where)}:[/] {CardMarkdown.Plain(text)}");
    }

    public void Note(string text) => console.MarkupLine($"[grey]{CardMarkdown.Plain(text)}[/]");

    public void Succeeded(string line) => console.MarkupLine($"[green]✓[/] {CardMarkdown.Plain(line)}");

    public void Failed(string what, string why)
    {
        console.MarkupLine($"[red]✗ {CardMarkdown.Plain(what)}[/]");
        console.MarkupLine($"  {CardMarkdown.Plain(why)}");
    }

    /// <summary>Passes over what is there already: it is not printed, only what comes after it.</summary>
    public void Skip(IEnumerable<Sight> sights)
    {
        foreach (var parts in sights.GroupBy(sight => (Conversation: ConversationOf(sight), sight.Viewer, sight.Message.Id)))
        {
            foreach (var (part, sight) in parts.Index())
                lastSeen[(parts.Key.Conversation, parts.Key.Id, part, sight.Viewer)] = ContentOf(sight.Message);
        }
    }

    /// <summary>Prints what is new or different, given everything that everybody sees of the bot now.</summary>
    public void Show(IEnumerable<Sight> sights)
    {
        var messages = sights
            .GroupBy(sight => (Conversation: ConversationOf(sight), sight.Viewer, sight.Message.Id))
            // The cards of a carousel share one id.
            .SelectMany(parts => parts.Select((sight, part) => (Key: (parts.Key.Conversation, parts.Key.Id, Part: part), Sight: sight)))
            .GroupBy(it => it.Key, it => it.Sight)
            .OrderBy(message => message.First().Message.At);

        var news = messages.SelectMany(message => News(message.Key, [.. message])).ToList();
        foreach (var same in news.GroupBy(one => (one.Sight.Message.From, one.Remark, ContentOf(one.Sight.Message))))
            Print(same.First().Sight.Message, Addresses([.. same.Select(one => one.Sight)]), same.Key.Remark);
    }

    private List<(Sight Sight, string Remark)> News((string Conversation, string Id, int Part) key, List<Sight> sights)
    {
        var news = new List<(Sight, string)>();
        // What most people see is the message; somebody else may have a view of the card of their own.
        var views = sights
            .GroupBy(sight => ContentOf(sight.Message), StringComparer.Ordinal)
            .OrderByDescending(view => view.Count())
            .ToList();
        foreach (var view in views)
        {
            var before = view.Select(sight => lastSeen.GetValueOrDefault((key.Conversation, key.Id, key.Part, sight.Viewer))).ToList();
            foreach (var sight in view)
                lastSeen[(key.Conversation, key.Id, key.Part, sight.Viewer)] = view.Key;

            if (before.TrueForAll(content => content == view.Key))
                continue;

            string[] remarks =
            [
                .. view == views[0]
                    ? Array.Empty<string>()
                    : [$"as {Listed([.. view.Select(sight => sight.Viewer)])} {(view.Count() == 1 ? "sees" : "see")} it"],
                .. view.First().Message.IsUnfurled ? ["beneath the link"] : Array.Empty<string>(),
                .. view.First().Message.Private ? [$"only {view.First().Viewer} sees this"] : Array.Empty<string>(),
                .. before.Exists(content => content is not null) ? ["edited"] : Array.Empty<string>(),
            ];
            news.Add((view.First(), remarks.Length == 0 ? "" : $" ({string.Join(", ", remarks)})"));
        }

        return news;
    }

    private void Print(TeamsMessage message, string addresses, string remark)
    {
        console.MarkupLine($"[blue]{CardMarkdown.Plain(message.From + addresses)}[/][grey]{CardMarkdown.Plain(remark)}:[/]");

        if (message.Text is { Length: > 0 } text)
            console.Write(new Padder(new Markup(CardMarkdown.Plain(Shortened(text))), new Padding(2, 0, 0, 0)));
        if (message.Card is { } card)
            console.Write(CardPicture.Of(card).Drawing);
        else if (string.IsNullOrEmpty(message.Text))
            console.MarkupLine("  [grey](something that can only be seen in Teams)[/]");
    }

    /// <summary>A file with a thousand lines is looked into, not read.</summary>
    private static string Shortened(string text)
    {
        var lines = text.Split('\n');
        return lines.Length <= MostLines
            ? text
            : $"{string.Join('\n', lines.Take(MostLines - 1))}\n… and {lines.Length - MostLines + 1} more lines.";
    }

    /// <summary>In an order of their own: which of several messages was posted first is chance.</summary>
    private static string Addresses(IReadOnlyList<Sight> sights)
    {
        var names = sights
            .Where(sight => sight.Where is Place.Personal)
            .GroupBy(sight => sight.Viewer, StringComparer.Ordinal)
            .OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => same.Count() == 1 ? same.Key : $"{same.Key} ({same.Count()} times)")
            .ToList();
        var places = sights.Where(sight => sight.Where is not Place.Personal).Select(sight => sight.Where).Distinct().Order();
        return (names.Count == 0 ? "" : $" to {Listed(names)}") + string.Concat(places.Select(Aside));
    }

    private static string Listed(List<string> names) => names.Count == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";

    private static string ConversationOf(Sight sight) => sight.Where is Place.Personal ? sight.Viewer : sight.Where.ToString();

    private static string ContentOf(TeamsMessage message) => $"{message.Text}\n{Visible(message.Card)}";

    /// <summary>Whose clients fetch a card anew cannot be seen.</summary>
    private static string? Visible(JsonElement? card) =>
        card is { ValueKind: JsonValueKind.Object } it
            ? string.Concat(it.EnumerateObject().Where(property => property.Name is not "refresh"))
            : card?.GetRawText();

    private static string Aside(Place where) =>
        where switch
        {
            Place.Personal => "",
            Place.Group => " in the group chat",
            Place.Channel => " in the channel",
            _ => " in General",
        };
}
