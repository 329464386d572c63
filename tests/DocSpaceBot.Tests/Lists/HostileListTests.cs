using System.Text;
using DocSpaceBot.Lists;
using FsCheck;
using FsCheck.Fluent;

namespace DocSpaceBot.Tests.Lists;

/// <summary>Files that are broken, or that somebody made to do harm.</summary>
public sealed class HostileListTests
{
    /// <summary>What lists are made of, and what is put into them.</summary>
    private static readonly IEnumerable<string> Parts =
    [
        .. (string[])["email", "Vorname", "role", "reason", "alice@example.com", "bob@example.com", "Alice", "user", ",", ";", "\t", "\""],
        .. (string[])["\"\"", "\n", "\r\n", "\r", "=", "+", "-", "@", "'", "\0", "\u202e", "ö", "😀", "\u200b", " ", "=1+1"],
        .. (string[])["sep=;\n", "<", ">", "mailto:", "x"],
    ];

    [Theory]
    [InlineData("", "list-empty")]
    [InlineData("\uFEFF", "list-empty")]
    [InlineData("\r\n \r\n;;;\r\n", "list-empty")]
    [InlineData("email,name\n\n", "list-empty")]
    [InlineData("first name,last name\nAlice,Smith\n", "list-no-addresses")]
    [InlineData("just some words", "list-no-addresses")]
    [InlineData("PK\u0003\u0004 an archive", "list-disguised")]
    [InlineData("%PDF-1.7", "list-disguised")]
    [InlineData("{\\rtf1 a@example.com}", "list-disguised")]
    [InlineData("\u0001\u0002\u0003\u0004\u0005\u0006\u0007 a@example.com", "list-binary")]
    [InlineData("email,name\na@example.com,\"Alice\nb@example.com,Bob\n", "list-open-quote")]
    public void A_file_that_is_no_list_is_refused_in_one_sentence_of_its_own(string text, string code) =>
        AssertRefused(Encoding.UTF8.GetBytes(text), "people.csv", code);

    [Theory]
    [InlineData("people.xlsx")]
    [InlineData("people.csv.exe")]
    [InlineData("people")]
    [InlineData("csv")]
    [InlineData("")]
    public void Other_kinds_of_files_are_refused_by_name(string name) =>
        AssertRefused("a@example.com"u8.ToArray(), name, "list-wrong-type");

    [Fact]
    public void A_workbook_that_is_called_CSV_is_recognised()
    {
        using var workbook = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(workbook, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("xl/workbook.xml");
        }

        AssertRefused(workbook.ToArray(), "people.csv", "list-disguised");
    }

