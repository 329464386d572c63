using System.Text;
using DocSpaceBot.Lists;

namespace DocSpaceBot.Tests.Lists;

public sealed class PeopleListTests
{
    [Theory]
    [InlineData("email,first name,last name,role\nAlice@Example.com,Alice,Smith,user\n")]
    [InlineData("E-Mail;Vorname;Nachname;Rolle\r\nalice@example.com;Alice;Smith;user\r\n")]
    [InlineData("Role\tSurname\tGiven Name\tE-Mail-Adresse\nuser\tSmith\tAlice\talice@example.com")]
    [InlineData("sep=;\r\nMail;VORNAME;nachname;Role\r\nalice@example.com;Alice;Smith;user")]
    [InlineData("Department,Address,First_Name,Last-Name,Role\n\"Sales; Tabs\t, and more\", alice@example.com ,Alice,Smith,user")]
    [InlineData(
        "\"Address\";\"E-Mail\";\"First name\";\"Last name\";\"Role\"\r\n\"Main St. 1, Springfield\";\"mailto:alice@example.com\";\"Alice\";\"Smith\";\"user\""
    )]
    [InlineData("\n\n;;;\nEmail;First name;Last name;Role\n\n;;;\n\u00a0alice@example.com\u200b;Alice;Smith;user\n;;;\n")]
    [InlineData("Contact,Forename,Familienname,Rolle\rAlice Smith <alice@example.com>,Alice,Smith,user\r")]
    public void A_list_with_a_header_is_read(string text)
    {
        var row = Assert.Single(People(text).Rows);

        Assert.Equal(("alice@example.com", "Alice", "Smith", "user"), (row.Email, row.FirstName, row.LastName, row.Role));
        Assert.Empty(row.Problems);
    }

    [Fact]
    public void Roles_may_be_called_as_a_German_DocSpace_calls_them() =>
        Assert.All(
            People(
                "E-Mail;Rolle\na@example.com;Benutzer\nb@example.com;Gast\nc@example.com;Raumadmin\nd@example.com;DocSpace-Admin\n"
                    + "e@example.com;Raumadministrator\nf@example.com;DocSpace-Administrator\n"
            ).Rows,
            row => Assert.Empty(row.Problems)
        );

    [Fact]
    public void Room_language_and_reason_are_read_too()
    {
        var row = Assert.Single(
            People("email;Raum;Sprache;Grund\nalice@example.com;\"Project \"\"X\"\"\";en-GB;\"- needs it\r\n  for work\"\n").Rows
        );

        Assert.Equal(("Project \"X\"", "en-GB", "needs it for work"), (row.Room, row.Language, row.Reason));
        Assert.Empty(row.Problems);
    }

    [Theory]
    [InlineData("alice@example.com\nbob@example.com\n", null, null)]
    [InlineData("alice@example.com,Alice,Smith\nbob@example.com,Bob,Jones\n", "Alice", "Smith")]
    [InlineData("Alice;alice@example.com;Smith;;\nBob;bob@example.com;Jones;;\n", "Alice", "Smith")]
    [InlineData("Alice;Smith;alice@example.com\nBob;Jones;bob@example.com\n", "Alice", "Smith")]
    [InlineData("Smith, Alice;alice@example.com\nJones, Bob;bob@example.com\n", null, null)]
    [InlineData("alice@example.com;Alice;Smith;Sales\nbob@example.com;Bob;Jones;Sales\n", null, null)]
    [InlineData("alice@example.com;user;Berlin\nbob@example.com;guest;Rome\n", null, null)]
    public void Without_a_header_addresses_are_found_and_names_only_where_there_is_no_doubt(string text, string? first, string? last)
    {
        var rows = People(text).Rows;

        Assert.Equal(["alice@example.com", "bob@example.com"], rows.Select(row => row.Email));
        Assert.Equal([1, 2], rows.Select(row => row.Line));
        Assert.Equal((first, last), (rows[0].FirstName, rows[0].LastName));
        Assert.All(rows, row => Assert.Empty(row.Problems));
    }

    [Fact]
    public void Columns_that_nobody_looks_at_are_named()
    {
        Assert.Equal(["Department", "Phone"], People("Department,email,Phone\nSales,alice@example.com,1").IgnoredColumns);
        Assert.Equal(["column 1"], People("Sales,alice@example.com\n").IgnoredColumns);
    }

    [Fact]
    public void A_row_says_in_which_line_it_begins()
    {
        var rows = People("email,reason\n\na@example.com,\"one\ntwo\nthree\"\nb@example.com,x\n\n\nc@example.com,x\n").Rows;

        Assert.Equal([3, 6, 9], rows.Select(row => row.Line));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("windows-1252", false)]
    public void Every_usual_encoding_is_understood(string name, bool withMark)
    {
        var encoding = name == "windows-1252" ? CodePagesEncodingProvider.Instance.GetEncoding(1252)! : Encoding.GetEncoding(name);
        byte[] bytes =
        [
            .. withMark ? encoding.GetPreamble() : [],
            .. encoding.GetBytes("email;Vorname;Nachname\r\njoerg@example.com;Jörg;Weiß-Öztürk\r\n"),
        ];

        var row = Assert.Single(People(bytes).Rows);

        Assert.Equal(("joerg@example.com", "Jörg", "Weiß-Öztürk"), (row.Email, row.FirstName, row.LastName));
        Assert.Empty(row.Problems);
    }

    [Theory]
    [InlineData("people.csv")]
    [InlineData("PEOPLE.CSV")]
    [InlineData("people.tsv")]
    [InlineData("people.2026.txt")]
    public void The_ending_of_the_name_counts(string name) =>
        Assert.IsType<PeopleList.People>(PeopleList.Read("alice@example.com"u8.ToArray(), name));

    [Fact]
    public void Exactly_as_many_rows_as_allowed_are_taken()
    {
        var thousand = string.Concat(Enumerable.Range(1, 1000).Select(i => $"p{i}@example.com,Ann,Other\n"));

        Assert.Equal(1000, People(thousand).Rows.Count);
        Assert.Equal(1000, People("email,first name,last name\n" + thousand).Rows.Count);
    }

    [Fact]
    public void A_full_list_costs_little_memory()
    {
        var text = string.Concat(
            Enumerable.Range(1, 1000).Select(i => $"p{i}@example.com;Ann;Other;user;Room {i};en-GB;{new string('r', 200)}\n")
        );
        var bytes = Encoding.UTF8.GetBytes("email;first name;last name;role;room;language;reason\n" + text);
        _ = People(bytes);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = People(bytes).Rows;
        var after = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(1000, rows.Count);
        Assert.InRange(after - before, 0, 10_000_000);
    }

    private static PeopleList.People People(string text) => People(Encoding.UTF8.GetBytes(text));

    private static PeopleList.People People(byte[] bytes) => Assert.IsType<PeopleList.People>(PeopleList.Read(bytes, "people.csv"));
}
