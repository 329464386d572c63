using System.Diagnostics;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Benchmarks.Lists;

/// <summary>The bot between a Teams and a portal of its own, and somebody who gives it lists.</summary>
internal sealed class BotAtWork : IAsyncDisposable
{
    private const string Requester = "alice";

    /// <summary>What the button under a preview says to the bot.</summary>
    private const string ConfirmVerb = "invite/confirm";

    private const int MostLines = 6;

    private static readonly TimeSpan LongestGreeting = TimeSpan.FromSeconds(30);

    private BotAtWork(StandInTeams teams, StandInPortal portal, BotProcess bot) => (Teams, Portal, Bot) = (teams, portal, bot);

    public StandInPortal Portal { get; }

    public BotProcess Bot { get; }

    private StandInTeams Teams { get; }

    /// <summary>What the bot said last, as it can be read, and what it wrote last to its log.</summary>
    public string LastWords => $"The bot said: {LastSaid}. {Bot.Process.LastWords}".TrimEnd();

    private string LastSaid =>
        Teams.Visible(Requester, Place.Personal).LastOrDefault(message => message.IsFromBot) is { } last
            ? string.Join(" / ", (last.Card is { } card ? CardReader.Texts(card) : []).Prepend(last.Text).OfType<string>().Take(MostLines))
            : "nothing";

    /// <summary>A bot that has just been started, and has greeted.</summary>
    public static async Task<BotAtWork> StartAsync(Scenario scenario)
    {
        var teams = await StandInTeams.StartAsync(new TeamsSetup { RateLimits = true }, CancellationToken.None);
        var portal = await scenario.StartPortalAsync();
        var bot = await BotProcess.StartAsync(
            (address, database) =>
                new(BotSettings.For(teams, portal, address, database), StringComparer.OrdinalIgnoreCase)
                {
                    ["Bot:FileHosts:0"] = "127.0.0.1",
                    ["Approvals:UndoWindow"] = "00:00:00",
                }
        );
        teams.BotUrl = bot.Address;
        await teams.InstallAsync(Requester, Place.Personal);
        return await teams.WaitAsync(() => teams.Visible(Requester, Place.Personal).Any(message => message.IsFromBot), LongestGreeting)
            ? new(teams, portal, bot)
            : throw new InvalidOperationException($"The bot did not greet. {bot.Process.LastWords}");
    }

    /// <summary>Asks for these people in a message.</summary>
    /// <returns>The preview; null when none came before <paramref name="orElse"/> or within <paramref name="longest"/>.</returns>
    public Task<Preview?> InviteAsync(IEnumerable<Newcomer> newcomers, Task orElse, TimeSpan longest) =>
        AskAsync(
            () => Teams.SayAsync(Requester, Place.Personal, $"/invite {string.Join(' ', newcomers.Select(newcomer => newcomer.Email))}"),
            orElse,
            longest
        );

    /// <summary>Sends a file with these people.</summary>
    /// <returns>The preview; null when none came within <paramref name="longest"/>.</returns>
    public Task<Preview?> UploadAsync(string name, IEnumerable<Newcomer> newcomers, TimeSpan longest)
    {
        var file = Newcomer.File(newcomers);
        return AskAsync(() => Teams.UploadAsync(Requester, name, file), Task.Delay(longest), longest);
    }

    /// <summary>Lets it happen.</summary>
    public async Task ConfirmAsync(Preview preview)
    {
        var pressed = await Teams.PressAsync(Requester, Place.Personal, preview.Button);

        if (pressed is not { Status: 200, Notice: null })
        {
            throw new InvalidOperationException($"The bot answered {pressed.Status} to \"{preview.Button}\". {pressed.Notice}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Bot.Dispose();
        await Teams.DisposeAsync();
        await Portal.DisposeAsync();
    }

    private async Task<Preview?> AskAsync(Func<Task<int>> ask, Task orElse, TimeSpan longest)
    {
        var before = Teams.Visible(Requester, Place.Personal).Select(message => message.Id).ToHashSet(StringComparer.Ordinal);
        var started = Stopwatch.GetTimestamp();

        if (await ask() is var status and not (>= 200 and < 300))
        {
            throw new InvalidOperationException($"The bot answered {status}. {Bot.Process.LastWords}");
        }

        await Task.WhenAny(Teams.WaitAsync(() => ButtonBelow(before) is not null, longest), orElse);
        return ButtonBelow(before) is { } button ? new(button, Stopwatch.GetElapsedTime(started)) : null;
    }

    /// <summary>The button that lets it happen, on a card that was not there before.</summary>
    private string? ButtonBelow(HashSet<string> before) =>
        Teams
            .Visible(Requester, Place.Personal)
            .Where(message => message.Card is not null && !before.Contains(message.Id))
            .SelectMany(message => CardReader.Buttons(message.Card!.Value))
            .FirstOrDefault(button => button.Verb == ConfirmVerb)
            ?.Title;
}

/// <summary>A card that says what would happen to everybody.</summary>
/// <param name="Button">The title of the button that lets it happen.</param>
/// <param name="After">How long after it was asked for it could be seen.</param>
internal sealed record Preview(string Button, TimeSpan After);
