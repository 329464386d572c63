using System.Text;
using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;
using Microsoft.AspNetCore.Http;

namespace DocSpaceBot.Tests.Stories;

/// <summary>A list of people in a file, from sending it to what would happen. What comes afterwards is told in the stories of results.</summary>
public sealed class FileStories
{
    private const string Few = "email\nbob@example.com\ncarol@example.org\n";

    [Fact]
    public async Task A_list_from_a_German_spreadsheet_is_understood_shown_confirmed_and_sent()
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddRoom("Marketing");
        const string list = """
            Vorname;Nachname;E-Mail-Adresse;Rolle;Raum;Telefon
            Jürgen;Groß;juergen@example.com;user;;0123
            Änne;Öztürk;aenne@example.org;Guest;Marketing;
            Rita;Ruß;rita@example.com;Room admin;;
            """;

        await story.Alice.SendsAsync("Kollegen.csv", CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(list));

        story.Alice.SeesOnCard("Check before sending · 3 people");
        story.Alice.SeesOnCard("Jürgen Groß · juergen@example.com");
        story.Alice.SeesOnCard("As guest into the room “Marketing”.");
        story.Alice.SeesOnCard("As Room admin (uses a paid seat).");
        story.Alice.Sees("I do not use these columns of your list: “Telefon”.");
        story.Mails("juergen@example.com", 0);

        await story.Alice.PressesAsync("Invite 3 people");

