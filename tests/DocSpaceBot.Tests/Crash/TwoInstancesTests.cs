using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Crash;

public sealed class TwoInstancesTests
{
    private const int Requests = 6;
    private const int PeopleEach = 10;

    /// <summary>Nothing is done to the database here: the leases of the dead end by themselves, half a minute later.</summary>
    [Theory, OnPostgres]
    public async Task When_one_of_two_is_killed_in_the_middle_of_work_the_other_finishes_it(string provider)
    {
        await using var world = await CrashWorld.StartAsync(provider);
        await using var other = await world.StartOneMoreAsync();
        var first = world.Bot;
        var calls = 0;
        world.Portal.AfterCall = async call =>
        {
            if (call.Path.EndsWith("/people/invite", StringComparison.Ordinal) && Interlocked.Increment(ref calls) == 2)
            {
                await first.KillAsync();
            }
        };
        var emails = Enumerable.Range(0, Requests * PeopleEach).Select(i => $"p{i}@example.com").ToList();

        await Task.WhenAll(
            emails.Chunk(PeopleEach).Select(some => world.Teams.SayAsync("alice", Place.Personal, $"/invite {string.Join(' ', some)}"))
        );
        await first.WaitForExitAsync();

        // Teams reaches the service at another instance, and delivers there what the first one did not answer.
        world.Teams.BotUrl = other.Url;
        await world.DeliverAgainAsync();

        await world.QuietAsync();
        Assert.Equal(Requests, await world.AskAsync<long>("select count(*) from requests"));
        Assert.All(emails, email => Assert.Single(world.Portal.MailsTo(email), mail => mail.Kind is MailKind.Invitation));
        Assert.Equal(emails.Count, await world.AskAsync<long>("select count(*) from invitations where status = 'Invited'"));
        Assert.Null(await world.FaultInLedgerAsync());
        Assert.Equal(emails.Count, await world.AskAsync<long>("select count(*) from ledger where after_status = 'Invited'"));
        Assert.Equal(
            Requests,
            world
                .Teams.Visible("alice", Place.Personal)
                .Where(message => message.IsFromBot && message.Shows($"Invited {PeopleEach}"))
                .Select(message => message.Id)
                .Distinct()
                .Count()
        );
    }
}
