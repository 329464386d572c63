using DocSpace.Api;
using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Links;
using FsCheck;
using FsCheck.Fluent;

namespace DocSpaceBot.Tests.Links;

public sealed class LinkArgumentsTests
{
    [Fact]
    public void Without_words_it_is_as_usual()
    {
        var asked = Asked("/link");

        Assert.Null(asked.Role);
        Assert.Null(asked.Reason);
        Assert.Same(LinkTerms.Usual, asked.Terms);
    }

    [Theory]
    [InlineData("user", DocSpaceRole.User)]
    [InlineData("USER", DocSpaceRole.User)]
    [InlineData("users", DocSpaceRole.User)]
    [InlineData("Benutzer", DocSpaceRole.User)]
    [InlineData("guest", DocSpaceRole.Guest)]
    [InlineData("Guests", DocSpaceRole.Guest)]
    [InlineData("Gast", DocSpaceRole.Guest)]
    [InlineData("roomadmin", DocSpaceRole.RoomAdmin)]
    [InlineData("room admin", DocSpaceRole.RoomAdmin)]
    [InlineData("Room Admins", DocSpaceRole.RoomAdmin)]
    [InlineData("room-admin", DocSpaceRole.RoomAdmin)]
    [InlineData("room_admin", DocSpaceRole.RoomAdmin)]
    [InlineData("as room admin", DocSpaceRole.RoomAdmin)]
    [InlineData("admin", DocSpaceRole.DocSpaceAdmin)]
    [InlineData("docspaceadmin", DocSpaceRole.DocSpaceAdmin)]
    [InlineData("docspace admin", DocSpaceRole.DocSpaceAdmin)]
    [InlineData("as user", DocSpaceRole.User)]
    [InlineData("--role guest", DocSpaceRole.Guest)]
    [InlineData("--role=guest", DocSpaceRole.Guest)]
    [InlineData("--role:guest", DocSpaceRole.Guest)]
    [InlineData("--role room admin", DocSpaceRole.RoomAdmin)]
    [InlineData("user --role user", DocSpaceRole.User)]
    [InlineData("\"room admin\"", DocSpaceRole.RoomAdmin)]
    [InlineData("4", DocSpaceRole.User)]
    public void A_role_is_understood_however_it_is_written(string typed, DocSpaceRole role) => Assert.Equal(role, Asked(typed).Role);

    [Theory]
    [InlineData("user --expires 3d --uses 5 --domain contoso.com --reason \"Audit\"")]
    [InlineData("--reason Audit --domain contoso.com --uses 5 --expires 3d user")]
    [InlineData("--uses=5 --expires=3d user --domain=contoso.com --reason=Audit")]
    [InlineData("--uses:5 --expires:3d user --domain:contoso.com --reason:Audit")]
    [InlineData("--USES 5 --Expires 3D USER --Domain CONTOSO.COM --REASON “Audit”")]
    [InlineData("—uses 5 –expires 3d user —domain @contoso.com —reason „Audit“")]
    [InlineData("--use 5 --expire 3d --domains contoso.com user --reason Audit")]
    [InlineData("user --for 3d --uses 5 --domain contoso.com --reason Audit")]
    [InlineData("--uses= 5 --expires= 3d user --domain= contoso.com --reason= Audit")]
    public void Options_stand_anywhere_and_are_written_in_many_ways(string typed)
    {
        var asked = Asked(typed);

        Assert.Equal((DocSpaceRole.User, "Audit"), (asked.Role, asked.Reason));
        Assert.Equal((TimeSpan.FromDays(3), 5), (asked.Terms.Life, asked.Terms.Uses));
        Assert.Equal(["contoso.com"], asked.Terms.Domains);
        Assert.Null(asked.Terms.ShareIn);
    }

