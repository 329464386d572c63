using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Crash;

/// <summary>Alice has somebody invited, who joins and is welcomed; and what has to be true afterwards, whatever happened on the way.</summary>
internal sealed class InvitationStory(CrashWorld world, string invitee)
{
    private string Email => $"{invitee}@example.com";

    private List<TeamsMessage> InRequestersChat =>
        [.. world.Teams.Visible("alice", Place.Personal).Where(message => message.IsFromBot && message.Shows(Email))];

    private List<TeamsMessage> Cards => [.. InRequestersChat.Where(message => message.Shows("Invitation ·"))];

    private List<TeamsMessage> FollowUps => [.. InRequestersChat.Where(message => message.Shows("has joined DocSpace"))];

    private List<TeamsMessage> InInviteesChat => [.. world.Teams.Visible(invitee, Place.Personal).Where(message => message.IsFromBot)];

    private List<TeamsMessage> Greetings => [.. InInviteesChat.Where(message => message.Shows("Hello, I am the DocSpace bot"))];

    private List<TeamsMessage> Welcomes => [.. InInviteesChat.Where(message => message.Shows("Welcome to DocSpace"))];

    /// <summary>Messages that were posted a second time: the crash came after the post and before the note of it.</summary>
    public int Repeated => Cards.Count + FollowUps.Count + Greetings.Count + Welcomes.Count - 4;

    public async Task RunAsync()
    {
        world.Teams.AddPerson(invitee, joinsPlaces: false);
        await world.Teams.InstallAsync(invitee, Place.Personal);
        await world.QuietAsync();

        await world.Teams.SayAsync("alice", Place.Personal, $"/invite {Email}");
        await SeenAsync("the card says Invited", () => Cards.Exists(card => card.Shows("Invited")));

        await world.Portal.JoinAsync(Email);
        await SeenAsync(
            "the card says Joined and welcomed, the follow-up is there, and the invitee is welcomed",
            () => Cards is [.., var card] && card.Shows("Joined and welcomed") && FollowUps.Count > 0 && Welcomes.Count > 0
        );
    }

    /// <summary>What is wrong, in sentences; nothing when every promise was kept.</summary>
    public async Task<IReadOnlyList<string>> WhatIsWrongAsync()
    {
        var wrong = new List<string>();
        var mails = world.Portal.MailsTo(Email).Count(mail => mail.Kind is MailKind.Invitation);
        Check(mails == 1, $"{mails} invitation mails were sent");

        var asked = await world.AskAsync<long>("select count(*) from invitations where email = @Email", new { Email });
        Check(asked == 1, $"the bot took in {asked} requests");

        Check(Greetings.Count > 0, "nobody greeted the invitee");
        Check(Welcomes.Count > 0, "nobody welcomed the invitee in Teams");
        Check(FollowUps.Count > 0, "there is no follow-up");
        Check(Cards is [.., var newest] && newest.Shows("Joined and welcomed"), "the newest card is not the final one");
        Check(InRequestersChat.Count == Cards.Count + FollowUps.Count, "the requester was told something else");
        var told = await world.AskAsync<string>(
            "select coalesce(max(case when kind = 'SeenOnPortal' then after_status end), '') || count(case when kind = 'Asked' then 1 end) from ledger where email = @Email",
            new { Email }
        );
        Check(told == "Joined1", $"the ledger tells {told}");
        Check(await world.FaultInLedgerAsync() is null, "the ledger is not in order");
        Check(Repeated <= 1, $"{Repeated} messages were posted twice");
        return wrong;

        void Check(bool isRight, string otherwise)
        {
            if (!isRight)
            {
                wrong.Add(otherwise);
            }
        }
    }

    private async Task SeenAsync(string what, Func<bool> condition)
    {
        if (!await world.Teams.WaitAsync(condition, CrashWorld.Patience))
        {
            throw new TimeoutException($"It never came about that {what}. The bot wrote:\n{world.Bot.Output}");
        }
    }
}
