using System.Text.RegularExpressions;
using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Operators look into the ledger. Olga is one.</summary>
public sealed partial class AuditStories
{
    private const string Carol = "carol@example.org";
    private const string NotForYou =
        "/audit is for the operators of this bot. Nothing was looked up. Type /help to see what I can do for you.";
    private const string OnlyInPersonalChat =
        "/audit works in our personal chat only, because its answers hold addresses. Nothing was looked up.";

    [Theory, OnSqlite, OnPostgres]
    public async Task The_history_of_an_address_is_told_line_by_line_over_all_requests(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        story.Portal.Faults.FailNext(call => call.Method == "POST", PortalFault.Scope403, times: 100);
        await story.Alice.SaysAsync($"/invite {Carol} --reason \"Audit 2026\"");
        story.Portal.Faults.Clear();
        await story.PassAsync(TimeSpan.FromHours(1), parts: 1);
        await story.Bob.SaysAsync($"/invite {Carol} dave@example.org");
        await story.JoinsAsync(Carol);

        await story.Olga.SaysAsync($"/audit {Carol}");

        var lines = story.Olga.Messages[^1].Text!.Split('\n');
        Assert.StartsWith($"{Carol}: 2 requests, ", lines[0], StringComparison.Ordinal);
        Assert.Equal(2, lines.Count(line => line.StartsWith("Request ", StringComparison.Ordinal)));
        InOrder(
            lines,
            "2026-11-20 09:00 UTC · asked for · Alice Anders, requester · as User, reason: Audit 2026 · now “Queued”",
            "2026-11-20 09:00 UTC · looked up in DocSpace · the bot · nobody there",
            "2026-11-20 09:00 UTC · DocSpace is asked to bring the person in · the bot · as User",
            "2026-11-20 09:00 UTC · refused by DocSpace · the bot · key lacks a permission · now “Failed”",
            "2026-11-20 10:00 UTC · asked for · Bob Brandt, requester · as User · now “Queued”",
            "2026-11-20 10:00 UTC · looked up in DocSpace · the bot · invited and not registered, as User · now “Invited”",
            "2026-11-20 10:05 UTC · seen in DocSpace · the bot · active · now “Joined”",
            "2026-11-20 10:05 UTC · welcome by DocSpace · the bot · refused"
        );
        story.Olga.SeesNo("dave");
    }

    [Fact]
    public async Task What_the_requester_takes_back_is_told_with_their_name()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Alice.SaysAsync($"/cancel {Carol}");

        await story.Olga.SaysAsync($"audit \"Carol Carter\" <{Carol.ToUpperInvariant()}>");

