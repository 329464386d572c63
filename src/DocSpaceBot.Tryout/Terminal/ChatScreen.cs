using DocSpaceBot.Tryout.Teams;
using Spectre.Console;

namespace DocSpaceBot.Tryout.Terminal;

/// <summary>What somebody sees in one place.</summary>
internal sealed record Sight(string Viewer, Place Where, TeamsMessage Message);

/// <summary>
/// Prints who said what where. A card is drawn when it is posted and again when it was edited, and what nobody sees
/// differently than before is not repeated.
/// </summary>
internal sealed class ChatScreen(IAnsiConsole console)
{
    private readonly Dictionary<(string Conversation, string Id, int Part, string Viewer), string> lastSeen = [];

    public void Typed(string who, Place where, string text) =>
        console.MarkupLine($"[bold]{CardMarkdown.Plain(who)}[/][grey]{Aside(where)}:[/] {CardMarkdown.Plain(text)}");

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

        foreach (var message in messages)
            Show(message.Key, [.. message]);
    }

    private void Show((string Conversation, string Id, int Part) key, List<Sight> sights)
    {
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
                .. view == views[0] ? Array.Empty<string>() : [$"as {string.Join(" and ", view.Select(sight => sight.Viewer))} sees it"],
                .. view.First().Message.Private ? [$"only {view.First().Viewer} sees this"] : Array.Empty<string>(),
                .. before.Exists(content => content is not null) ? ["edited"] : Array.Empty<string>(),
            ];
            Print(view.First(), remarks);
        }
    }

    private void Print(Sight sight, string[] remarks)
    {
        var heading = $"{sight.Message.From}{(sight.Where is Place.Personal ? $" to {sight.Viewer}" : Aside(sight.Where))}";
        var remark = remarks.Length == 0 ? "" : $" ({string.Join(", ", remarks)})";
        console.MarkupLine($"[blue]{CardMarkdown.Plain(heading)}[/][grey]{CardMarkdown.Plain(remark)}:[/]");

        if (sight.Message.Text is { Length: > 0 } text)
            console.Write(new Padder(new Markup(CardMarkdown.Plain(text)), new Padding(2, 0, 0, 0)));
        if (sight.Message.Card is { } card)
            console.Write(CardPicture.Of(card).Drawing);
        else if (string.IsNullOrEmpty(sight.Message.Text))
            console.MarkupLine("  [grey](something that can only be seen in Teams)[/]");
    }

    private static string ConversationOf(Sight sight) => sight.Where is Place.Personal ? sight.Viewer : sight.Where.ToString();

    private static string ContentOf(TeamsMessage message) => $"{message.Text}\n{message.Card?.GetRawText()}";

    private static string Aside(Place where) =>
        where switch
        {
            Place.Personal => "",
            Place.Group => " in the group chat",
            Place.Channel => " in the channel",
            _ => " in General",
        };
}
