using Dapper;
using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;
using Npgsql;

namespace DocSpaceBot.Tests.Crash;

/// <summary>The database is away for a while. Teams is told so, and delivers again; nothing is lost and nothing has to be repaired.</summary>
public sealed class StorageOutageTests
{
    private const string Invite = "/invite nora@example.com";

    [Theory, OnPostgres]
    public async Task What_cannot_be_kept_is_refused_and_taken_in_when_the_server_is_back(string provider)
    {
        await using var cable = ToTheServer();
        await using var world = await CrashWorld.StartAsync(provider, cable: cable);
        await world.ReadyAsync(200);

        cable.Pull();
        Assert.Equal(500, await world.Teams.SayAsync("alice", Place.Personal, Invite));
        await world.ReadyAsync(503);
        cable.PutIn();
        await world.ReadyAsync(200);

        await DeliveredAgainItIsDoneOnceAsync(world);
    }

    [Theory, OnPostgres]
    public async Task An_answer_to_a_commit_that_is_lost_makes_no_second_request(string provider)
    {
        await using var cable = ToTheServer();
        await using var world = await CrashWorld.StartAsync(provider, cable: cable);

        cable.PullBeforeTheAnswerTo("COMMIT"u8);
        Assert.Equal(500, await world.Teams.SayAsync("alice", Place.Personal, Invite));
        Assert.True(cable.IsPulled);
        cable.PutIn();

        await DeliveredAgainItIsDoneOnceAsync(world);
    }

    [Theory, OnPostgres]
    public async Task Connections_that_the_server_ends_are_made_anew(string provider)
    {
        await using var world = await CrashWorld.StartAsync(provider);
        await world.AskAsync<object?>(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        );

        // The pool may hand out a connection that has ended; Teams is told and delivers again.
        if (await world.Teams.SayAsync("alice", Place.Personal, Invite) != 200)
        {
            Assert.Equal(200, (await world.Teams.DeliverAsync(world.Teams.LastMessage())).Status);
        }

        await DeliveredAgainItIsDoneOnceAsync(world);
    }

    /// <summary>Something else is always under way, and its lease is renewed; that must not hold what was done but could not be noted.</summary>
    [Theory, OnPostgres]
    public async Task A_step_that_could_not_be_noted_is_settled_when_the_server_is_back(string provider)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cable = ToTheServer();
        await using var world = await CrashWorld.StartAsync(provider, cable: cable);
        var invites = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Portal.BeforeCall = async call =>
        {
            if (call.Path.EndsWith("/people/invite", StringComparison.Ordinal))
            {
                invites.TrySetResult();
                await release.Task;
            }
        };
        await world.Teams.SayAsync("alice", Place.Personal, Invite);
        await invites.Task.WaitAsync(CrashWorld.Patience);
        Assert.True(await world.Teams.SeesAsync("alice", Place.Personal, "nora@example.com", CrashWorld.Patience));

        world.Teams.AfterCall = call =>
        {
            if (call.Method == "POST")
            {
                world.Teams.AfterCall = null;
                cable.Pull();
            }

            return Task.CompletedTask;
        };
        await world.Teams.SayAsync("alice", Place.Personal, "/invite nobody");
        Assert.True(await world.Teams.WaitAsync(() => cable.IsPulled, CrashWorld.Patience));
        await world.ReadyAsync(503);
        cable.PutIn();

        await world.UntilAsync("select count(*) from steps where kind = 'reply'", 0);
        release.SetResult();
        await world.QuietAsync();
        Assert.Single(world.Portal.MailsTo("nora@example.com"), mail => mail.Kind is MailKind.Invitation);
    }

    [Theory, OnSqlite]
    public async Task A_full_disk_refuses_messages_until_there_is_room(string provider)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var world = await CrashWorld.StartAsync(provider);
        await world.ReadyAsync(200);

        world.Bot.FillDisk();
        Assert.Equal(500, await world.Teams.SayAsync("alice", Place.Personal, Invite));
        await world.ReadyAsync(503);
        world.Bot.EmptyDisk();
        await world.ReadyAsync(200);

        await DeliveredAgainItIsDoneOnceAsync(world);
    }

    private static Cable ToTheServer()
    {
        var server = new NpgsqlConnectionStringBuilder(TestDatabase.Server);
        return new(server.Host!, server.Port);
    }

    private static async Task DeliveredAgainItIsDoneOnceAsync(CrashWorld world)
    {
        Assert.Equal(200, (await world.Teams.DeliverAsync(world.Teams.LastMessage())).Status);
        Assert.True(await world.Teams.SeesAsync("alice", Place.Personal, "Invitation · invited", CrashWorld.Patience), world.Bot.Output);
        await world.QuietAsync();
        Assert.Equal(1, await world.AskAsync<long>("select count(*) from requests"));
        Assert.Single(world.Portal.MailsTo("nora@example.com"), mail => mail.Kind is MailKind.Invitation);
        Assert.Single(world.Teams.Visible("alice", Place.Personal), message => message.IsFromBot && message.Shows("nora@example.com"));
    }
}
