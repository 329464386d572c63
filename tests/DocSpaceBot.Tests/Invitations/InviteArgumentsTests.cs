using DocSpace.Api;
using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using FsCheck;
using FsCheck.Fluent;

namespace DocSpaceBot.Tests.Invitations;

public sealed class InviteArgumentsTests
{
    private const string Alice = "alice@example.com";
    private const string Copy = " You can copy this: ";

    [Theory]
    [InlineData("alice@example.com bob@example.com", "alice@example.com bob@example.com")]
    [InlineData("alice@example.com,bob@example.com;carol@example.com", "alice@example.com bob@example.com carol@example.com")]
    [InlineData("Alice@Example.COM and ALICE@example.com", "alice@example.com")]
    [InlineData("alice@example.com. Also bob@example.com!", "alice@example.com bob@example.com")]
    [InlineData("please alice@example.com & bob@example.com", "alice@example.com bob@example.com")]
    [InlineData("mailto:alice@example.com?subject=Hi <mailto:bob@example.com>", "alice@example.com bob@example.com")]
    [InlineData("(alice@example.com) [bob@example.com] 'carol@example.com'", "alice@example.com bob@example.com carol@example.com")]
    [InlineData("\"alice@example.com\" “bob@example.com”", "alice@example.com bob@example.com")]
    [InlineData("- alice@example.com\n- bob@example.com\n• carol@example.com", "alice@example.com bob@example.com carol@example.com")]
    [InlineData("1. alice@example.com\n2) bob@example.com", "alice@example.com bob@example.com")]
    [InlineData("–alice@example.com\n—bob@example.com", "alice@example.com bob@example.com")]
    [InlineData("*alice@example.com* _bob@example.com_", "alice@example.com bob@example.com")]
    [InlineData("_alice@example.com o'neil@example.com", "_alice@example.com o'neil@example.com")]
    [InlineData("alice@example.com\u200b \ufeffbob@example.com", "alice@example.com bob@example.com")]
    [InlineData("'alice@example.com' <alice@example.com>", "alice@example.com")]
    [InlineData("< alice@example.com >", "alice@example.com")]
    [InlineData("<alice@example.com><bob@example.com>", "alice@example.com bob@example.com")]
    [InlineData("", "")]
    [InlineData("please", "")]
    public void Addresses_are_found_however_they_are_pasted(string typed, string expected) =>
        Assert.Equal(expected, string.Join(' ', Asked(typed).Emails.Select(it => it.Email)));

    [Fact]
    public void A_room_whose_title_no_room_can_have_is_refused() =>
        Assert.StartsWith(
            "Nobody was invited: the title of the room has 171 characters",
            InviteArguments.Read(CommandLine.Parse($"/invite {Alice} --room \"{new string('x', 171)}\"")).Wrong,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("Alice Smith <alice@example.com>", "Alice", "Smith")]
    [InlineData("Smith, Alice <alice@example.com>", "Alice", "Smith")]
    [InlineData("Smith, Alice <alice@example.com>;", "Alice", "Smith")]
    [InlineData("\"Smith, Alice (Sales @ HQ)\" <alice@example.com>", "Alice", "Smith")]
    [InlineData("\"Alice Smith\"<alice@example.com>", "Alice", "Smith")]
    [InlineData("Alice<alice@example.com>", "Alice", null)]
    [InlineData("Alice Smith (alice@example.com)", "Alice", "Smith")]
    [InlineData("Dr. Alice Mary Smith, PhD <alice@example.com>", "Alice Mary", "Smith")]
    [InlineData("Ludwig van Beethoven <alice@example.com>", "Ludwig", "van Beethoven")]
    [InlineData("María de la Cruz <alice@example.com>", "María", "de la Cruz")]
    [InlineData("Sean O’Neil-Ray <alice@example.com>", "Sean", "O'Neil-Ray")]
    [InlineData("J. R. Smith <alice@example.com>", "J R", "Smith")]
    [InlineData("山田 太郎 <alice@example.com>", "山田", "太郎")]
    [InlineData("Team 42 <alice@example.com>", "Team", null)]
    [InlineData("<alice@example.com>", null, null)]
    [InlineData("alice@example.com --name \"Alice Smith\"", "Alice", "Smith")]
    [InlineData("--name \"Smith, Alice\" alice@example.com", "Alice", "Smith")]
    [InlineData("--name=\"Alice Smith\" Bob <alice@example.com>", "Alice", "Smith")]
    [InlineData("--name 'Alice Smith' alice@example.com", "Alice", "Smith")]
    [InlineData("alice@example.com —name “Alice Smith”", "Alice", "Smith")]
    public void Names_are_split_into_first_and_last(string typed, string? first, string? last)
    {
        var asked = Asked(typed);

        Assert.Equal(Alice, Assert.Single(asked.Emails).Email);
        Assert.Equal((first, last), (asked.FirstName, asked.LastName));
    }