    [Theory]
    [InlineData("5m", 5)]
    [InlineData("5 min", 5)]
    [InlineData("90minutes", 90)]
    [InlineData("30 Minuten", 30)]
    [InlineData("12h", 12 * 60)]
    [InlineData("1 hour", 60)]
    [InlineData("24 Stunden", 24 * 60)]
    [InlineData("7", 7 * 24 * 60)]
    [InlineData("7d", 7 * 24 * 60)]
    [InlineData("007d", 7 * 24 * 60)]
    [InlineData("7 days", 7 * 24 * 60)]
    [InlineData("7 Tage", 7 * 24 * 60)]
    [InlineData("2w", 14 * 24 * 60)]
    [InlineData("2 weeks", 14 * 24 * 60)]
    [InlineData("1 Woche", 7 * 24 * 60)]
    [InlineData("365d", 365 * 24 * 60)]
    [InlineData("52w", 364 * 24 * 60)]
    public void A_time_is_a_number_and_a_unit_in_one_word_or_two(string typed, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), Asked($"user --expires {typed} --uses 3").Terms.Life);

    [Theory]
    [InlineData("4m")]
    [InlineData("0")]
    [InlineData("0d")]
    [InlineData("366d")]
    [InlineData("53w")]
    [InlineData("8761h")]
    [InlineData("-1d")]
    [InlineData("+1d")]
    [InlineData("1.5d")]
    [InlineData("1e3")]
    [InlineData("d")]
    [InlineData("\"\"")]
    [InlineData("never")]
    [InlineData("7x")]
    [InlineData("1000000w")]
    [InlineData("1000001")]
    [InlineData("2147483647w")]
    [InlineData("2147483648d")]
    [InlineData("99999999999999999999999999w")]
    [InlineData("٧d")]
    public void A_time_that_is_none_or_out_of_bounds_is_refused(string typed) =>
        Assert.EndsWith(
            " is not a time that I can take. Write it like 30m, 12h, 7d or 2w: from 5 minutes to 365 days.",
            Wrong($"user --expires {typed}"),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("-1")]
    [InlineData("+5")]
    [InlineData("5.0")]
    [InlineData("many")]
    [InlineData("2147483648")]
    [InlineData("\"\"")]
    public void A_number_of_people_that_is_none_or_out_of_bounds_is_refused(string typed) =>
        Assert.EndsWith(" is not a number of people. Write one from 1 to 1000.", Wrong($"--uses {typed}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1000", 1000)]
    public void A_number_of_people_is_taken_up_to_its_bounds(string typed, int uses) =>
        Assert.Equal(uses, Asked($"--uses {typed}").Terms.Uses);

    [Theory]
    [InlineData("--domain contoso.com,fabrikam.com", "contoso.com fabrikam.com")]
    [InlineData("--domain contoso.com; fabrikam.com", "contoso.com fabrikam.com")]
    [InlineData("--domain contoso.com fabrikam.com user", "contoso.com fabrikam.com")]
    [InlineData("--domain \"contoso.com, fabrikam.com\"", "contoso.com fabrikam.com")]
    [InlineData("--domain contoso.com --domain fabrikam.com --domain CONTOSO.com", "contoso.com fabrikam.com")]
    [InlineData("--domain @Contoso.COM", "contoso.com")]
    public void Several_domains_are_understood(string typed, string domains) =>
        Assert.Equal(domains, string.Join(' ', Asked(typed).Terms.Domains));

    [Theory]
    [InlineData("--domain contoso")]
    [InlineData("--domain a@contoso.com")]
    [InlineData("--domain *.contoso.com")]
    [InlineData("--domain contoso..com")]
    [InlineData("--domain @")]
    [InlineData("--domain https://contoso.com")]
    [InlineData("--domain contoso.com/x")]
    [InlineData("--domain cоntoso.com")]
    public void What_is_not_a_domain_is_refused(string typed) =>
        Assert.EndsWith(" is not a domain. Write it like --domain contoso.com.", Wrong(typed), StringComparison.Ordinal);

    [Theory]
    [InlineData("--domain \"\"")]
    [InlineData("--domain \" , \"")]
    public void An_option_that_names_no_domain_does_not_open_the_link_to_everybody(string typed) => Assert.NotEmpty(Wrong(typed));

    [Fact]
    public void There_are_at_most_twenty_domains()
    {
        var all = Enumerable.Range(1, 21).Select(number => $"d{number}.example.com").ToList();

        Assert.Equal(20, Asked($"--domain {string.Join(',', all.Take(20))}").Terms.Domains.Count);
        Assert.Equal(
            "No link was made: there are 21 domains, and a link can be limited to 20.",
            Wrong($"--domain {string.Join(',', all)}")
        );
    }

    [Theory]
    [InlineData("--expire-in 7d", "I do not know the option --expire-in.")]
    [InlineData("--expirs 7d", "I do not know the option --expirs. Did you mean --expires?")]
    [InlineData("--usess 7", "I do not know the option --usess. Did you mean --uses?")]
    [InlineData("--domian contoso.com", "I do not know the option --domian. Did you mean --domain?")]
    [InlineData("--xyzzy", "I do not know the option --xyzzy. Options are --expires, --uses, --domain and --reason.")]
    [InlineData("--expires", "--expires needs a time like 7d behind it.")]
    [InlineData("--uses --expires 7d", "--uses needs a number of people behind it.")]
    [InlineData("--domain", "--domain needs a domain like contoso.com behind it.")]
    [InlineData("--role", "--role needs a role behind it.")]
    [InlineData("--reason", "--reason needs a text in quotes behind it.")]
    [InlineData(
        "usr",
        "there is no role “usr”. Did you mean user? You can copy this: /link user Roles are user, roomadmin, docspaceadmin and guest."
    )]
    [InlineData("emperor", "there is no role “emperor”. Roles are user, roomadmin, docspaceadmin and guest.")]
    [InlineData("user guest", "a link is for one role.")]
    [InlineData("carol@example.com", "a link is not for one person. To invite somebody by mail type /invite and the address.")]
    [InlineData("user carol@example.com", "a link is not for one person.")]
    public void What_is_wrong_is_said_with_what_to_write_instead(string typed, string words) =>
        Assert.StartsWith($"No link was made: {words}", Wrong(typed), StringComparison.Ordinal);

    [Fact]
    public void A_reason_is_one_line_of_at_most_500_characters()
    {
        Assert.Equal("Audit of 2026", Asked("--reason \"Audit\n of\u202E 2026\"").Reason?.Replace("  ", " ", StringComparison.Ordinal));
        Assert.Null(Asked("--reason \" \"").Reason);
        Assert.Equal(500, Asked($"--reason {new string('x', 500)}").Reason!.Length);
        Assert.Contains(
            "the reason has 501 characters, and 500 can be kept.",
            Wrong($"--reason {new string('x', 501)}"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_long_word_is_not_said_back_in_full() => Assert.True(Wrong($"/link {new string('x', 5000)}").Length < 500);

    [Fact]
    public void Whatever_is_typed_is_refused_in_words_or_keeps_to_the_limits() =>
        Prop.ForAll(
                Words().ToArbitrary(),
                typed =>
                {
                    var (asked, wrong) = LinkArguments.Read(CommandLine.Parse($"/link {typed}"));

                    Assert.True(asked is null ^ wrong is null, typed);
                    if (asked is null)
                    {
                        Assert.StartsWith("No link was made: ", wrong, StringComparison.Ordinal);
                        return;
                    }

                    Assert.InRange(asked.Terms.Life, LinkTerms.ShortestLife, LinkTerms.LongestLife);
                    Assert.InRange(asked.Terms.Uses, 1, LinkTerms.MostUses);
                    Assert.InRange(asked.Terms.Domains.Count, 0, 20);
                    Assert.All(asked.Terms.Domains, domain => Assert.Null(EmailAddress.WhyNot($"a@{domain}")));
                    Assert.True(asked.Reason is null or { Length: > 0 and <= 500 });
                    Assert.Null(asked.Terms.ShareIn);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_at_all_is_borne() =>
        Prop.ForAll<string>(text => LinkArguments.Read(CommandLine.Parse($"/link {text}")) is ({ }, null) or (null, { }))
            .QuickCheckThrowOnFailure();

    private static Gen<string> Words() =>
        Gen.OneOf(
                Gen.Elements(
                    "user",
                    "room",
                    "admin",
                    "as",
                    "--expires",
                    "--expires=7d",
                    "--uses",
                    "--uses:3",
                    "--domain",
                    "--domain=",
                    "contoso.com",
                    "\"\"",
                    "@",
                    "--reason",
                    "--role",
                    "days",
                    "d",
                    ",",
                    "--",
                    "—",
                    "\"",
                    "1000",
                    "365d"
                ),
                ArbMap.Default.GeneratorFor<int>().Select(number => $"{number}"),
                ArbMap.Default.GeneratorFor<int>().Select(number => $"{number}w"),
                ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")
            )
            .ListOf()
            .Select(words => string.Join(' ', words));

    private static LinkArguments Asked(string typed)
    {
        var (asked, wrong) = Read(typed);
        Assert.Null(wrong);
        return asked!;
    }

    private static string Wrong(string typed)
    {
        var (asked, wrong) = Read(typed);
        Assert.Null(asked);
        return wrong!;
    }

    private static (LinkArguments? Asked, string? Wrong) Read(string typed) =>
        LinkArguments.Read(CommandLine.Parse(typed.StartsWith('/') ? typed : $"/link {typed}"));
}
