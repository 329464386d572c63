using System.Text;
using System.Text.Json;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Somebody in Teams, in one place.</summary>
internal sealed record Speaker(Story Story, string Name, Place Where = Place.Personal)
{
    private static readonly IReadOnlyDictionary<string, string> NoInputs = new Dictionary<string, string>(StringComparer.Ordinal);

    public Speaker InGroup => this with { Where = Place.Group };

    public Speaker InChannel => this with { Where = Place.Channel };

    /// <summary>The bot's messages that this person sees here, oldest first.</summary>
    public IReadOnlyList<TeamsMessage> Messages => [.. Story.Teams.Visible(Name, Where).Where(message => message.IsFromBot)];

    /// <summary>The messages with an invitation card, in whatever language.</summary>
    public IReadOnlyList<TeamsMessage> Cards => [.. Messages.Where(message => message.Shows("Reference ") || message.Shows("Referenz "))];

    /// <summary>What people wrote here and has a card of the bot beneath it, oldest first.</summary>
    public IReadOnlyList<TeamsMessage> Unfurled => [.. Story.Teams.Visible(Name, Where).Where(message => message.IsUnfurled)];

    /// <summary>The lines of the only file that the bot has put into this person's files.</summary>
    public IReadOnlyList<string> Arrived =>
        [
            .. Assert
                .Single(Messages, message => message.Shows("arrived:"))
                .Text!.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(line => line.TrimEnd('\r')),
        ];

    public IReadOnlyList<string> Buttons =>
        [.. Cards.SelectMany(message => CardReader.Buttons(message.Card!.Value)).Select(it => it.Title)];

    /// <summary>Types a message. The answer of the bot to Teams must be 200.</summary>
    public async Task SaysAsync(string text, SayOptions? options = null) => Assert.Equal(200, await TriesToSayAsync(text, options));

    /// <summary>Types a message; what the bot answers to Teams is told.</summary>
    public async Task<int> TriesToSayAsync(string text, SayOptions? options = null)
    {
        var status = await Story.DoneAsync(Story.Teams.SayAsync(Name, Where, text, options));
        await Story.SettleAsync();
        return status;
    }

    /// <summary>
    /// Writes something without naming the bot, which in a group and a channel is asked about the first link to the portal only. What it answers must be
    /// nothing or something that Teams shows.
    /// </summary>
    public async Task<LinkPreview> PastesAsync(string text)
    {
        var preview = (await Story.DoneAsync(Story.Teams.PasteAsync(Name, Where, text))).Preview;
        await Story.SettleAsync();
        Assert.Null(preview.Fault);
        return preview;
    }

    /// <summary>Sends a file, with or without words. The answer of the bot to Teams must be 200.</summary>
    /// <param name="link">Where the bot is told to fetch it from, if not where it is.</param>
    public Task SendsAsync(string fileName, string content, string? text = null, Delivery? delivery = null, string? link = null) =>
        SendsAsync(fileName, Encoding.UTF8.GetBytes(content), text, delivery, link);

    public async Task SendsAsync(string fileName, byte[] content, string? text = null, Delivery? delivery = null, string? link = null)
    {
        Assert.Equal(200, await Story.DoneAsync(Story.Teams.UploadAsync(Name, fileName, content, text, delivery, link)));
        await Story.SettleAsync();
    }

    public async Task<PressResult> PressesAsync(string title, PressOptions? options = null)
    {
        var result = await Story.DoneAsync(Story.Teams.PressAsync(Name, Where, title, NoInputs, options));
        await Story.SettleAsync();
        return result;
    }

    /// <summary>Fills in fields of the card and presses a button on it.</summary>
    public async Task<PressResult> FillsInAsync(string title, params (string Field, string Value)[] entered)
    {
        var inputs = entered.ToDictionary(it => it.Field, it => it.Value, StringComparer.Ordinal);
        var result = await Story.DoneAsync(Story.Teams.PressAsync(Name, Where, title, inputs));
        await Story.SettleAsync();
        return result;
    }

    /// <summary>The person can read these words in something that the bot shows here.</summary>
    public void Sees(string words) =>
        Assert.True(Story.Teams.Sees(Name, Where, words), $"{Name} does not see “{words}” but:\n{string.Join("\n---\n", Read())}");

    /// <summary>What comes of a change that nobody answers to, as soon as it is there.</summary>
    public async Task ComesToSeeAsync(string words)
    {
        await Story.DoneAsync(Story.Teams.SeesAsync(Name, Where, words, TimeSpan.FromSeconds(20)));
        await Story.SettleAsync();
        Sees(words);
    }

    public void SeesNo(string words) =>
        Assert.False(Story.Teams.Sees(Name, Where, words), $"{Name} sees “{words}”:\n{string.Join("\n---\n", Read())}");

    /// <summary>The only invitation card here shows these words.</summary>
    public void SeesOnCard(string words)
    {
        var card = Assert.Single(Cards);
        Assert.True(card.Shows(words), $"The card does not show “{words}” but:\n{TextOf(card)}");
    }

    /// <summary>All that can be read here, message by message; what people wrote only where a card of the bot is beneath it.</summary>
    public IReadOnlyList<string> Read() => [.. Messages.Concat(Unfurled).Select(TextOf)];

    public static string TextOf(TeamsMessage message) =>
        string.Join('\n', [.. message.Text is { } text ? [text] : Array.Empty<string>(), .. message.Card is { } card ? TextsOf(card) : []]);

    private static IEnumerable<string> TextsOf(JsonElement card) => CardReader.Texts(card);
}
