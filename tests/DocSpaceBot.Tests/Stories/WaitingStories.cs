using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Those who do not join: the requester is asked what to do, and it is done.</summary>
public sealed class WaitingStories
{
    private const string Carol = "carol@example.org";
    private const string Dave = "dave@example.org";
    private const string NotYet = $"{Carol} has not joined DocSpace yet";

    private static readonly TimeSpan Long = TimeSpan.FromDays(3) + TimeSpan.FromMinutes(10);

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task After_three_days_the_requester_is_asked_once_and_can_have_the_mail_sent_again(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromDays(2));
        story.Alice.SeesNo(NotYet);

        await story.PassAsync(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(10));
        await story.PassAsync(TimeSpan.FromDays(1));
        Assert.Single(story.Alice.Messages, message => message.Shows(NotYet));

        await story.Alice.PressesAsync("Mail again");
        story.Mails(Carol, 2);
        story.Alice.Sees("DocSpace was asked to send the mail again and did not object.");
        Assert.Equal(1, story.CallsTo("people/invite", "PUT"));

        // Nobody is asked about whom nothing can be done for yet; after three days more there is a new question.
        await story.PassAsync(TimeSpan.FromDays(2));
        story.Alice.SeesNo(NotYet);
        await story.PassAsync(Long);
        Assert.Single(story.Alice.Messages, message => message.Shows(NotYet));
    }

    [Fact]
    public async Task Who_joins_meanwhile_is_taken_off_the_question()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol} {Dave}");
        await story.PassAsync(Long);
        story.Alice.Sees("2 people have not joined DocSpace yet");

        await story.JoinsAsync(Dave);
        story.Alice.Sees(NotYet);

        await story.JoinsAsync(Carol);
        story.Alice.Sees("Nothing to decide any more");
        Assert.DoesNotContain("Mail again", ButtonsOf(story, "Nothing to decide any more"));
    }

    [Fact]
    public async Task The_invitation_can_be_withdrawn_from_the_question()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(Long);

        await story.Alice.PressesAsync("Withdraw");

        Assert.Equal(PortalStatus.Terminated, story.Portal.Find(Carol)!.Status);
        story.Alice.Sees("The invitation was withdrawn");
        story.Alice.Sees("Nothing to decide any more");
    }

    [Fact]
    public async Task A_link_can_be_had_instead()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(Long);

        await story.Alice.PressesAsync("Get a link");

        story.Alice.Sees("Invitation link · ready");
        story.Alice.Sees("0 of 1");
    }

    [Fact]
    public async Task Nobody_but_the_requester_can_press()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.InGroup.SaysAsync($"/invite {Carol}");
        await story.PassAsync(Long);
        var bob = story.Bob with { Where = Place.Group };

        foreach (var button in (string[])["Mail again", "Get a link", "Withdraw"])
        {
            await bob.PressesAsync(button);
        }

        story.Mails(Carol, 1);
        Assert.Equal(PortalStatus.Pending, story.Portal.Find(Carol)!.Status);
        Assert.DoesNotContain(story.Bob.Messages.Concat(bob.Messages), message => message.Shows("Invitation link ·"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pressed_twice_it_is_one_mail(bool atOnce)
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(Long);

        await story.Alice.PressesAsync(
            "Mail again",
            new PressOptions { Delivery = atOnce ? Delivery.TwiceAtOnceWithNewIds : Delivery.TwiceWithNewIds }
        );

        story.Mails(Carol, 2);
    }

    [Fact]
    public async Task Who_was_created_and_has_not_taken_the_account_into_use_gets_a_mail_to_set_a_password()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol} --name \"Carol Clark\"");
        await story.PassAsync(Long);
        story.Alice.Sees("For an account that was created, DocSpace can only mail a link to set a password.");

        await story.Alice.PressesAsync("Mail again");

        Assert.Single(story.Portal.MailsTo(Carol), mail => mail.Kind is MailKind.PasswordReminder);
        Assert.Equal(0, story.CallsTo("people/invite", "PUT"));
        story.Alice.Sees("DocSpace was asked to mail a link to set a password and did not object");

        // Setting the password lets the person in, and no webhook tells of it.
        await story.JoinsAsync(Carol);
        story.Alice.Sees($"{Carol} has joined DocSpace");
    }

    [Fact]
    public async Task After_thirty_days_it_expires_and_who_comes_later_all_the_same_is_welcome()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = new Dictionary<string, string?> { ["DocSpace:WebhookSecret"] = Hook.Secret } }
        );
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromDays(31));
        story.Alice.SeesOnCard("Invitation · expired");
        Assert.Equal(PortalStatus.Pending, story.Portal.Find(Carol)!.Status);

        await story.Alice.SaysAsync("/link user");
        story.Portal.AddWebhook(new Uri(story.Teams.BotUrl!, "/api/docspace/webhook"), Hook.Secret);
        await story.Portal.JoinByLinkAsync(Carol);
        await story.DoneAsync(story.Portal.WebhooksSettledAsync(default));
        await story.SettleAsync();
        story.Alice.Sees("Invitation · joined");
    }

    [Fact]
    public async Task Who_comes_long_after_it_expired_counts_among_those_of_this_week()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = new Dictionary<string, string?> { ["DocSpace:WebhookSecret"] = Hook.Secret } }
        );
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromDays(45));
        await story.Alice.SaysAsync("/link user");
        story.Portal.AddWebhook(new Uri(story.Teams.BotUrl!, "/api/docspace/webhook"), Hook.Secret);
        await story.Portal.JoinByLinkAsync(Carol);
        await story.DoneAsync(story.Portal.WebhooksSettledAsync(default));
        await story.SettleAsync();

        await story.Alice.SaysAsync("/status");

        Assert.Contains("Joined", Speaker.TextOf(story.Alice.Messages[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_brings_an_expired_invitation_back()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromDays(31));

        await story.Alice.SaysAsync($"/resend {Carol}");
        story.Alice.SeesOnCard("Invitation · invited");
        story.Mails(Carol, 2);

        await story.JoinsAsync(Carol);
        story.Alice.SeesOnCard("Invitation · joined");
    }

    [Fact]
    public async Task Where_that_is_set_what_expires_is_withdrawn_in_DocSpace()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = new Dictionary<string, string?> { ["FollowUps:RevokeExpired"] = "true" } }
        );
        story.Portal.AddPerson(Dave, PortalStatus.Pending, PortalActivation.Pending);
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Alice.SaysAsync($"/invite {Dave}");

        await story.PassAsync(TimeSpan.FromDays(31));

        Assert.Equal(PortalStatus.Terminated, story.Portal.Find(Carol)!.Status);
        Assert.Equal(PortalStatus.Pending, story.Portal.Find(Dave)!.Status);
        Assert.Contains(
            story.Alice.Cards,
            card => card.Shows("Invitation · expired") && card.Shows("The invitation was withdrawn: the link in the mail no longer works.")
        );
    }

    [Fact]
    public async Task The_question_about_a_long_list_is_not_edited_for_everybody_who_joins()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                // Named, so that pauses do not end by themselves.
                Settings = new Dictionary<string, string?>
                {
                    ["DocSpace:WebhookSecret"] = Hook.Secret,
                    ["Approvals:UndoWindow"] = "00:00:00",
                },
            }
        );
        var emails = Enumerable.Range(1, 12).Select(number => $"p{number}@example.org").ToList();
        await story.Alice.SaysAsync("/invite " + string.Join(' ', emails));
        await story.Alice.PressesAsync("Invite 12 people");
        await story.PassAsync(Long);
        await story.Alice.SaysAsync("/link user");
        story.Portal.AddWebhook(new Uri(story.Teams.BotUrl!, "/api/docspace/webhook"), Hook.Secret);
        await story.PassAsync(TimeSpan.FromSeconds(3), parts: 1);

        foreach (var email in emails.Take(3))
        {
            await story.Portal.JoinByLinkAsync(email);
            await story.DoneAsync(story.Portal.WebhooksSettledAsync(default));
            await story.SettleAsync();
        }

        story.Alice.Sees("11 people have not joined DocSpace yet");
        await story.PassAsync(TimeSpan.FromSeconds(3));
        story.Alice.Sees("9 people have not joined DocSpace yet");
    }

    private static IEnumerable<string> ButtonsOf(Story story, string words) =>
        story
            .Alice.Messages.Where(message => message.Shows(words))
            .SelectMany(message => CardReader.Buttons(message.Card!.Value))
            .Select(it => it.Title);
}