        story.Olga.Sees("asked for afterwards · Alice Anders, requester · withdrawing the invitation");
        story.Olga.Sees("settled · the bot · withdrawing the invitation: done");
        story.Olga.Sees("now “Cancelled”");
    }

    [Fact]
    public async Task That_an_operator_has_looked_is_told_too()
    {
        await using var story = await Story.StartAsync();
        await story.Olga.SaysAsync($"/audit {Carol}");
        story.Olga.Sees($"The ledger holds nothing about {Carol}.");
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Olga.SaysAsync($"/audit {Carol}");
        story.Olga.Sees("Operators have looked it up once before.");
        var file = await ExportAsync(story);

        Assert.Equal(2, file.Count(line => line.Contains($"\"HistoryRead\",\"looked up in the ledger\",\"{Carol}\",\"Olga Orlova\"")));
        Assert.Contains("\"LedgerExported\",\"ledger asked for as a file\",\"\",\"Olga Orlova\"", file[^1], StringComparison.Ordinal);
        Assert.Contains("\",\"operator\",\"", file[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_history_is_shortened_to_its_end()
    {
        await using var story = await Story.StartAsync();

        for (var request = 0; request < 25; request++)
        {
            await story.Alice.SaysAsync($"/invite {Carol}");
            await story.Alice.SaysAsync($"/cancel {Carol}");
            await story.PassAsync(TimeSpan.FromMinutes(5), parts: 1);
        }

        await story.Olga.SaysAsync($"/audit {Carol}");

        var text = story.Olga.Messages[^1].Text!;
        Assert.Matches(
            "25 requests, [0-9]+ records[.] The oldest [0-9]+ records of it are left out here: /audit export gives all of them[.]",
            text
        );
        Assert.Equal(40, text.Split('\n').Count(line => line.StartsWith("2026-", StringComparison.Ordinal)));
        Assert.DoesNotContain("2026-11-20 09:00 UTC", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/audit")]
    [InlineData("/audit verify everything")]
    [InlineData("/audit export all")]
    [InlineData("/audit export -1")]
    public async Task How_it_is_typed_is_told_to_operators(string text)
    {
        await using var story = await Story.StartAsync();

        await story.Olga.SaysAsync(text);

        story.Olga.Sees("/audit verify checks that nobody has changed the ledger.");
    }

    [Fact]
    public async Task What_is_no_address_is_not_looked_up()
    {
        await using var story = await Story.StartAsync();

        await story.Olga.SaysAsync("/audit carol@example");

        story.Olga.Sees("“carol@example” is not an e-mail address.");
    }

    [Theory]
    [InlineData("/audit")]
    [InlineData($"/audit {Carol}")]
    [InlineData("/audit verify")]
    [InlineData("/audit export")]
    public async Task Who_is_no_operator_learns_nothing(string text)
    {
        await using var story = await Story.StartAsync();
        await story.Bob.SaysAsync($"/invite {Carol}");

        await story.Alice.SaysAsync(text);

        Assert.Equal([NotForYou], story.Alice.Read().Where(message => !message.Contains("Hello", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Where_others_read_along_nobody_is_told_anything()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");

        foreach (var speaker in (Speaker[])[story.Olga.InGroup, story.Olga.InChannel, story.Alice.InGroup])
        {
            foreach (var text in (string[])["/audit", $"/audit {Carol}", "/audit verify", "/audit export"])
            {
                await speaker.SaysAsync(text);
                Assert.Equal(OnlyInPersonalChat, speaker.Messages[^1].Text);
            }
        }

        story.Olga.SeesNo("File offered");
    }

    [Fact]
    public async Task An_operator_is_known_by_address_also_where_the_bot_has_met_nobody()
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });

        await story.Olga.SaysAsync("/audit");
        await story.Alice.SaysAsync("/audit");

        story.Olga.Sees("/audit verify checks");
        story.Alice.Sees(NotForYou);
    }

    [Fact]
    public async Task An_operator_is_known_by_the_object_id()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = new Dictionary<string, string?> { ["Operators:0"] = IdOf("dana").ToUpperInvariant() } }
        );

        await story.Dana.SaysAsync("/audit");
        await story.Olga.SaysAsync("/audit");

        story.Dana.Sees("/audit verify checks");
        story.Olga.Sees(NotForYou);
    }

    [Fact]
    public async Task Whoever_has_no_address_in_Teams_is_no_operator_by_address()
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });
        story.Teams.ChangePerson("olga", person => person with { Email = null, UserPrincipalName = null });

        await story.Olga.SaysAsync("/audit");

        story.Olga.Sees(NotForYou);
    }

    [Fact]
    public async Task People_of_another_tenant_are_no_operators_and_what_they_do_is_not_shown()
    {
        var teams = new TeamsSetup();
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Bot:AllowedTenants:0"] = teams.TenantId,
                    ["Bot:AllowedTenants:1"] = teams.OtherTenantId,
                    ["Operators:1"] = "gus@example.com",
                    ["Operators:2"] = TeamsPerson.Named("gus", teams.OtherTenantId).AadObjectId,
                },
            }
        );
        var gus = new Speaker(story, "gus");
        await gus.SaysAsync("/invite erin@example.org");
        await story.Alice.SaysAsync($"/invite {Carol}");

        await gus.SaysAsync("/audit verify");
        await story.Olga.SaysAsync("/audit erin@example.org");
        var file = await ExportAsync(story);
        await story.Olga.SaysAsync("/audit verify");

        gus.Sees(NotForYou);
        story.Olga.Sees("The ledger holds nothing about erin@example.org.");
        Assert.DoesNotContain(
            file,
            line => line.Contains("erin", StringComparison.Ordinal) && !line.Contains("HistoryRead", StringComparison.Ordinal)
        );
        Assert.Contains(file, line => line.Contains(Carol, StringComparison.Ordinal));
        story.Olga.Sees("The ledger is in order");
    }

    [Fact]
    public async Task Somebody_of_a_tenant_that_is_not_allowed_is_turned_away()
    {
        await using var story = await Story.StartAsync();

        Assert.Equal(403, await new Speaker(story, "gus").TriesToSayAsync("/audit verify"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_ledger_in_order_is_told_with_the_number_and_hash_of_its_last_record(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        await story.Olga.SaysAsync("/audit verify");
        story.Olga.Sees("The ledger is in order: it holds no records yet.");
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Olga.SaysAsync("/audit verify");

        Assert.Equal("I am reading the whole ledger. If it is long, that takes a while.", story.Olga.Messages[^2].Text);
        var told = Last().Match(story.Olga.Messages[^1].Text!);
        Assert.True(told.Success, story.Olga.Messages[^1].Text);
        var file = await ExportAsync(story);
        Assert.Contains(
            file,
            line =>
                line.StartsWith($"\"{told.Groups["number"].Value}\"", StringComparison.Ordinal)
                && line.EndsWith($"\"{told.Groups["hash"].Value}\"", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(
        "update ledger set actor_name = 'Bob Brandt' where number = 2",
        "Record 2 (2026-11-20 09:00 UTC) was changed: what it says does not fit its hash. Record 1 is in order."
    )]
    [InlineData(
        "delete from ledger where number = 3",
        "Record 3 is missing: there are later ones. The 2 records from number 1 to 2 are in order."
    )]
    [InlineData(
        "delete from ledger where number in (1, 2)",
        "Records 1 to 2 are missing: there are later ones. No record before that is in order."
    )]
    [InlineData("update ledger set previous_hash = hash where number = 3", "Record 3 (2026-11-20 09:00 UTC) is out of order")]
    [InlineData("delete from ledger where number >= 3", "they were cut off at the end.")]
    [InlineData("update ledger_head set number = 2", "Its head, which tells of the last record, tells of number 2 and of another hash.")]
    [InlineData("delete from ledger_head", "Its head, which tells of the last record, is missing or empty.")]
    public async Task What_somebody_has_changed_past_the_bot_is_named(string sql, string expected)
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.TamperAsync(sql);

        await story.Olga.SaysAsync("/audit verify");

        story.Olga.Sees($"The ledger is not in order.");
        story.Olga.Sees(expected);
        story.Olga.Sees("Compare with a backup, or with a file that /audit export gave you before.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_ledger_can_be_had_as_a_file(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        await story.Alice.SaysAsync($"/invite {Carol} --reason \"=1+1\"");

        await story.Olga.SaysAsync("/audit export");

        story.Olga.Sees("I am writing the ledger into a file.");
        story.Olga.Sees("File offered: docspacebot-ledger-2026-11-20.csv");
        story.Olga.Sees("records, as a file for a spreadsheet");
        await story.Olga.PressesAsync("Accept");
        var lines = story.Olga.Arrived;
        Assert.StartsWith("\"Number\",\"Time (UTC)\",\"Kind\",\"What happened\",\"E-mail\",\"Who\"", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("\"1\",\"2026-11-20 09:00:0", lines[1], StringComparison.Ordinal);
        Assert.Contains($"\"Asked\",\"asked for\",\"{Carol}\",\"Alice Anders\"", lines[2], StringComparison.Ordinal);
        Assert.Equal(
            Enumerable.Range(1, lines.Count - 1).Select(number => $"\"{number}\""),
            lines.Skip(1).Select(line => line.Split(',')[0])
        );
        Assert.DoesNotContain(lines, line => line.Contains("\"=", StringComparison.Ordinal));
        story.Olga.SeesNo("File offered: ");
    }

    [Fact]
    public async Task The_file_ends_with_the_record_of_its_asking_whenever_it_is_taken()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Olga.SaysAsync("/audit export");
        await story.Alice.SaysAsync("/invite dave@example.org");

        await story.Olga.PressesAsync("Accept");

        var lines = story.Olga.Arrived;
        Assert.Contains("\"LedgerExported\"", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.Contains("dave", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Older_records_can_be_had_by_their_number()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");

        var lines = await ExportAsync(story, "/audit export 2");

        Assert.Equal(["\"1\"", "\"2\""], lines.Skip(1).Select(line => line.Split(',')[0]));
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("gus")]
    public async Task Nobody_else_can_take_the_file(string who)
    {
        await using var story = await Story.StartAsync();
        await story.Olga.SaysAsync("/audit export");
        await using var place = await FilePlace.StartAsync(_ => Task.CompletedTask);

        await story.DoneAsync(story.Teams.DeliverAsync(Forged.Taking(story, who, Forged.OfferedIn(story), place.Link)));
        await story.SettleAsync();

        Assert.Equal(0, place.Asked);
        story.Olga.Sees("File offered: ");
    }

    [Theory]
    [InlineData("ledger:")]
    [InlineData("ledger::")]
    [InlineData("ledger:019a0000-0000-7000-8000-0000000000aa")]
    [InlineData("ledger:019a0000-0000-7000-8000-0000000000aa:x")]
    [InlineData(":")]
    [InlineData("secrets:1")]
    public async Task A_file_that_nobody_asked_for_cannot_be_taken(string id)
    {
        await using var story = await Story.StartAsync();
        await using var place = await FilePlace.StartAsync(_ => Task.CompletedTask);

        var answer = await story.DoneAsync(story.Teams.DeliverAsync(Forged.Taking(story, "olga", id, place.Link)));
        await story.SettleAsync();

        Assert.Equal("This card is no longer known. Type /invite to ask again.", Forged.ErrorIn(answer));
        Assert.Equal(0, place.Asked);
    }

    [Fact]
    public async Task Who_is_an_operator_no_more_cannot_take_the_file_any_more()
    {
        await using var story = await Story.StartAsync();
        await story.Olga.SaysAsync("/audit export");
        await story.RestartBotAsync(("Operators:0", "dana@example.com"));
        await using var place = await FilePlace.StartAsync(_ => Task.CompletedTask);

        await story.DoneAsync(story.Teams.DeliverAsync(Forged.Taking(story, "olga", Forged.OfferedIn(story), place.Link)));
        await story.SettleAsync();

        Assert.Equal(0, place.Asked);
    }

    [Fact]
    public async Task A_message_that_is_delivered_twice_is_answered_once()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Olga.SaysAsync("/audit export", new SayOptions { Delivery = Delivery.Twice });
        await story.Olga.SaysAsync($"/audit {Carol}", new SayOptions { Delivery = Delivery.Twice });

        Assert.Single(story.Olga.Messages, message => message.Shows("File offered: "));
        Assert.Single(story.Olga.Messages, message => message.Shows($"{Carol}: 1 request"));
    }

    private static string IdOf(string name) => TeamsPerson.Named(name, new TeamsSetup().TenantId).AadObjectId;

    private static async Task<IReadOnlyList<string>> ExportAsync(Story story, string text = "/audit export")
    {
        await story.Olga.SaysAsync(text);
        await story.Olga.PressesAsync("Accept");
        return story.Olga.Arrived;
    }

    /// <summary>The lines stand there one after the other, perhaps with others between them.</summary>
    private static void InOrder(string[] lines, params string[] expected)
    {
        var at = -1;

        foreach (var line in expected)
        {
            at = Array.IndexOf(lines, line, at + 1);
            Assert.True(at >= 0, $"“{line}” is not there, or not behind the others:\n{string.Join('\n', lines)}");
        }
    }

    [GeneratedRegex("number (?<number>[0-9]+) with the hash (?<hash>[0-9a-f]{64})[.]", RegexOptions.NonBacktracking)]
    private static partial Regex Last();

    [Fact]
    public async Task What_the_policy_refused_is_told_too()
    {
        await using var story = await Story.StartAsync(Asked.With(("Policy:Rules:0:Then", "Deny"), ("Operators:0", "olga@example.com")));
        await story.Alice.SaysAsync("/invite carol@example.org");

        await story.Olga.SaysAsync("/audit carol@example.org");

        story.Olga.Sees("asked for and not allowed · Alice Anders, everybody · as User, policy-denies");
    }

    [Fact]
    public async Task Who_approved_and_by_which_right_can_be_read_for_good()
    {
        await using var story = await Story.StartAsync(Asked.With(("Policy:Rules:0:Needed", "2")));
        await story.Alice.SaysAsync("/invite carol@example.org");
        await story.Dana.PressesAsync("Approve invitation");
        await story.Max.FillsInAsync("Deny invitation", ("reason", "No budget"));

        await story.Olga.SaysAsync("/audit carol@example.org");
        await story.Olga.SaysAsync("/audit verify");

        story.Olga.Sees("approved · Dana Dorn, managers · 1 of 2");
        story.Olga.Sees("denied · Max Maurer, managers · reason: No budget · now “Denied”");
        story.Olga.Sees("The ledger is in order");
    }
}
