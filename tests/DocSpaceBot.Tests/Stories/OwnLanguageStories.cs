using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Of a request, a link or an alarm that concerns several people, each reads in their own language.</summary>
public sealed class OwnLanguageStories
{
    private const string Carol = "carol@example.org";

    [Fact]
    public async Task An_English_requester_and_a_German_approver_each_read_their_own_language()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await InGermanAsync(story.Dana);

        await story.Alice.SaysAsync($"/invite {Carol} --reason Audit");

        story.Dana.Sees("Diese Einladung genehmigen?");
        story.Dana.Sees("niemand hat diese E-Mail-Adresse: ein neues Konto");
        story.Max.Sees("Approve this invitation?");
        Assert.Equal(["Einladung genehmigen", "Einladung ablehnen"], story.Dana.Buttons);
        Assert.Equal(["Approve invitation", "Deny invitation"], story.Max.Buttons);

        await story.Dana.PressesAsync("Einladung genehmigen");

        story.Mails(Carol, 1);
        story.Dana.Sees("Einladung · eingeladen");
        story.Dana.Sees("Genehmigt von Dana Dorn");
        story.Dana.SeesNo("approved");
        story.Max.Sees("Invitation · invited");
        story.Max.Sees("Dana Dorn approved it");
        story.Max.SeesNo("Einladung");
        story.Alice.SeesOnCard("Invitation · invited");
        story.Alice.Sees($"Dana Dorn approved {Carol}. The card shows where it stands.");
        story.Alice.SeesNo("Einladung");
    }

    [Fact]
    public async Task A_German_requester_is_told_in_German_what_an_English_approver_decided()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await InGermanAsync(story.Alice);
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Dana.PressesAsync("Deny invitation");
        story.Dana.Sees("Say why: the person who asked reads it. Nothing was changed.");
        await story.Dana.FillsInAsync("Deny invitation", ("reason", "Not a partner any more"));

        story.Alice.Sees($"Dana Dorn hat abgelehnt: {Carol}. Grund: „Not a partner any more“. Dadurch wurde niemand eingeladen.");
        story.Alice.SeesOnCard("Einladung · abgelehnt");
        story.Alice.SeesNo("denied");
        story.Dana.SeesNo("abgelehnt");
    }

    [Fact]
    public async Task A_card_in_a_channel_stays_in_the_language_of_whoever_asked_whoever_presses()
    {
        await using var story = await Story.StartAsync(Asked.With(("Policy:ApproverGroups:managers:Channel", TeamsDirectory.ChannelId)));
        var olga = story.Olga.InChannel;
        await InGermanAsync(story.Dana);

        await story.Alice.SaysAsync($"/invite {Carol}");
        olga.Sees("Approve this invitation?");
        Assert.Equal(["Einladung genehmigen", "Einladung ablehnen"], story.Dana.InChannel.Buttons);

        await story.Dana.InChannel.PressesAsync("Einladung genehmigen");

        olga.Sees("Dana Dorn approved it");
        olga.SeesNo("Genehmigt von");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task Each_is_reminded_and_told_that_it_is_too_late_in_their_own_language()
    {
        await using var story = await Story.StartAsync(Asked.With(("Approvals:Deadline", "1.00:00:00")));
        await InGermanAsync(story.Dana);
        await story.Alice.SaysAsync($"/invite {Carol}");

        // Friday, one o'clock.
        await story.PassAsync(TimeSpan.FromHours(4.1), parts: 1);
        story.Dana.Sees("Erinnerung: Eine Anfrage wartet auf Ihre Entscheidung.");
        story.Max.Sees("Reminder: a request waits for your decision.");

        await story.PassAsync(TimeSpan.FromDays(1));

        story.Dana.Sees($"Anfrage 1 von Alice Anders ({Carol}) ist abgelaufen: Niemand hat rechtzeitig entschieden.");
        story.Max.Sees($"Request 1 of Alice Anders ({Carol}) has expired: nobody decided in time.");
        story.Alice.Sees($"Nobody decided about {Carol} in time");
    }

    [Fact]
    public async Task Whoever_takes_an_English_colleagues_link_reads_their_own_card_in_German()
    {
        await using var story = await Story.StartAsync();
        await InGermanAsync(story.Bob);
        await Linking.ShareInGroupAsync(story);
        story.Bob.InGroup.Sees("Get my invitation");

        var taken = await story.Bob.InGroup.PressesAsync("Get my invitation");

        Assert.Contains("Ihre Einladung zu DocSpace", taken.Answer!.Value.GetRawText(), StringComparison.Ordinal);
        story.Bob.Sees("Ihre Einladung zu DocSpace");
        story.Bob.SeesNo("Your invitation");
        story.Dana.InGroup.Sees("9 of 10");
        story.Dana.InGroup.SeesNo("Einladung");
        story.Alice.SeesOnCard("Invitation link · ready");

        await story.Alice.PressesAsync("Stop");

        story.Bob.Sees("Ihre Einladung zu DocSpace · beendet");
        story.Bob.SeesNo("Your invitation");
        story.Bob.InGroup.Sees("Invitation to DocSpace · stopped");
    }

    [Fact]
    public async Task Whoever_has_only_pressed_a_button_so_far_is_written_to_in_the_language_they_pressed_in()
    {
        await using var story = await Story.StartAsync();
        story.Teams.AddPerson("nora");
        story.Teams.ChangePerson("nora", nora => nora with { Locale = "de-AT" });
        var nora = new Speaker(story, "nora");
        await Linking.ShareInGroupAsync(story);

        await nora.InGroup.PressesAsync("Get my invitation");

        nora.Sees("Ihre Einladung zu DocSpace");
        nora.SeesNo("Your invitation");
    }

    [Fact]
    public async Task The_owner_of_a_link_and_an_operator_are_each_warned_in_their_own_language()
    {
        await using var story = await Story.StartAsync();
        await InGermanAsync(story.Olga);
        var id = await Linking.ShareInGroupAsync(story, "/link user --uses 100");

        foreach (var number in Enumerable.Range(1, 10))
        {
            var person = story.Teams.AddPerson($"p{number}");
            await Linking.PressAsync(story, person.Name, "link/take", id, TeamsDirectory.GroupId, ("view", "join"));
        }

        story.Alice.Sees("Many people take this link at once");
        story.Olga.Sees("Viele holen sich diesen Link auf einmal");
        await story.Olga.PressesAsync("Beenden");
        story.Alice.Sees("Olga Orlova stopped it");
    }

    [Fact]
    public async Task An_operator_reads_of_the_ledger_in_German_and_the_file_is_the_same_for_everybody()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        await InGermanAsync(story.Olga);

        await story.Olga.SaysAsync("/audit verify");
        await story.Olga.SaysAsync($"/audit {Carol}");
        var file = await Linking.LedgerAsync(story);

        story.Olga.Sees("Ich lese das ganze Protokoll.");
        story.Olga.Sees("Das Protokoll ist in Ordnung: ");
        story.Olga.Sees($"{Carol}: 1 Anfrage, ");
        story.Olga.Sees("Ich schreibe das Protokoll in eine Datei.");
        Assert.Contains("\"What happened\"", file[0], StringComparison.Ordinal);
        Assert.Contains(file, line => line.Contains("\"asked for\"", StringComparison.Ordinal));
    }

    /// <summary>What somebody writes tells which language their Teams is in.</summary>
    private static async Task InGermanAsync(Speaker speaker)
    {
        speaker.Story.Teams.ChangePerson(speaker.Name, person => person with { Locale = "de-DE" });
        await speaker.SaysAsync("/approvals");
        speaker.Sees("Nichts wartet auf Ihre Entscheidung.");
    }
}
