using Dapper;
using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>What is special about a story; the rest is a friendly portal, a friendly Teams and a bot that lets everybody invite at once.</summary>
internal sealed record StorySetup
{
    public string Storage { get; init; } = "Sqlite";

    public PortalSetup Portal { get; init; } = new();

    public TeamsSetup Teams { get; init; } = new();

    /// <summary>Settings of the bot; null takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The bot is installed everywhere before the story begins, so that it has met everybody.</summary>
    public bool Installed { get; init; } = true;
}

/// <summary>
/// The real bot between a stand-in Teams and a stand-in portal, all over HTTP. Time stands still until it is told to move, and after each
/// sentence of a story everything that is due is done.
/// </summary>
internal sealed class Story : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    private readonly StorySetup setup;
    private readonly TestDatabase database;
    private readonly Pump pump;
    private BotUnderTrial? bot;

    private Story(StorySetup setup, TestDatabase database, MovableClock clock, StandInTeams teams, StandInPortal portal)
    {
        (this.setup, this.database, Clock, Teams, Portal) = (setup, database, clock, teams, portal);
        pump = new(clock);
    }

    public MovableClock Clock { get; }

    public StandInTeams Teams { get; }

    public StandInPortal Portal { get; }

    /// <summary>What the bot has written to its log.</summary>
    public StoryLog Log { get; } = new();

    /// <summary>Asks for invitations.</summary>
    public Speaker Alice => new(this, "alice");

    /// <summary>Asks for invitations too.</summary>
    public Speaker Bob => new(this, "bob");

    public Speaker Dana => new(this, "dana");

    public Speaker Max => new(this, "max");

    /// <summary>Runs the bot.</summary>
    public Speaker Olga => new(this, "olga");

    /// <inheritdoc cref="Pump.TimeLimitsEnd"/>
    public bool TimeLimitsEnd
    {
        get => pump.TimeLimitsEnd;
        set => pump.TimeLimitsEnd = value;
    }

    public static Task<Story> StartAsync(string storage = "Sqlite") => StartAsync(new StorySetup { Storage = storage });

    public static async Task<Story> StartAsync(StorySetup setup)
    {
        var clock = new MovableClock(Start);
        var storage = await TestDatabase.CreateAsync(setup.Storage);
        var portal = await StandInPortal.StartAsync(setup.Portal with { Clock = clock }, CancellationToken.None);
        var teams = await StandInTeams.StartAsync(
            setup.Teams with
            {
                Clock = clock,
                LinkDomains = [portal.Url.Host],
            },
            CancellationToken.None
        );
        var story = new Story(setup, storage, clock, teams, portal);

        try
        {
            await story.StartBotAsync();

            if (setup.Installed)
            {
                await story.DoneAsync(teams.InstallAsync());
                await story.SettleAsync();
            }

            story.pump.PausesEnd = !setup.Settings.ContainsKey("Approvals:UndoWindow");
            return story;
        }
        catch
        {
            await story.DisposeAsync();
            throw;
        }
    }

    /// <summary>The bot is stopped and started again, with other settings where they are given.</summary>
    public async Task RestartBotAsync(params (string Key, string? Value)[] settings)
    {
        await StopBotAsync();
        await StartBotAsync(settings);
        await SettleAsync();
    }

    /// <summary>Settings of the running bot change, all at once; null takes one away.</summary>
    public void ChangeSettings(params (string Key, string? Value)[] settings) =>
        (bot ?? throw new InvalidOperationException("The bot does not run.")).ChangeSettings(settings);

    public async Task StopBotAsync()
    {
        if (bot is { } running)
        {
            bot = null;
            await running.StopAsync();
        }
    }

    /// <summary>
    /// Time goes by, and what is due is done. A long time passes in parts, so that what is due on the third day happens before what is due
    /// on the tenth.
    /// </summary>
    public async Task PassAsync(TimeSpan time, int parts = 8)
    {
        for (var part = 0; part < parts; part++)
        {
            Clock.Advance(time / parts);
            await SettleAsync();
        }
    }

    /// <summary>Somebody writes into the database past the bot.</summary>
    public async Task TamperAsync(string sql)
    {
        await using var db = await database.ConnectAsync();
        Assert.NotEqual(0, await db.ExecuteAsync(sql));
    }

    /// <summary>Everything that is due is done.</summary>
    public Task SettleAsync() => DoneAsync(IdleAsync());

    /// <summary>Waits for something that the bot may have to wait for the clock for.</summary>
    public Task<T> DoneAsync<T>(Task<T> work) => pump.DoneAsync(work);

    public Task DoneAsync(Task work) => pump.DoneAsync(work);

    /// <summary>The invitee opens the newest letter and registers; the bot looks at its next round.</summary>
    public async Task JoinsAsync(string email)
    {
        await Portal.JoinAsync(email);
        await PassAsync(TimeSpan.FromMinutes(5), parts: 1);
    }

    /// <summary>The portal has sent that address so many letters that somebody asked for.</summary>
    public void Mails(string email, int expected) => Assert.Equal(expected, Portal.InvitationMailsTo(email));

    /// <summary>How often the portal was called so, counted from an earlier moment.</summary>
    public int CallsTo(string path, string method = "GET", int after = 0) =>
        Portal.Calls.Skip(after).Count(call => call.Method == method && call.Path.StartsWith($"/api/2.0/{path}", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await StopBotAsync();
        await Teams.DisposeAsync();
        await Portal.DisposeAsync();
        await database.DisposeAsync();
        Log.Dispose();
    }

    private async Task StartBotAsync(params (string Key, string? Value)[] settings)
    {
        // A story that is not about the policy is not to be about the try-out's.
        var all = new Dictionary<string, string?>(
            TryoutSettings
                .For(new TryoutOptions(), Teams, Portal, folder: ".")
                .Where(setting => !setting.Key.StartsWith("Policy:", StringComparison.OrdinalIgnoreCase)),
            StringComparer.OrdinalIgnoreCase
        )
        {
            ["Policy:Otherwise"] = "Allow",
            ["Storage:Provider"] = database.Provider.ToString(),
            ["Storage:ConnectionString"] = database.ConnectionString,
            ["FollowUps:SweepInterval"] = "00:05:00",
        };

        foreach (
            var (key, value) in Log.Settings.Concat(setup.Settings).Concat(settings.Select(it => KeyValuePair.Create(it.Key, it.Value)))
        )
        {
            all[key] = value;
        }

        bot = await RealBot.StartAsync(all, Clock, CancellationToken.None);
        Teams.BotUrl = bot.Url;
    }

    private async Task IdleAsync()
    {
        if (bot is not { } running)
        {
            return;
        }

        await running.WhenIdleAsync(CancellationToken.None);
        // What the bot has just shown may make a client ask it for more.
        await Teams.IdleAsync();
        await running.WhenIdleAsync(CancellationToken.None);
    }
}
