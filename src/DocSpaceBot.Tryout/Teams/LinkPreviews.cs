using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>What came of asking the bot about a link.</summary>
/// <param name="Status">The bot's HTTP answer; 0 when it was not asked.</param>
/// <param name="Card">What is shown beneath the message; null for nothing.</param>
/// <param name="Fault">Why Teams shows nothing of what the bot wanted shown; null when there is no fault.</param>
internal sealed record LinkPreview(int Status, JsonElement? Card, string? Fault)
{
    public static readonly LinkPreview None = new(0, null, null);
}

/// <summary>Asks the bot about the first link in a text that its app has registered for, before the message is sent.</summary>
internal sealed partial class LinkPreviews(TeamsSetup setup, ActivityFactory activities, BotChannel bot)
{
    private const string AdaptiveCard = "application/vnd.microsoft.card.adaptive";
    private static readonly Version NewestCard = new(1, 3);

    public async Task<LinkPreview> AskAsync(TeamsPerson person, TeamsConversation where, string conversationId, string text)
    {
        if (FirstLink(text) is not { } url)
        {
            return LinkPreview.None;
        }

        var query = activities.Invoke(
            "composeExtension/queryLink",
            person,
            where,
            conversationId,
            replyToId: null,
            new JsonObject { ["url"] = url }
        );
        query["channelData"]!["source"] = new JsonObject { ["name"] = "compose" };
        var answer = (await bot.DeliverAsync(query, Delivery.Once))[0];

        // Whatever is not a 200 with something in it leaves the link as it is.
        return answer is not { Status: 200, Body: { } body } || (body.ValueKind is JsonValueKind.Object && !body.EnumerateObject().Any())
            ? new(answer.Status, null, null)
            : Read(answer.Status, body);
    }

    /// <summary>Whether the app has registered for this host: <c>*</c> is one label, and no port is named.</summary>
    private bool IsRegistered(string host) => setup.LinkDomains.Any(domain => Matches(domain.Split('.'), host.Split('.')));

    private static bool Matches(string[] domain, string[] host) =>
        domain.Length == host.Length
        && domain.Zip(host).All(label => label.First is "*" || label.First.Equals(label.Second, StringComparison.OrdinalIgnoreCase));

    private string? FirstLink(string text) =>
        setup.LinkDomains.Count == 0
            ? null
            : Link()
                .Matches(text)
                .Select(found => found.Value.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '\''))
                .FirstOrDefault(link => Uri.TryCreate(link, UriKind.Absolute, out var url) && IsRegistered(url.Host));

    private static LinkPreview Read(int status, JsonElement body)
    {
        if (
            body.ValueKind is not JsonValueKind.Object
            || !body.TryGetProperty("composeExtension", out var extension)
            || extension.Text("type") is not "result"
        )
        {
            return Broken("the answer is no composeExtension of type result.");
        }

        // Only the first one is looked at, whatever the layout.
        if (extension.Text("attachmentLayout") is not ("list" or "grid"))
        {
            return Broken("attachmentLayout is neither list nor grid.");
        }

        if (extension.Items("attachments").Select(it => (JsonElement?)it).FirstOrDefault() is not { } first)
        {
            return new(status, null, null);
        }

        return WhyNot(first) is { } why ? Broken(why) : new(status, first.GetProperty("content"), null);

        LinkPreview Broken(string why) => new(status, null, $"There is no preview of the link: {why}");
    }

    private static string? WhyNot(JsonElement attachment)
    {
        if (attachment.Text("contentType") is not AdaptiveCard || !attachment.TryGetProperty("content", out var card))
        {
            return "the first attachment is no Adaptive Card.";
        }

        if (
            !attachment.TryGetProperty("preview", out var preview)
            || string.IsNullOrEmpty(preview.Text("contentType"))
            || !preview.TryGetProperty("content", out var shown)
            || string.IsNullOrEmpty(shown.Text("title"))
        )
        {
            return "the first attachment has no preview.";
        }

        return card.Text("type") is not "AdaptiveCard" || !Version.TryParse(card.Text("version"), out var version)
                ? "the card has no version."
            : version > NewestCard ? $"the card is of version {version}, and beneath a link {NewestCard} is the newest."
            : card.TryGetProperty("refresh", out _) ? "a card beneath a link cannot refresh itself."
            : HasExecute(card) ? "a card beneath a link has no Action.Execute."
            : null;
    }

    private static bool HasExecute(JsonElement part) =>
        part.ValueKind switch
        {
            JsonValueKind.Array => part.EnumerateArray().Any(HasExecute),
            // The data of a button belongs to the bot, whatever it looks like.
            JsonValueKind.Object => part.Text("type") is "Action.Execute"
                || part.EnumerateObject().Any(property => !property.NameEquals("data"u8) && HasExecute(property.Value)),
            _ => false,
        };

    [GeneratedRegex("""https?://[^\s<>"]+""", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Link();
}
