using System.Data;
using System.Data.Common;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dapper;
using DocSpaceBot.Storage;
using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;
using Npgsql;

namespace DocSpaceBot.Tests.Crash;

/// <summary>
/// The stand-ins in this process, the bot in one of its own, and a database that outlives it. When the bot is killed at a moment that was
/// armed, it is started again on the same database and Teams delivers once more everything it has delivered since the story began.
/// </summary>
internal sealed partial class CrashWorld : IAsyncDisposable
{
    /// <summary>Only a broken bot uses it up; everything waited for comes within a second or two.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly TestDatabase storage;
    private readonly Dictionary<string, string> settings;
    private readonly KillSwitch killSwitch = new();
    private TaskCompletionSource restarted = Fresh();
    private int deliveredBefore;

    private CrashWorld(
        StandInTeams teams,
        StandInPortal portal,
        TestDatabase storage,
        IReadOnlyDictionary<string, string>? more,
        Cable? cable
    )
    {
        (Teams, Portal, this.storage) = (teams, portal, storage);
        settings = new(StringComparer.OrdinalIgnoreCase)
        {
            ["MicrosoftAppType"] = "SingleTenant",
            ["MicrosoftAppId"] = teams.AppId,
            ["MicrosoftAppPassword"] = teams.AppPassword,
            ["MicrosoftAppTenantId"] = teams.TenantId,
            ["Bot:OpenIdMetadataUrl"] = teams.OpenIdMetadataUrl.AbsoluteUri,
            ["Bot:TokenUrl"] = teams.TokenUrl.AbsoluteUri,
            ["Bot:ServiceHosts:0"] = new Uri(teams.ServiceUrl).Host,
            ["DocSpace:BaseUrl"] = portal.Url.AbsoluteUri,
            ["DocSpace:ApiKey"] = portal.ApiKey,
            ["Storage:Provider"] = storage.Provider.ToString(),
            ["Storage:ConnectionString"] = cable is null
                ? storage.ConnectionString
                : new NpgsqlConnectionStringBuilder(storage.ConnectionString) { Host = "127.0.0.1", Port = cable.NearPort }.ToString(),
            ["Policy:Otherwise"] = "Allow",
            ["Approvals:UndoWindow"] = "00:00:00",
            ["FollowUps:SweepInterval"] = "00:00:01",
        };

        foreach (var (name, value) in more ?? new Dictionary<string, string>())
        {
            settings[name] = value;
        }

        portal.BeforeCall = call => PassAsync(NameOf(call), KillMoment.BeforeItsEffect);
        portal.AfterCall = call => PassAsync(NameOf(call), KillMoment.BeforeItsAnswer);
        teams.BeforeCall = call => PassAsync(NameOf(call), KillMoment.BeforeItsEffect);
        teams.AfterCall = call => PassAsync(NameOf(call), KillMoment.BeforeItsAnswer);
    }

    public StandInTeams Teams { get; }

    public StandInPortal Portal { get; }

    public BotProcess Bot { get; private set; } = null!;

    public static async Task<CrashWorld> StartAsync(
        string provider,
        IReadOnlyDictionary<string, string>? settings = null,
        PortalSetup? portal = null,
        Cable? cable = null
    )
    {
        var database = await TestDatabase.CreateAsync(provider);
        // The tests deliver again themselves, when the bot is there to hear it.
        var teams = await StandInTeams.StartAsync(new TeamsSetup { Redeliver = false }, CancellationToken.None);
        var docSpace = await StandInPortal.StartAsync(portal ?? new PortalSetup { Seats = -1 }, CancellationToken.None);
        var world = new CrashWorld(teams, docSpace, database, settings, cable);
        await world.StartBotAsync();
        await teams.InstallAsync("alice", Place.Personal);
        await world.QuietAsync();
        return world;
    }

    /// <summary>A story begins, in which the bot is killed at that point.</summary>
    public void Arm(KillPoint? point)
    {
        deliveredBefore = Teams.Delivered.Count;
        restarted = Fresh();
        killSwitch.Arm(point);
    }

    /// <summary>Every moment since the story began at which the bot could have been killed.</summary>
    public IReadOnlyList<KillPoint> Passed() => killSwitch.Passed();

    /// <summary>False when the moment has not come; else waits until the bot runs again.</summary>
    public async Task<bool> WasKilledAsync()
    {
        if (killSwitch.IsArmed)
        {
            return false;
        }

        await restarted.Task.WaitAsync(Patience);
        return true;
    }

    /// <summary>Kills the bot and has it go on.</summary>
    public async Task CrashAsync()
    {
        await Bot.KillAsync();
        await RestartAsync();
    }

    public async Task StartBotAsync()
    {
        Bot = await StartOneMoreAsync();
        Teams.BotUrl = Bot.Url;
    }

    /// <summary>An instance beside the one that Teams knows.</summary>
    public Task<BotProcess> StartOneMoreAsync() => BotProcess.StartAsync(settings);

    /// <summary>Waits until the bot has nothing more to do.</summary>
    public Task QuietAsync() => UntilAsync("select count(*) from steps where kind not in ('sweep', 'tell-drift', 'housekeeping')", 0);