    [Fact]
    public void A_whole_line_from_Outlook_is_read_with_every_name()
    {
        var asked = Asked(
            "Smith, Alice <alice@example.com>; bob@example.com; Jones, Carol Ann <carol@example.com>\nDave Doe <dave@example.com>"
        );

        Assert.Equal(
            [
                new(Alice, new("Alice", "Smith")),
                new("bob@example.com"),
                new("carol@example.com", new("Carol Ann", "Jones")),
                new("dave@example.com", new("Dave", "Doe")),
            ],
            asked.Emails
        );
        Assert.Null(asked.FirstName);
    }

    [Theory]
    [InlineData("--role guest", DocSpaceRole.Guest)]
    [InlineData("--role=guest", DocSpaceRole.Guest)]
    [InlineData("--Role Guests", DocSpaceRole.Guest)]
    [InlineData("-role guest", DocSpaceRole.Guest)]
    [InlineData("role guest", DocSpaceRole.Guest)]
    [InlineData("role: guest", DocSpaceRole.Guest)]
    [InlineData("role=guest", DocSpaceRole.Guest)]
    [InlineData("as guest", DocSpaceRole.Guest)]
    [InlineData("as a guest", DocSpaceRole.Guest)]
    [InlineData("as guests please", DocSpaceRole.Guest)]
    [InlineData("as a room admin", DocSpaceRole.RoomAdmin)]
    [InlineData("as room admins", DocSpaceRole.RoomAdmin)]
    [InlineData("--role room admin", DocSpaceRole.RoomAdmin)]
    [InlineData("--role \"room admin\"", DocSpaceRole.RoomAdmin)]
    [InlineData("--role=room-admin", DocSpaceRole.RoomAdmin)]
    [InlineData("as an admin", DocSpaceRole.DocSpaceAdmin)]
    [InlineData("as DocSpace admin", DocSpaceRole.DocSpaceAdmin)]
    [InlineData("--role 4", DocSpaceRole.User)]
    [InlineData("--role user as a user", DocSpaceRole.User)]
    [InlineData("", null)]
    public void A_role_can_be_said_in_many_ways_before_and_behind_the_address(string typed, DocSpaceRole? role)
    {
        Assert.Equal(role, Asked($"{Alice} {typed}").Role);
        Assert.Equal(role, Asked($"{typed} {Alice}").Role);
        Assert.Equal(Alice, Assert.Single(Asked($"{typed} {Alice}").Emails).Email);
    }

    [Theory]
    [InlineData("--lang de-DE", "de-DE")]
    [InlineData("--lang=DE-de", "de-DE")]
    [InlineData("--language de_de", "de-DE")]
    [InlineData("--lang pt", "pt")]
    [InlineData("--lang sr-latn-rs", "sr-Latn-RS")]
    [InlineData("", null)]
    public void A_language_is_read_in_the_portals_spelling(string typed, string? language)
    {
        Assert.Equal(language, Asked($"{Alice} {typed}").Language);
        Assert.Equal(language, Asked($"{typed} {Alice}").Language);
    }

