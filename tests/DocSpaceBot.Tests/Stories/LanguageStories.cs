namespace DocSpaceBot.Tests.Stories;

/// <summary>Everybody reads the bot in the language of their own Teams.</summary>
public sealed class LanguageStories
{
    private const string Carol = "carol@example.org";

    [Fact]
    public async Task Who_has_Teams_in_German_reads_German_while_somebody_else_reads_English()
    {
        await using var story = await InGermanForAliceAsync();

        await story.Alice.SaysAsync($"/invite {Carol} --reason Audit");
        await story.Bob.SaysAsync("/invite dave@example.org");

        story.Alice.Sees("Einladung · eingeladen");
        story.Alice.Sees("Angefragt von");
        story.Alice.SeesNo("Asked by");
        story.Bob.SeesOnCard("Invitation · invited");
        story.Bob.SeesOnCard("Asked by");

        await story.JoinsAsync(Carol);
        await story.JoinsAsync("dave@example.org");

        story.Alice.Sees("Einladung · beigetreten");
        story.Bob.SeesOnCard("Invitation · joined");
    }

    [Fact]
    public async Task After_a_restart_the_card_goes_on_in_the_language_of_whoever_asked()
    {
        await using var story = await InGermanForAliceAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.RestartBotAsync();
        await story.JoinsAsync(Carol);

        story.Alice.Sees("Einladung · beigetreten");
    }

    [Fact]
    public async Task What_is_wrong_with_a_command_or_the_form_is_said_in_the_language_of_whoever_wrote()
    {
        await using var story = await InGermanForAliceAsync();

        await story.Alice.SaysAsync("/invite carol");
        story.Alice.Sees("Niemand wurde eingeladen: „carol“ ist keine E-Mail-Adresse.");

        await story.Alice.SaysAsync("/cancel");
        story.Alice.Sees("Es wurde nichts geändert: Sagen Sie, um wessen Einladung es geht");

        await story.Alice.SaysAsync("/invite");
        await story.Alice.FillsInAsync("Einladen", ("emails", Carol), ("role", "guest"));
        story.Alice.Sees("Gäste werden in einen Raum eingeladen. Sagen Sie, in welchen.");

        await story.Bob.SaysAsync("/invite carol");
        story.Bob.Sees("Nobody was invited: “carol” is not an e-mail address.");
    }

    [Fact]
    public async Task A_list_is_read_and_shown_in_the_language_of_whoever_sent_it()
    {
        await using var story = await InGermanForAliceAsync();
        story.Portal.AddPerson("max@example.com");

        await story.Alice.SendsAsync(
            "leute.csv",
            """
            E-Mail;Vorname;Nachname;Telefon
            bob@example.com;Bob;Brown;1
            max@example.com;;;2
            niemand;;;3
            """
        );

        story.Alice.Sees("Diese Spalten Ihrer Liste verwende ich nicht: „Telefon“.");
        story.Alice.Sees("Vor dem Senden prüfen · 3 Personen");
        story.Alice.Sees("Schon Mitglied");
        story.Alice.Sees("Zeile 4: „niemand“ ist keine E-Mail-Adresse.");

        await story.Alice.PressesAsync("1 Person einladen");

        story.Alice.Sees("Einladung · eingeladen");
    }

    private static async Task<Story> InGermanForAliceAsync()
    {
        var story = await Story.StartAsync();
        story.Teams.ChangePerson("alice", person => person with { Locale = "de-DE" });
        return story;
    }
}
