using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Benchmarks.Approvals;

/// <summary>Departments in which people ask and decide, with one or more bots between a stand-in Teams and a stand-in portal.</summary>
internal sealed class Office : IAsyncDisposable
{
    /// <summary>Said, installed and waited for at the same time.</summary>
    private const int AtOnce = 16;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(6);

    private static readonly JsonSerializerOptions AsTeamsWrites = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonElement ApproveButton = JsonElement.Parse(
        """{ "verb": "approval/approve", "title": "Approve invitation" }"""
    );
    private static readonly JsonElement DenyButton = JsonElement.Parse("""{ "verb": "approval/deny", "title": "Deny invitation" }""");

    private readonly IReadOnlyList<Department> departments;
    private readonly TeamsDirectory directory;
    private readonly ActivityFactory activities;
    private readonly string token;

    private Office(
        IReadOnlyList<Department> departments,
        TeamsSetup setup,
        StandInTeams teams,
        StandInPortal portal,
        IReadOnlyList<BotProcess> bots,
        KeptState state
    )
    {
        (this.departments, Teams, Portal, Bots, State) = (departments, teams, portal, bots, state);
        directory = new(setup);
        activities = new(setup, new() { Root = new(teams.ServiceUrl) });
        token = teams.MintToken();
    }

    public StandInTeams Teams { get; }

    public StandInPortal Portal { get; }

    public IReadOnlyList<BotProcess> Bots { get; }

    public KeptState State { get; }

    public TimeSpan ProcessorTimeOfBots => Bots.Aggregate(TimeSpan.Zero, (sum, bot) => sum + bot.Process.ProcessorTime);

    /// <param name="postgres">Null for one bot with SQLite.</param>
    public static async Task<Office> StartAsync(IReadOnlyList<Department> departments, TeamsSetup setup, Postgres? postgres, int bots)
    {
        var teams = await StandInTeams.StartAsync(setup, CancellationToken.None);
        var portal = await StandInPortal.StartAsync(new PortalSetup { Seats = -1 }, CancellationToken.None);
        var started = new List<BotProcess>();

        for (var i = 0; i < bots; i++)
        {
            started.Add(
                await BotProcess.StartAsync((address, database) => Settings(teams, portal, address, database, departments, postgres))
            );
        }

        teams.BotUrl = started[0].Address;
        return new(
            departments,
            setup,
            teams,
            portal,
            started,
            postgres is null ? new(false, $"Data Source={started[0].Database}") : new(true, postgres.ConnectionString)
        );
    }

    /// <summary>Everybody installs the bot and is greeted.</summary>
    public async Task MoveInAsync(bool isWatching)
    {
        foreach (var name in departments.SelectMany(department => department.People))
        {
            var person = Teams.AddPerson(name, joinsPlaces: false);
            directory.Add(person, joinsPlaces: false);
            Teams.SetOpen(name, Place.Personal, isWatching);
        }

        await ForEachAsync(departments.SelectMany(department => department.People), name => Teams.InstallAsync(name, Place.Personal));
        await RestAsync();
    }

    /// <summary>Every requester asks for so many people, each in a request of its own; when it returns, all who decide have their cards.</summary>
    public async Task<IReadOnlyList<CardCopy>> AskAsync(int each)
    {
        var wishes =
            from number in Enumerable.Range(0, each)
            from requester in departments.SelectMany(department => department.Requesters)
            select (requester, Text: string.Create(CultureInfo.InvariantCulture, $"/invite {requester}.{number:D3}@example.org"));

        await ForEachAsync(
            wishes,
            async wish =>
            {
                if (await Teams.SayAsync(wish.requester, Place.Personal, wish.Text) is var status and not 200)
                {
                    throw new InvalidOperationException($"The bot answered {status}. {Bots[0].Process.LastWords}");
                }
            }
        );
        await RestAsync();
        var expected = departments.Sum(department => each * department.Requesters.Count * (1 + department.Approvers.Count));
        var copies = await State.CopiesAsync(
            departments.SelectMany(department => department.People).ToDictionary(name => Teams[name].ChatId, StringComparer.Ordinal)
        );
        return copies.Count == expected
            ? copies
            : throw new InvalidOperationException($"{copies.Count} cards were posted and not {expected}. {Bots[0].Process.LastWords}");
    }

    /// <summary>The press of a button on this copy.</summary>
    public Click Press(CardCopy copy, Decision decision, BotProcess bot, TimeSpan due)
    {
        var person = directory[copy.Reader];
        var data = new JsonObject { ["id"] = copy.Request, ["view"] = "approval" };

        if (decision is Decision.Deny)
        {
            data["reason"] = "Not in this quarter";
        }

        var activity = activities.Execute(
            person,
            directory.Find(Place.Personal, person),
            person.ChatId,
            copy.ActivityId,
            decision is Decision.Approve ? ApproveButton : DenyButton,
            data,
            "manual"
        );
        var body = Encoding.UTF8.GetBytes(activity.ToJsonString(AsTeamsWrites));
        var head =
            $"POST /api/messages HTTP/1.1\r\nHost: {bot.Address.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {body.Length}\r\n\r\n";
        return new(copy.Request, bot.Address, due, [.. Encoding.ASCII.GetBytes(head), .. body]) { Decision = decision };
    }

    /// <summary>Waits until the bots have nothing to do that is due.</summary>
    public async Task RestAsync()
    {
        var started = Stopwatch.GetTimestamp();

        while (!await State.IsQuietAsync())
        {
            if (Stopwatch.GetElapsedTime(started) > LongestRest)
            {
                throw new InvalidOperationException($"The bots do not come to rest. {Bots[0].Process.LastWords}");
            }

            await Task.Delay(BetweenLooks);
        }
    }

    /// <summary>How many copies do not show in the end how their request stands.</summary>
    public int CountStale(IReadOnlyList<CardCopy> copies, IReadOnlyList<KeptState.Request> requests)
    {
        var endings = requests.ToDictionary(
            request => request.Id,
            request => $"Invitation · {request.Status.ToLowerInvariant()}",
            StringComparer.Ordinal
        );
        return copies
            .GroupBy(copy => copy.Reader, StringComparer.Ordinal)
            .Sum(mine =>
            {
                var seen = Teams.Visible(mine.Key, Place.Personal).ToDictionary(message => message.Id, StringComparer.Ordinal);
                return mine.Count(copy => !(seen.TryGetValue(copy.ActivityId, out var message) && message.Shows(endings[copy.Request])));
            });
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

    private static Dictionary<string, string?> Settings(
        StandInTeams teams,
        StandInPortal portal,
        Uri address,
        string database,
        IReadOnlyList<Department> departments,
        Postgres? postgres
    )
    {
        var settings = new Dictionary<string, string?>(BotSettings.For(teams, portal, address, database), StringComparer.OrdinalIgnoreCase);

        foreach (var (name, value) in Department.Policy(departments))
        {
            settings[name] = value;
        }

        if (postgres is not null)
        {
            settings["Storage:Provider"] = "Postgres";
            settings["Storage:ConnectionString"] = postgres.ConnectionString;
        }

        return settings;
    }

    private static Task ForEachAsync<T>(IEnumerable<T> all, Func<T, Task> act) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) => await act(one));
}