    /// <summary>Waits until the portal was called so often from now on, or the bot has had a second for it, and then a moment more.</summary>
    public async Task CallsAsync(int calls, TimeSpan more)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        var before = Portal.Calls.Count;

        for (var tick = 0; tick < 500 && Portal.Calls.Count < before + calls; tick++)
        {
            await timer.WaitForNextTickAsync();
        }

        timer.Period = more + TimeSpan.FromMilliseconds(1);
        await timer.WaitForNextTickAsync();
    }

    /// <summary>Waits until the database says so.</summary>
    public async Task UntilAsync(string sql, long answer)
    {
        using var timer = new PeriodicTimer(LookAgain);
        using var limit = new CancellationTokenSource(Patience);

        while (await AskAsync<long>(sql) != answer)
        {
            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"The bot does not come to: {sql} is {answer}. It wrote:\n{Bot.Output}", e);
            }
        }
    }

    /// <summary>Waits until <c>/readyz</c> answers with this status.</summary>
    public async Task ReadyAsync(int status)
    {
        using var http = new HttpClient();
        using var timer = new PeriodicTimer(LookAgain);
        using var limit = new CancellationTokenSource(Patience);

        try
        {
            while ((int)(await http.GetAsync(new Uri(Bot.Url, "readyz"), limit.Token)).StatusCode != status)
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"The bot does not come to answer {status}. It wrote:\n{Bot.Output}", e);
        }
    }

    public async Task<T> AskAsync<T>(string sql, object? values = null)
    {
        await using var db = await ConnectAsync();
        return (await db.ExecuteScalarAsync<T>(sql, values))!;
    }

    /// <summary>The first thing that is wrong with the ledger; null when it is in order.</summary>
    public async Task<LedgerFault?> FaultInLedgerAsync()
    {
        SqlMapping.Register();
        await using var db = await ConnectAsync();
        await using var moment = await db.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var check = new LedgerCheck();
        return (await db.QueryAsync<LedgerRecord>("select * from ledger order by number", transaction: moment))
                .Select(check.Next)
                .FirstOrDefault(fault => fault is not null)
            ?? check.End(await db.QuerySingleAsync<LedgerHead>("select number, hash from ledger_head", transaction: moment));
    }

    public Task<DbConnection> ConnectAsync() => storage.ConnectAsync();

    public async ValueTask DisposeAsync()
    {
        if (Bot is not null)
        {
            await Bot.DisposeAsync();
        }

        await Teams.DisposeAsync();
        await Portal.DisposeAsync();
        await storage.DisposeAsync();
    }

    private async Task PassAsync(string call, KillMoment moment)
    {
        if (!killSwitch.IsNow(call, moment))
        {
            return;
        }

        await Bot.KillAsync();
        _ = TellWhenRestartedAsync();

        if (moment is KillMoment.BeforeItsEffect)
        {
            throw new IOException("The call was lost with the process that made it.");
        }
    }

    private async Task TellWhenRestartedAsync()
    {
        try
        {
            await RestartAsync();
            restarted.TrySetResult();
        }
        catch (Exception e)
        {
            restarted.TrySetException(e);
        }
    }

    /// <summary>Starts the bot again after it was killed, and has Teams deliver again.</summary>
    public async Task RestartAsync()
    {
        if (storage.Provider is StorageProvider.Postgres)
        {
            // What the dead instance held is let go half a minute later: that time passes here.
            await AskAsync<object?>("update steps set leased_until = 0 where leased_until > 0");
        }

        await StartBotAsync();

        await DeliverAgainAsync();
    }

    /// <summary>Everything since the story began comes once more, with the ids it had.</summary>
    public async Task DeliverAgainAsync()
    {
        foreach (
            var activity in Teams
                .Delivered.Skip(deliveredBefore)
                .Where(activity => (string?)activity["type"] is not "invoke")
                .DistinctBy(activity => (string?)activity["id"])
                .ToList()
        )
        {
            var answer = await Teams.DeliverAsync((JsonObject)activity.DeepClone());
            Assert.Equal(200, answer.Status);
        }
    }

    private static string NameOf(PortalCall call) => $"portal {call.Method} {Ids().Replace(call.Path, "{id}")}";

    private string NameOf(TeamsCall call)
    {
        var where =
            call.ConversationId is null ? ""
            : call.ConversationId == Teams["alice"].ChatId ? " in the requester's chat"
            : " in the invitee's chat";
        var what = call.Path[(call.Path.IndexOf("/v3/", StringComparison.Ordinal) + 4)..];
        what = call.ConversationId is { } conversation ? what.Replace(conversation, "{conversation}", StringComparison.Ordinal) : what;
        what = what.IndexOf("/members/", StringComparison.Ordinal) is >= 0 and var at ? what[..at] + "/members/{member}" : what;
        what = call.ActivityId is { } activity ? what.Replace(activity, "{activity}", StringComparison.Ordinal) : what;
        return $"connector {call.Method} {what}{where}";
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}", RegexOptions.NonBacktracking)]
    private static partial Regex Ids();
}