    [Theory]
    [InlineData("--dry-run")]
    [InlineData("--dryrun")]
    [InlineData("--dry run")]
    [InlineData("dry run")]
    [InlineData("dry-run")]
    [InlineData("Dryrun")]
    [InlineData("—dry-run")]
    public void A_dry_run_never_swallows_an_address(string typed)
    {
        foreach (var line in (string[])[$"{typed} {Alice}", $"{Alice} {typed}", $"{Alice} {typed} --role user"])
        {
            Assert.True(Asked(line).DryRun);
            Assert.Equal(Alice, Assert.Single(Asked(line).Emails).Email);
        }
    }

    [Fact]
    public void All_options_together_in_any_order()
    {
        var asked = Asked(
            "--reason \"external audit, 2026\" as guest --room=\"Q4 Audit\" Smith, Alice <alice@example.com> --dry-run --lang de-DE"
        );

        Assert.Equal([new(Alice, new("Alice", "Smith"))], asked.Emails);
        Assert.Equal(DocSpaceRole.Guest, asked.Role);
        Assert.Equal(("de-DE", "Q4 Audit", "external audit, 2026", true), (asked.Language, asked.Room, asked.Reason, asked.DryRun));
        Assert.Equal(["reason", "role", "room", "dry-run", "lang"], asked.Given);
        Assert.Equal(
            "/invite \"Alice Smith\" <alice@example.com> --role guest --lang de-DE --room \"Q4 Audit\" --reason \"external audit, 2026\" --dry-run",
            asked.ToCommand()
        );
    }

    [Theory]
    [InlineData("--reason audit", "audit")]
    [InlineData("--reason 'external audit, 2026'", "external audit, 2026")]
    [InlineData("--reason \"  two\n lines \"", "two lines")]
    [InlineData("reason: \"external audit\"", "external audit")]
    [InlineData("--reason=\"ask bob@example.com\"", "ask bob@example.com")]
    [InlineData("--reason audit please", "audit")]
    public void A_reason_is_kept_on_one_line(string typed, string reason)
    {
        Assert.Equal(reason, Asked($"{Alice} {typed}").Reason);
        Assert.Equal(Alice, Assert.Single(Asked($"{typed} {Alice}").Emails).Email);
    }

    [Fact]
    public void A_word_of_reason_before_a_name_in_front_of_its_address_is_no_riddle()
    {
        var asked = Asked("--reason audit Alice Smith <alice@example.com>");

        Assert.Equal(("audit", "Alice", "Smith"), (asked.Reason, asked.FirstName, asked.LastName));
    }