    [Fact]
    public void More_people_than_allowed_are_counted()
    {
        var text = string.Concat(Enumerable.Range(1, 1234).Select(i => $"p{i}@example.com\n"));

        var why = AssertRefused(Encoding.UTF8.GetBytes("email\n" + text), "people.csv", "list-too-many-rows");

        Assert.Contains("1,234 people", why, StringComparison.Ordinal);
        Assert.Contains("1,000", why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_over_one_megabyte_is_not_looked_into()
    {
        AssertRefused(new byte[PeopleList.MostBytes + 1], "people.csv", "list-too-big");
        AssertRefused(new byte[PeopleList.MostBytes], "people.csv", "list-binary");
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x00, 0x00, 0x61, 0x00, 0x00, 0x00 })]
    [InlineData(new byte[] { 0x00, 0x00, 0xFE, 0xFF, 0x00, 0x00, 0x00, 0x61 })]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x61, 0xFF, 0x40 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00, 0x40 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00, 0x00, 0xD8, 0x61, 0x00 })]
    public void A_damaged_or_unusual_encoding_is_refused(byte[] bytes) => AssertRefused(bytes, "people.csv", "list-encoding");

    [Fact]
    public void A_file_that_is_cut_off_inside_a_letter_is_not_taken_for_another_encoding()
    {
        var bytes = Encoding.UTF8.GetBytes("email,Vorname\na@example.com,Jörg\nb@example.com,Zoë");

        AssertRefused(bytes[..^1], "people.csv", "list-encoding");
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('\r')]
    [InlineData('@')]
    [InlineData(' ')]
    [InlineData('a')]
    [InlineData('=')]
    public void A_megabyte_of_one_character_is_refused_without_much_memory(char c)
    {
        var bytes = Encoding.UTF8.GetBytes("a@example.com\n" + new string(c, PeopleList.MostBytes - 14));
        PeopleList.Read("a@example.com"u8.ToArray(), "people.csv");

        var before = GC.GetAllocatedBytesForCurrentThread();
        PeopleList.Read(bytes, "people.csv");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 30_000_000);
    }

    [Theory]
    [InlineData("alice", "“alice” is not an e-mail address")]
    [InlineData("alice@", "is not an e-mail address")]
    [InlineData("a@b@example.com", "is not an e-mail address")]
    [InlineData("alice@münchen.example", "has a domain with letters")]
    [InlineData("a@example.com b@example.com", "is not an e-mail address")]
    [InlineData("=1+1", "begins with “=” like a formula")]
    [InlineData("=HYPERLINK(\"\"http://evil.com\"\",\"\"a@example.com\"\")", "begins with “=” like a formula")]
    [InlineData("@SUM(1)", "begins with “@” like a formula")]
    [InlineData("-alice@example.com", "begins with “-” like a formula")]
    [InlineData("mailto: =alice@example.com", "begins with “=” like a formula")]
    [InlineData("Alice < =alice@example.com>", "begins with “=” like a formula")]
    [InlineData("\t=alice@example.com", "begins with “=” like a formula")]
    [InlineData("＝alice@example.com", "begins with “＝” like a formula")]
    [InlineData("alice\0@example.com", "cannot be shown")]
    [InlineData("alice\n@example.com", "cannot be shown")]
    [InlineData("\u202Emoc.elpmaxe@ecila", "cannot be shown")]
    [InlineData("", "There is no e-mail address.")]
    public void A_bad_address_is_told_once_and_the_others_stay_good(string address, string problem)
    {
        var rows = Rows($"email,role\ngood@example.com,user\n\"{address}\",user\n");

        Assert.Empty(rows[0].Problems);
        Assert.Contains(problem, Assert.Single(rows[1].Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("role", "chief", "“chief” is no role. Roles are user")]
    [InlineData("role", "4", "“4” is no role.")]
    [InlineData("role", "=cmd|' /C calc'!A0", "The role begins with “=” like a formula")]
    [InlineData("first name", "R2D2", "DocSpace does not take the first name “R2D2”")]
    [InlineData("first name", "J.", "DocSpace does not take the first name")]
    [InlineData("last name", "<b>Smith</b>", "DocSpace does not take the last name")]
    [InlineData("last name", "+Smith", "The last name begins with “+” like a formula")]
    [InlineData("last name", "Smi\0th", "The last name has line breaks or characters that cannot be shown.")]
    [InlineData("language", "Klingon!", "“Klingon!” is no language.")]
    [InlineData("room", "@SUM(A1)", "The room begins with “@” like a formula")]
    [InlineData("room", "a\nb", "The room has line breaks")]
    public void What_is_wrong_in_another_column_is_told_once(string column, string cell, string problem)
    {
        var row = Assert.Single(Rows($"email,{column}\nalice@example.com,\"{cell}\"\n"));

        Assert.Contains(problem, Assert.Single(row.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Anne-Marie")]
    [InlineData("O’Brien")]
    [InlineData("D'Arcy")]
    [InlineData("van\u00a0der Berg")]
    [InlineData("Łukasz")]
    [InlineData("李")]
    [InlineData("'t Hooft")]
    public void Real_names_are_fine(string name) =>
        Assert.Empty(Assert.Single(Rows($"email,last name\nalice@example.com,{name}\n")).Problems);

    [Fact]
    public void An_address_may_begin_with_a_plus() => Assert.Empty(Assert.Single(Rows("email\n+alice@example.com\n")).Problems);

    [Fact]
    public void Cells_that_are_too_long_are_told_and_cut()
    {
        var row = Assert.Single(
            Rows(
                $"email,first name,room,reason\nalice@example.com,{new string('a', 65)},{new string('b', 256)},{new string('c', 70_000)}\n"
            )
        );

        Assert.Equal(3, row.Problems.Count);
        Assert.Equal((65, 255, 255), (row.FirstName!.Length, row.Room!.Length, row.Reason!.Length));
    }

    [Fact]
    public void The_second_of_two_equal_addresses_points_to_the_first()
    {
        var rows = Rows("email\nalice@example.com\nbob@example.com\n ALICE@example.com \n");

        Assert.Empty(rows[0].Problems);
        Assert.Equal(["Same address as in line 2."], rows[2].Problems);
    }

    [Fact]
    public void Several_people_in_a_line_are_not_taken_for_one() =>
        Assert.Contains(
            "more than one address",
            Assert.Single(Assert.Single(Rows("a@example.com;b@example.com\n")).Problems),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("email;last name\na@example.com;\"Smith\nb@example.com;\"Jones\"\nc@example.com;Miller\n")]
    [InlineData("email;last name\na@example.com;x\"y;\"Smith\nb@example.com;Jones\nc@example.com;Miller\n")]
    public void A_stray_quotation_mark_does_not_hide_anybody(string text) =>
        Assert.Contains("line 2", AssertRefused(Encoding.UTF8.GetBytes(text), "people.csv", "list-open-quote"), StringComparison.Ordinal);

    [Fact]
    public void A_quotation_mark_inside_a_cell_is_told() =>
        Assert.Equal(
            ["A quotation mark stands in the middle of a cell. Remove it."],
            Assert.Single(Rows("email;reason\na@example.com;so \"called\"\n")).Problems
        );

    [Fact]
    public void Whatever_the_bytes_are_there_is_an_answer() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                bytes =>
                    PeopleList.Read(bytes, "people.csv")
                        is PeopleList.Refused { Why.Text.Length: > 0 }
                            or PeopleList.People { Rows.Count: > 0 }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Whatever_is_put_together_from_parts_of_lists_is_read_without_anything_dangerous_left() =>
        Prop.ForAll(
                Pieces(),
                text =>
                    PeopleList.Read(Encoding.UTF8.GetBytes(text), "people.csv") is not PeopleList.People people
                    || people.Rows.All(row =>
                        row.Line > 0
                        && new[] { row.Email, row.FirstName, row.LastName, row.Role, row.Room, row.Language, row.Reason }.All(cell =>
                            cell is null
                            || (
                                cell.Length <= 255
                                && !cell.Any(char.IsControl)
                                && (cell.Length == 0 || !"=-@".Contains(cell[0], StringComparison.Ordinal))
                            )
                        )
                    )
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static Arbitrary<string> Pieces() => Gen.Elements(Parts).ListOf().Select(list => string.Concat(list)).ToArbitrary();

    private static IReadOnlyList<ListRow> Rows(string text) =>
        Assert.IsType<PeopleList.People>(PeopleList.Read(Encoding.UTF8.GetBytes(text), "people.csv")).Rows;

    private static string AssertRefused(byte[] bytes, string name, string code)
    {
        var refused = Assert.IsType<PeopleList.Refused>(PeopleList.Read(bytes, name));
        Assert.Equal(code, refused.Why.Code);
        Assert.Contains("Nobody was invited.", refused.Why.Text, StringComparison.Ordinal);
        return refused.Why.Text;
    }
}
