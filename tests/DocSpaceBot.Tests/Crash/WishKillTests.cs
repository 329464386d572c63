using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;
using Xunit.Abstractions;

namespace DocSpaceBot.Tests.Crash;

/// <summary>What is wished for after an invitation, with the bot killed around each call that looks or changes something.</summary>
public sealed class WishKillTests(ITestOutputHelper output)
{
    private const string NotKnown = "Whether DocSpace has sent the mail again is not known";

    [Theory, OnSqlite]
    public Task Killed_around_a_mail_that_is_sent_again_it_is_never_sent_twice(string provider) =>
        KillAtEachAsync(
            provider,
            "Send the mail again",
            (world, email, point) =>
            {
                var mails = world.Portal.InvitationMailsTo(email);
                var card = CardOf(world, email);

                return point switch
                {
                    null => mails == 1 && card.Shows("did not object"),
                    // Nobody knows by then whether it was sent, and that is what the card says.
                    { Call: Resend, Moment: KillMoment.BeforeItsEffect } => mails == 0 && card.Shows(NotKnown),
                    { Call: Resend } => mails == 1 && card.Shows(NotKnown),
                    _ => mails == 1 && card.Shows("did not object"),
                };
            }
        );

    [Theory, OnSqlite]
    public Task Killed_around_a_withdrawal_it_is_withdrawn(string provider) =>
        KillAtEachAsync(
            provider,
            null,
            (world, email, _) =>
                world.Portal.Find(email)!.Status is PortalStatus.Terminated
                && CardOf(world, email).Shows("The invitation was withdrawn")
                && world.Portal.InvitationMailsTo(email) == 1
        );

    [Theory, OnSqlite]
    public Task Killed_around_a_change_of_role_it_is_changed_once(string provider) =>
        KillAtEachAsync(
            provider,
            "Change the role to Room admin",
            (world, email, _) =>
                world.Portal.Find(email)!.Role is PortalRole.RoomAdmin
                && CardOf(world, email).Shows("The role was changed to")
                && world.Portal.MailsTo(email).Count(mail => mail.Kind is MailKind.RoleChanged) == 1
        );

    private const string Resend = "portal PUT /api/2.0/people/invite";

    /// <param name="button">What is pressed for somebody who was pending before; null for <c>/cancel</c> of somebody whom the bot invited.</param>
    private async Task KillAtEachAsync(string provider, string? button, Func<CrashWorld, string, KillPoint?, bool> isRight)
    {
        await using var world = await CrashWorld.StartAsync(provider);
        Assert.True(await RunAsync(world, "undisturbed@example.org", null, button, isRight));
        var points = world.Passed().Where(IsOurs).ToList();
        Assert.NotEmpty(points);
        var wrong = new List<string>();

        foreach (var (index, point) in points.Index())
        {
            if (!await RunAsync(world, $"carol{index}@example.org", point, button, isRight))
            {
                wrong.Add(
                    $"{point}:\n{string.Join('\n', world.Teams.Visible("alice", Place.Personal).TakeLast(2).Select(Stories.Speaker.TextOf))}"
                );
            }
        }

        output.WriteLine($"Killed:\n  {string.Join("\n  ", points)}");
        Assert.Empty(wrong);
    }

    private static async Task<bool> RunAsync(
        CrashWorld world,
        string email,
        KillPoint? point,
        string? button,
        Func<CrashWorld, string, KillPoint?, bool> isRight
    )
    {
        if (button is not null)
        {
            world.Portal.AddPerson(email, PortalStatus.Pending, PortalActivation.Pending);
        }

        var role = button?.Contains("role", StringComparison.Ordinal) is true ? " --role roomadmin" : "";
        await world.Teams.SayAsync("alice", Place.Personal, $"/invite {email}{role}");
        await world.QuietAsync();
        world.Arm(point);

        if (button is null)
        {
            await world.Teams.SayAsync("alice", Place.Personal, $"/cancel {email}");
        }
        else
        {
            await world.Teams.PressAsync("alice", Place.Personal, button);
        }

        await world.QuietAsync();
        Assert.True(point is null || await world.WasKilledAsync(), $"{point} did not come.");
        await world.QuietAsync();
        return isRight(world, email, point);
    }

    /// <summary>The sweep looks all the time, and what it does is not about wishes.</summary>
    private static bool IsOurs(KillPoint point) =>
        point.Call.StartsWith("portal PUT ", StringComparison.Ordinal) || point.Call is "portal GET /api/2.0/people/{id}";

    private static TeamsMessage CardOf(CrashWorld world, string email) =>
        world
            .Teams.Visible("alice", Place.Personal)
            .Last(message => message.IsFromBot && message.Shows(email) && message.Shows("Reference "));
}