    [Theory]
    [InlineData("carol", "“carol” is not an e-mail address. Write it like alice@example.com.", null)]
    [InlineData("alice@example.com carol", "“carol” is not an e-mail address. Write it like alice@example.com.", "alice@example.com")]
    [InlineData(
        "alice@example.com, carol; Bob <bob@example.com>",
        "“carol” is not an e-mail address. Write it like alice@example.com.",
        "alice@example.com \"Bob\" <bob@example.com>"
    )]
    [InlineData(
        "carol, dave, Alice Smith <alice@example.com>",
        "“carol, dave” is not an e-mail address. Write it like alice@example.com.",
        "\"Alice Smith\" <alice@example.com>"
    )]
    [InlineData(
        "Alice Smith alice@example.com",
        "“Alice Smith” is not an e-mail address. Write it like alice@example.com.",
        "\"Alice Smith\" <alice@example.com>"
    )]
    [InlineData(
        "alice@example.com guest",
        "“guest” is not an e-mail address. Write it like alice@example.com.",
        "alice@example.com --role guest"
    )]
    [InlineData(
        "alice@example.com bob@localhost",
        "“bob@localhost” is not an e-mail address. Write it like alice@example.com.",
        "alice@example.com"
    )]
    [InlineData("alice@example.com <carol>", "“carol” is not an e-mail address. Write it like alice@example.com.", "alice@example.com")]
    [InlineData(
        "alice@bücher.example",
        "“alice@bücher.example” has a domain with letters that DocSpace does not take. Use an address whose domain is written in plain Latin letters.",
        null
    )]
    [InlineData("alice@example.com --rol guest", "I do not know the option --rol. Did you mean --role?", "alice@example.com --role guest")]
    [InlineData("alice@example.com --frobnicate yes", "I do not know the option --frobnicate.", "alice@example.com")]
    [InlineData("--frobnicate alice@example.com", "I do not know the option --frobnicate.", "alice@example.com")]
    [InlineData(
        "alice@example.com --role gest",
        "there is no role “gest”. Did you mean --role guest? Roles are user, roomadmin, docspaceadmin and guest.",
        "alice@example.com --role guest"
    )]
    [InlineData(
        "alice@example.com as gest",
        "there is no role “gest”. Did you mean --role guest? Roles are user, roomadmin, docspaceadmin and guest.",
        "alice@example.com --role guest"
    )]
    [InlineData("alice@example.com --role All", "there is no role “All”. Roles are user, roomadmin, docspaceadmin and guest.", null)]
    [InlineData("alice@example.com --role 0", "there is no role “0”. Roles are user, roomadmin, docspaceadmin and guest.", null)]
    [InlineData("alice@example.com --role", "--role needs a role behind it. Roles are user, roomadmin, docspaceadmin and guest.", null)]
    [InlineData("--role alice@example.com", "--role needs a role behind it. Roles are user, roomadmin, docspaceadmin and guest.", null)]
    [InlineData("alice@example.com --role guest as user", "there are two different roles. All people of one command get the same.", null)]
    [InlineData(
        "alice@example.com --lang German",
        "“German” is not a language. Write it like en-US or de. Did you mean --lang de?",
        "alice@example.com --lang de"
    )]
    [InlineData("alice@example.com --lang some-text-xx", "“some-text-xx” is not a language. Write it like en-US or de.", null)]
    [InlineData("alice@example.com --lang", "--lang needs a language behind it, like --lang de-DE.", null)]
    [InlineData(
        "alice@example.com --reason external audit",
        "I cannot tell whether “audit” belongs to the reason. Put the reason in quotes.",
        "alice@example.com --reason \"external audit\""
    )]
    [InlineData(
        "--room Q4 Audit alice@example.com as guest",
        "I cannot tell whether “Audit” belongs to the room. Put the room in quotes.",
        "alice@example.com --role guest --room \"Q4 Audit\""
    )]
    [InlineData(
        "alice@example.com --name Alice Smith",
        "I cannot tell whether “Smith” belongs to the name. Put the name in quotes.",
        "\"Alice Smith\" <alice@example.com>"
    )]
    [InlineData("alice@example.com --room", "--room needs a text in quotes behind it, like --room \"…\".", null)]
    [InlineData("alice@example.com --room A --room B", "--room is there twice.", null)]
    [InlineData("alice@example.com --dry-run=no", "--dry-run stands alone, without “no”.", "alice@example.com --dry-run")]
    [InlineData(
        "alice@example.com bob@example.com --name \"Alice Smith\"",
        "--name is for one address. Write several names beside their addresses, like Alice Smith <alice@example.com>.",
        "alice@example.com bob@example.com"
    )]
    [InlineData(
        "alice@example.com --name R2D2",
        "“R2D2” is not a name that DocSpace takes. A first and a last name have letters, apostrophes and hyphens, at most 64 each.",
        null
    )]
    public void What_is_wrong_is_said_with_a_command_to_copy_where_it_can_be_guessed(string typed, string sentence, string? command)
    {
        var (asked, wrong) = Read(typed);

        Assert.Null(asked);
        Assert.Equal($"Nobody was invited: {sentence}{(command is null ? "" : $"{Copy}/invite {command}")}", wrong);
    }

