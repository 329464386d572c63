using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;
using Xunit.Abstractions;

namespace DocSpaceBot.Tests.Crash;

/// <summary>One invitation that dana approves, with the bot killed once at each moment at which it talks to the outside.</summary>
public sealed class ApprovalKillTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, string> Asking = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Policy:Otherwise"] = "Ask",
        ["Policy:ApproverGroups:managers:People:0"] = "dana@example.com",
        ["Policy:ApproverGroups:managers:People:1"] = "max@example.com",
        // Nobody joins in this story. A sweep that comes in between would only make the moments others each time.
        ["FollowUps:SweepInterval"] = "01:00:00",
    };

    [Theory, OnSqlite, OnPostgresAtEveryMoment]
    public Task Killed_at_any_moment_the_bot_asks_once_more_and_what_was_approved_goes_out_once(string provider) =>
        KillAtEachAsync(provider, point => point.Nth <= 2 && EveryMoment.HasMade(point));

    private async Task KillAtEachAsync(string provider, Func<KillPoint, bool> isWanted)
    {
        await using var world = await CrashWorld.StartAsync(provider, Asking);

        foreach (var approver in (string[])["dana", "max"])
        {
            await world.Teams.InstallAsync(approver, Place.Personal);
        }

        await world.QuietAsync();
        world.Arm(null);
        await new Story(world, "ulla@example.org").RunAsync();
        var points = world.Passed().Where(isWanted).ToList();
        Assert.NotEmpty(points);
        var wrong = new List<string>();

        foreach (var (index, point) in points.Index())
        {
            var story = new Story(world, $"carol{index}@example.org");
            world.Arm(point);
            await story.RunAsync();

            // Two changes that come close together are drawn by one edit, so that not every moment comes again.
            output.WriteLine($"{point}: {(await world.WasKilledAsync() ? "killed" : "did not come")}");
            await story.SettleAsync();
            wrong.AddRange((await story.WhatIsWrongAsync()).Select(what => $"{point}: {what}"));
        }

        Assert.Empty(wrong);
        Assert.Null(await world.FaultInLedgerAsync());
    }

    private sealed class Story(CrashWorld world, string email)
    {
        public async Task RunAsync()
        {
            await world.Teams.SayAsync("alice", Place.Personal, $"/invite {email}");
            await SeenAsync("dana is asked", () => Cards("dana").Exists(card => card.Shows("Approve this invitation?")));

            // Whoever sees nothing come of a click clicks again.
            while (
                await world.AskAsync<long>(
                    "select count(*) from invitations where email = @email and status = 'PendingApproval'",
                    new { email }
                ) > 0
            )
            {
                try
                {
                    await world.Teams.PressAsync("dana", Place.Personal, "Approve invitation");
                }
                catch (DocSpaceBot.Tryout.Teams.StandInException)
                {
                    // The card has lost its buttons meanwhile: the first click has been heard.
                }
            }

            await SettleAsync();
        }

        public async Task SettleAsync()
        {
            await world.UntilAsync(
                "select count(*) from steps where kind not in ('sweep', 'tell-drift', 'housekeeping', 'remind-approver', 'ask-approvers')",
                0
            );
            await SeenAsync("everybody sees that it is out", () => ((string[])["alice", "dana", "max"]).All(who => IsFinal(who)));
        }

        /// <summary>What is wrong, in sentences; nothing when every promise was kept.</summary>
        public async Task<IReadOnlyList<string>> WhatIsWrongAsync()
        {
            var wrong = new List<string>();
            var mails = world.Portal.MailsTo(email).Count(mail => mail.Kind is MailKind.Invitation);

            if (mails != 1)
            {
                wrong.Add($"{mails} invitation mails were sent");
            }

            var told = await world.AskAsync<long>(
                "select count(*) from ledger where email = @email and kind = 'Approved' and actor_id = @dana",
                new { email, dana = world.Teams["dana"].AadObjectId }
            );

            if (told != 1)
            {
                wrong.Add($"the ledger tells of {told} approvals");
            }

            return wrong;
        }

        private bool IsFinal(string who) => Cards(who) is [.., var card] && card.Shows("Invitation · invited");

        private List<TeamsMessage> Cards(string who) =>
            [
                .. world
                    .Teams.Visible(who, Place.Personal)
                    .Where(message => message.IsFromBot && message.Card is not null && message.Shows(email)),
            ];

        private async Task SeenAsync(string what, Func<bool> condition)
        {
            if (!await world.Teams.WaitAsync(condition, CrashWorld.Patience))
            {
                throw new TimeoutException($"It never came about that {what}. The bot wrote:\n{world.Bot.Output}");
            }
        }
    }
}