        story.Alice.SeesOnCard("Invited 3");
        Assert.Equal("Jürgen", story.Portal.Find("juergen@example.com")!.FirstName);
        Assert.Equal(PortalRole.RoomAdmin, story.Portal.Find("rita@example.com")!.Role);
        story.Mails("juergen@example.com", 1);
    }

    [Fact]
    public async Task What_is_said_beside_a_list_holds_for_those_of_whom_the_list_says_nothing()
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddRoom("Sales");

        await story.Alice.SendsAsync(
            "people.csv",
            "email,role\nbob@example.com,user\ncarol@example.org,\ndave@example.org,guest\n",
            "/invite --role guest --room \"Sales\" --reason \"Trade fair\""
        );

        story.Alice.SeesOnCard("Check before sending · 3 people");
        story.Alice.SeesOnCard("Trade fair");
        await story.Alice.PressesAsync("Invite 3 people");
        Assert.Equal(PortalRole.User, story.Portal.Find("bob@example.com")!.Role);
        Assert.Equal(PortalRole.Guest, story.Portal.Find("carol@example.org")!.Role);
        Assert.Equal(PortalRole.Guest, story.Portal.Find("dave@example.org")!.Role);
    }

    [Theory]
    [InlineData("/invite --dry-run")]
    [InlineData("--dry-run")]
    public async Task A_dry_run_shows_a_list_and_sends_nothing(string text)
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SendsAsync("people.csv", Few, text);

        story.Alice.SeesOnCard("Dry run · nothing is sent");
        story.Alice.SeesOnCard("2 people would be invited.");
        Assert.Empty(story.Alice.Buttons);
        story.Mails("bob@example.com", 0);
    }

    [Fact]
    public async Task A_remark_beside_a_list_changes_nothing()
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SendsAsync("people.csv", Few, "the new colleagues, please");

        story.Alice.SeesOnCard("Check before sending · 2 people");
    }

    [Fact]
    public async Task Guests_need_a_room_and_rows_that_cannot_be_invited_say_in_which_line_they_are()
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddRoom("Sales");

        await story.Alice.SendsAsync(
            "people.csv",
            "email,role,room\nbob@example.com,,\n\ncarol@example.org,guest,\ndave@example.org,guest,Sales\nBOB@example.com,user,\nnobody,,\n,user,\neve@example.com,king,\n"
        );

        story.Alice.SeesOnCard("Guests cannot be invited to DocSpace by mail, only into a room.");
        story.Alice.SeesOnCard("Line 6: Same address as in line 2.");
        story.Alice.SeesOnCard("Line 7: “nobody” is not an e-mail address.");
        story.Alice.SeesOnCard("Line 8: There is no e-mail address.");
        story.Alice.SeesOnCard("Line 9: “king” is no role.");
        await story.Alice.PressesAsync("Invite 2 people");
        story.Mails("bob@example.com", 1);
        Assert.Null(story.Portal.Find("carol@example.org"));
        Assert.Null(story.Portal.Find("eve@example.com"));
    }

    [Fact]
    public async Task Formulas_are_no_names_and_addresses_and_are_shown_as_text()
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SendsAsync(
            "people.csv",
            "first name,last name,email\n\"=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\",Bond,bob@example.com\nCarol,@SUM(A1),carol@example.org\n**Dave**,[x](http://evil.example),dave@example.org\n"
        );

        story.Alice.SeesOnCard("Line 2: The first name begins with “=” like a formula of a spreadsheet. Write it as plain text.");
        story.Alice.SeesOnCard("Line 3: The last name begins with “@”");
        story.Alice.SeesOnCard("There is nobody to invite. Nothing was sent. Correct what is wrong and send it again.");
        story.Alice.SeesOnCard("“[x](http://evil.example)”");
    }

    public static TheoryData<string, byte[], string> NoLists =>
        new()
        {
            { "people.csv", [], "There is nobody in the file. Nobody was invited." },
            { "people.csv", "email\n"u8.ToArray(), "There is nobody in the file. Nobody was invited." },
            {
                "people.csv",
                "PK\u0003\u0004 and so on"u8.ToArray(),
                "inside it is a spreadsheet, an archive or a document. Nobody was invited."
            },
            {
                "people.csv",
                [.. Enumerable.Range(0, 4000).Select(i => (byte)(i * 7 % 32))],
                "The file does not hold text. Nobody was invited."
            },
            { "people.xlsx", "PK\u0003\u0004"u8.ToArray(), "I can read CSV files only (.csv, .tsv or .txt). Nobody was invited." },
            { "people", "email\nbob@example.com"u8.ToArray(), "I can read CSV files only (.csv, .tsv or .txt). Nobody was invited." },
            {
                "people.csv",
                "name,phone\nBob,1\n"u8.ToArray(),
                "I cannot find a column with e-mail addresses in the file. Nobody was invited."
            },
            { "people.csv", Rows(10_000), "The file has 10,000 people, and one request can hold 1,000. Nobody was invited." },
            { "people.csv", Rows(100_000), "The file is larger than 1 MB. Nobody was invited." },
        };

    /// <remarks>To find each row as a test of its own would mean to write megabytes down byte by byte: twenty seconds.</remarks>
    [Theory]
    [MemberData(nameof(NoLists), DisableDiscoveryEnumeration = true)]
    public async Task What_is_no_list_is_answered_with_one_sentence(string name, byte[] content, string sentence)
    {
        await using var story = await Story.StartAsync();
        var before = story.Alice.Messages.Count;

        await story.Alice.SendsAsync(name, content);

        story.Alice.Sees(sentence);
        Assert.Equal(before + 1, story.Alice.Messages.Count);
        Assert.Equal(0, story.CallsTo("people/invite", "POST"));
    }

    [Theory]
    [InlineData("/invite --name \"Alice Smith\"", "--name is for one address. Nobody was invited.")]
    [InlineData("/invite bob@example.com", "There are addresses beside the file, so I cannot tell who is meant. Nobody was invited.")]
    [InlineData("bob@example.com too", "Nobody was invited: “too” is not an e-mail address.")]
    [InlineData("/invite --role king", "Nobody was invited: there is no role “king”.")]
    public async Task Words_beside_a_list_that_cannot_be_meant_are_asked_about(string text, string sentence)
    {
        await using var story = await Story.StartAsync();
        var before = story.Alice.Messages.Count;

        await story.Alice.SendsAsync("people.csv", Few, text);

        story.Alice.Sees(sentence);
        Assert.Equal(before + 1, story.Alice.Messages.Count);
        Assert.Equal(0, story.Teams.FileDownloads);
    }

    [Fact]
    public async Task A_thousand_people_of_whom_nobody_can_be_invited_fit_on_a_card()
    {
        await using var story = await Story.StartAsync();
        var list = new StringBuilder("email,first name\n");

        for (var row = 0; row < 1000; row++)
        {
            list.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{new string('x', 200)}{row},{new string('=', 100)}{new string('ä', 100)}\n"
            );
        }

        await story.Alice.SendsAsync("people.csv", list.ToString());

        story.Alice.SeesOnCard("Line 2: ");
        story.Alice.SeesOnCard("There is nobody to invite. Nothing was sent. Correct what is wrong and send it again.");
    }

    [Fact]
    public async Task A_message_that_is_delivered_again_is_read_once()
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SendsAsync("people.csv", Few, delivery: Delivery.TwiceAtOnce);
        await story.Alice.SendsAsync("more.csv", "email\ndave@example.org\n", delivery: Delivery.Twice);

        Assert.Equal(2, story.Alice.Cards.Count);
        Assert.Equal(2, story.Teams.FileDownloads);
    }

    [Fact]
    public async Task A_bot_that_is_restarted_before_it_has_read_a_list_reads_it_afterwards()
    {
        await using var story = await Story.StartAsync();
        var isThere = false;
        await using var place = await FilePlace.StartAsync(context =>
            isThere ? context.Response.WriteAsync(Few) : FilePlace.HangAsync(context)
        );
        Assert.Equal(200, await story.DoneAsync(story.Teams.UploadAsync("alice", "people.csv", [], link: place.Link)));
        await story.StopBotAsync();
        Assert.Empty(story.Alice.Cards);

        isThere = true;
        await story.RestartBotAsync();
        await story.PassAsync(TimeSpan.FromMinutes(1));

        story.Alice.SeesOnCard("Check before sending · 2 people");
    }

    [Fact]
    public async Task A_bot_that_is_restarted_between_the_preview_and_the_yes_still_knows_the_list()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SendsAsync("people.csv", Few);

        await story.RestartBotAsync();
        await story.Alice.PressesAsync("Invite 2 people");

        story.Alice.SeesOnCard("Invited 2");
        story.Mails("bob@example.com", 1);
    }

    [Fact]
    public async Task Only_who_sent_a_list_can_say_yes_to_it()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SendsAsync("people.csv", Few);
        var id = Forged.RequestOn(story.Alice.Cards[0]);

        await story.DoneAsync(story.Teams.DeliverAsync(Forged.Press(story, "bob", "invite/confirm", id)));
        await story.SettleAsync();

        story.Alice.SeesOnCard("Check before sending · 2 people");
        story.Mails("bob@example.com", 0);
    }

    [Fact]
    public async Task Several_files_are_one_too_many()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SendsAsync("people.csv", Few, "--dry-run");
        var message = story.Teams.LastMessage();
        message["id"] = "1";
        message["attachments"]!.AsArray().Add(message["attachments"]![0]!.DeepClone());

        await story.DoneAsync(story.Teams.DeliverAsync(message));
        await story.SettleAsync();

        story.Alice.Sees("I take one list at a time, and this message has several files. Nobody was invited.");
        Assert.Single(story.Alice.Cards);
    }

    [Theory]
    [InlineData("application/vnd.microsoft.teams.file.download.info")]
    [InlineData("reference")]
    public async Task A_file_in_a_group_is_answered_with_where_to_send_it(string contentType)
    {
        await using var story = await Story.StartAsync();
        await story.Alice.InGroup.SaysAsync("/help");
        var message = story.Teams.LastMessage();
        message["id"] = "1";
        message["attachments"]!
            .AsArray()
            .Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["contentType"] = contentType,
                        ["name"] = "people.csv",
                        ["content"] = new JsonObject { ["downloadUrl"] = "https://example.sharepoint.com/people.csv" },
                    }
            );

        await story.DoneAsync(story.Teams.DeliverAsync(message));
        await story.SettleAsync();

        story.Alice.InGroup.Sees("I take lists in the personal chat with me only. Nobody was invited.");
    }

    [Fact]
    public async Task A_rule_about_who_asks_holds_for_lists_too()
    {
        var rules = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Policy:Otherwise"] = "Deny",
            ["Policy:Rules:0:Name"] = "colleagues",
            ["Policy:Rules:0:When:Requesters:0"] = "alice@example.com",
            ["Policy:Rules:0:Then"] = "Allow",
        };
        await using var story = await Story.StartAsync(new StorySetup { Installed = false, Settings = rules });

        await story.Alice.SendsAsync("people.csv", Few);
        await story.Bob.SendsAsync("people.csv", Few);

        story.Alice.SeesOnCard("2 people will be invited when you say so.");
        story.Bob.SeesOnCard("Not allowed");
        story.Bob.SeesOnCard("There is nobody new to invite.");
    }

    [Fact]
    public async Task Neither_addresses_nor_links_get_into_the_log()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = new Dictionary<string, string?> { ["Serilog:MinimumLevel:Default"] = "Verbose" } }
        );
        await using var place = await FilePlace.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });

        await story.Alice.SendsAsync(
            "people.csv",
            "email,first name,last name\nbob@example.com,Bobby,Brown\nnobody,,\n",
            "--reason Secretly"
        );
        await story.Alice.PressesAsync("Invite 1 person");
        await story.Alice.PressesAsync("Accept");
        await story.Alice.SendsAsync("people.csv", Few, link: place.Link);
        await story.Alice.SendsAsync("people.csv", Few, link: "https://evil.example/people.csv?tempauth=very-secret");
        await story.PassAsync(TimeSpan.FromHours(1));

        story.Alice.Sees("arrived");
        Assert.NotEmpty(story.Log.Lines);
        story.Log.HoldsNone("tempauth", "very-secret", "/uploads/", "sharepoint", "people.csv", "Bobby", "nobody", "Secretly");
    }

    private static byte[] Rows(int count) =>
        Encoding.UTF8.GetBytes("email\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"person{i}@example.com\n")));
}