    [Fact]
    public void A_reason_has_at_most_five_hundred_characters()
    {
        Assert.Equal(500, Asked($"{Alice} --reason {new string('x', 500)}").Reason!.Length);
        Assert.StartsWith(
            "Nobody was invited: the reason has 501 characters, and 500 can be kept.",
            Read($"{Alice} --reason {new string('x', 501)}").Wrong,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Whatever_is_typed_there_is_either_an_answer_or_a_sentence_and_what_it_proposes_is_understood() =>
        Prop.ForAll(
                Lines(),
                typed =>
                {
                    var (asked, wrong) = Read(typed);

                    if (wrong is null)
                    {
                        return asked!.Emails.All(it => EmailAddress.WhyNot(it.Email) is null)
                            && asked.Emails.Select(it => it.Email).Distinct(StringComparer.Ordinal).Count() == asked.Emails.Count;
                    }

                    var at = wrong.LastIndexOf(Copy, StringComparison.Ordinal);
                    return asked is null
                        && (
                            at < 0 || InviteArguments.Read(CommandLine.Parse(wrong[(at + Copy.Length)..])) is ({ Emails.Count: > 0 }, null)
                        );
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void What_was_understood_can_be_typed_again_and_means_the_same() =>
        Prop.ForAll(
                Lines(),
                typed =>
                {
                    if (Read(typed).Asked is not { Emails.Count: > 0 } asked)
                    {
                        return true;
                    }

                    var again = InviteArguments.Read(CommandLine.Parse(asked.ToCommand())).Asked!;
                    return again.Emails.SequenceEqual(asked.Emails)
                        && (again.Role, again.Language, again.Room?.Replace('"', '\''), again.Reason?.Replace('"', '\''), again.DryRun)
                            == (asked.Role, asked.Language, asked.Room?.Replace('"', '\''), asked.Reason?.Replace('"', '\''), asked.DryRun);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void A_hundred_thousand_characters_of_anything_are_read_at_once()
    {
        string[] floods =
        [
            string.Join(' ', Enumerable.Range(0, 8_000).Select(i => $"a{i}@b.de")),
            string.Concat(Enumerable.Repeat("--reason 'a ", 8_000)),
            "--reason " + string.Concat(Enumerable.Repeat("'a ", 33_000)),
            string.Concat(Enumerable.Repeat("<a@>", 25_000)),
            string.Concat(Enumerable.Repeat("a<", 50_000)) + "@",
            string.Concat(Enumerable.Repeat("--reason a b c ", 6_000)),
            string.Concat(Enumerable.Repeat("<a@", 33_000)),
            string.Concat(Enumerable.Repeat("a ", 50_000)),
            string.Concat(Enumerable.Repeat("a,", 49_000)) + "<alice@example.com>",
            new string('(', 100_000),
        ];

        foreach (var flood in floods)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Read(flood);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{flood[..12]}: {watch.Elapsed}");
        }
    }

    private static InviteArguments Asked(string typed)
    {
        var (asked, wrong) = Read(typed);
        Assert.Null(wrong);
        return asked!;
    }

    private static (InviteArguments? Asked, string? Wrong) Read(string typed) =>
        InviteArguments.Read(CommandLine.Parse($"/invite {typed}"));

    /// <summary>Texts of every kind, and commands put together from pieces that are likely to trip somebody up.</summary>
    private static Arbitrary<string> Lines() =>
        Gen.OneOf(
                ArbMap.Default.GeneratorFor<string>().Select(it => it ?? ""),
                Gen.Elements(
                        "alice@example.com",
                        "<bob@example.com>",
                        "Carol",
                        "Smith,",
                        "van",
                        "Dr.",
                        "carol@localhost",
                        "--role",
                        "guest",
                        "--role=user",
                        "as",
                        "a",
                        "room",
                        "admin",
                        "role",
                        "dry",
                        "run",
                        "--dry-run",
                        "--dry",
                        "--reason",
                        "--reason=",
                        "\"two words\"",
                        "'one",
                        "two'",
                        "--room",
                        "\"Q4 @ HQ\"",
                        "--name",
                        "\"Alice Smith\"",
                        "--lang",
                        "de-DE",
                        "--nmae",
                        "--x",
                        ";",
                        ",",
                        "\n",
                        "and",
                        "please",
                        "(",
                        "<",
                        ">",
                        "@",
                        "'",
                        "“",
                        "”",
                        "\"",
                        "«x»",
                        "mailto:dave@example.com?x",
                        "Eve<eve@example.com>",
                        "1.",
                        "--name=\"Le, X\"",
                        "\ud800",
                        "as <a@b.de>",
                        "reason:",
                        "*f@example.com*",
                        "—",
                        "O'Neil",
                        "'_",
                        "\"as guest\" <g@example.com>"
                    )
                    .ListOf()
                    .Select(it => string.Join(' ', it))
            )
            .ToArbitrary();
}
