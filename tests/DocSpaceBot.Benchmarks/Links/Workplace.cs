using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DocSpaceBot.Benchmarks.Approvals;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Benchmarks.Links;

/// <summary>People in a group chat, with one or more bots between a stand-in Teams and a stand-in portal.</summary>
internal sealed class Workplace : IAsyncDisposable
{
    public const string Alice = "alice";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(2);
    private static readonly JsonSerializerOptions AsTeamsWrites = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonElement TakeButton = JsonElement.Parse("""{ "verb": "link/take", "title": "Get my invitation" }""");

    private readonly TeamsDirectory directory;
    private readonly ActivityFactory activities;
    private readonly string token;

    private Workplace(TeamsSetup setup, StandInTeams teams, StandInPortal portal, IReadOnlyList<BotProcess> bots, KeptState state)
    {
        (Teams, Portal, Bots, State) = (teams, portal, bots, state);
        directory = new(setup);
        activities = new(setup, new() { Root = new(teams.ServiceUrl) });
        token = teams.MintToken();
    }

    public StandInTeams Teams { get; }

    public StandInPortal Portal { get; }

    public IReadOnlyList<BotProcess> Bots { get; }

    public KeptState State { get; }

    /// <param name="postgres">Null for SQLite.</param>
    public static async Task<Workplace> StartAsync(IReadOnlyList<string> people, Postgres? postgres, int bots)
    {
        var setup = new TeamsSetup();
        var teams = await StandInTeams.StartAsync(setup, CancellationToken.None);
        var portal = await StandInPortal.StartAsync(new PortalSetup { Seats = -1 }, CancellationToken.None);
        var started = new List<BotProcess>();

        for (var i = 0; i < bots; i++)
        {
            started.Add(
                await BotProcess.StartAsync(
                    (address, database) =>
                    {
                        var settings = new Dictionary<string, string?>(
                            BotSettings.For(teams, portal, address, database),
                            StringComparer.OrdinalIgnoreCase
                        )
                        {
                            ["Approvals:UndoWindow"] = "00:00:00",
                        };

                        if (postgres is not null)
                        {
                            settings["Storage:Provider"] = "Postgres";
                            settings["Storage:ConnectionString"] = postgres.ConnectionString;
                        }

                        return settings;
                    }
                )
            );
        }

        teams.BotUrl = started[0].Address;
        var place = new Workplace(
            setup,
            teams,
            portal,
            started,
            postgres is null ? new(false, $"Data Source={started[0].Database}") : new(true, postgres.ConnectionString)
        );

        foreach (var name in people)
        {
            place.directory.Add(teams.AddPerson(name), joinsPlaces: true);
        }

        await teams.InstallAsync(Alice, Place.Group);

        foreach (var name in people.Prepend(Alice))
        {
            await teams.InstallAsync(name, Place.Personal);
        }

        await place.RestAsync();
        return place;
    }

    /// <summary>A link of the old kind, each another one; its id.</summary>
    public async Task<string> LinkAsync(Place where, int number, int uses)
    {
        // Said again in the same words within a minute it would be the same link.
        var text = string.Create(CultureInfo.InvariantCulture, $"/link guest --expires {7 * 24 * 60 + number}m --uses {uses}");

        if (await Teams.SayAsync(Alice, where, text) is var status and not 200)
        {
            throw new InvalidOperationException($"The bot answered {status}. {Bots[0].Process.LastWords}");
        }

        await RestAsync();
        return await State.AskAsync<string>("select id from links order by made_at desc, id desc limit 1");
    }

    /// <summary>Somebody's client asks what to show beneath this link.</summary>
    public Click Paste(string link, TimeSpan due)
    {
        var alice = directory[Alice];
        var where = directory.Find(Place.Group, alice);
        return Send(
            "",
            Bots[0],
            due,
            activities.Invoke("composeExtension/queryLink", alice, where, TeamsDirectory.GroupId, null, new() { ["url"] = link })
        );
    }

    /// <summary>Presses the button of the card in the group chat.</summary>
    public Click Take(string link, string card, string person, BotProcess bot)
    {
        var who = directory[person];
        return Send(
            link,
            bot,
            TimeSpan.Zero,
            activities.Execute(
                who,
                directory.Find(Place.Group, who),
                TeamsDirectory.GroupId,
                card,
                TakeButton,
                new() { ["id"] = link, ["view"] = "join" },
                "manual"
            )
        );
    }

    /// <summary>Waits until the bots have nothing to do but what waits for the end of a link.</summary>
    public async Task RestAsync()
    {
        var started = Stopwatch.GetTimestamp();

        while (
            await State.AskAsync<long>(
                "select count(*) from steps where kind not in ('sweep', 'tell-drift', 'housekeeping') and (due_at <= @soon or owner is not null)",
                new { soon = TimeProvider.System.GetUtcNow().AddHours(1) }
            ) > 0
        )
        {
            if (Stopwatch.GetElapsedTime(started) > LongestRest)
            {
                throw new InvalidOperationException($"The bots do not come to rest. {Bots[0].Process.LastWords}");
            }

            await Task.Delay(BetweenLooks);
        }

        await Teams.IdleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var bot in Bots)
        {
            bot.Dispose();
        }

        await Teams.DisposeAsync();
        await Portal.DisposeAsync();
    }

    private Click Send(string about, BotProcess bot, TimeSpan due, JsonObject activity)
    {
        var body = Encoding.UTF8.GetBytes(activity.ToJsonString(AsTeamsWrites));
        var head =
            $"POST /api/messages HTTP/1.1\r\nHost: {bot.Address.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {body.Length}\r\n\r\n";
        return new(about, bot.Address, due, [.. Encoding.ASCII.GetBytes(head), .. body]);
    }
}
