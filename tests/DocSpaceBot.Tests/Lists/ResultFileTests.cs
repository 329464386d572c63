using System.Text;
using DocSpaceBot.Lists;
using FsCheck;
using FsCheck.Fluent;

namespace DocSpaceBot.Tests.Lists;

public sealed class ResultFileTests
{
    [Fact]
    public void A_result_is_CSV_as_spreadsheets_want_it()
    {
        var bytes = ResultFile.Write([
            new("alice@example.com", "Alice Smith", "User", "Invited", "DocSpace sent the mail.", null),
            new("bob@example.com", null, "Guest", "Failed", "DocSpace said \"no\", twice", "Ask an operator."),
        ]);

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal(
            """
            "E-mail","Name","Role","Status","What happened","Next action"
            "alice@example.com","Alice Smith","User","Invited","DocSpace sent the mail.",""
            "bob@example.com","","Guest","Failed","DocSpace said ""no"", twice","Ask an operator."

            """.ReplaceLineEndings("\r\n"),
            Encoding.UTF8.GetString(bytes.AsSpan(3))
        );
    }

    [InGerman]
    [Fact]
    public void A_result_in_German_can_be_sent_back_as_a_list()
    {
        var file = ResultFile.Write([
            new("alice@example.com", "Alice Smith", "roomadmin", "Eingeladen", "DocSpace hat die Einladung angenommen.", null),
        ]);

        var list = Assert.IsType<PeopleList.People>(PeopleList.Read(file, "ergebnis.csv"));
        var row = Assert.Single(list.Rows);
        Assert.Equal(("alice@example.com", "roomadmin"), (row.Email, row.Role));
        Assert.Empty(row.Problems);
        Assert.Equal(["Name", "Status", "Was geschehen ist", "Nächster Schritt"], list.IgnoredColumns);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+alice@example.com", "'+alice@example.com")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\t=1", " '=1")]
    [InlineData("\r=1", " '=1")]
    [InlineData("  =1", "  '=1")]
    [InlineData("a;=1", "a;'=1")]
    [InlineData("a\",=1", "a\"\",'=1")]
    [InlineData("a\n=1", "a =1")]
    [InlineData("a-b", "a-b")]
    [InlineData("x\0\u202ey", "x  y")]
    public void Nothing_in_it_is_calculated(string cell, string written) =>
        Assert.Contains(
            $",\"{written}\",",
            Encoding.UTF8.GetString(ResultFile.Write([new("a@example.com", "A", "User", "Invited", cell, null)])),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("0A1B2C3D", "docspace-invitations-2026-11-21-0A1B2C3D.csv")]
    [InlineData("../../x\r\n", "docspace-invitations-2026-11-21-x.csv")]
    public void The_name_says_when_and_which(string reference, string name) =>
        Assert.Equal(name, ResultFile.NameFor(new DateOnly(2026, 11, 21), reference));

    [Fact]
    public void What_was_written_can_be_sent_in_again() =>
        Prop.ForAll(
                Gen.Elements("alice", "+bob", "carol.x", "d-d").ListOf().ToArbitrary(),
                ArbMap.Default.ArbFor<string?>(),
                (names, text) =>
                {
                    var sent = names.Distinct(StringComparer.Ordinal).Select(name => $"{name}@example.com").ToArray();
                    var bytes = ResultFile.Write([
                        .. sent.Select(email => new ResultRow(email, text, "User", "Invited", text ?? "", text)),
                    ]);

                    return PeopleList.Read(bytes, "again.csv") switch
                    {
                        PeopleList.People people => people.Rows.Select(row => row.Email).SequenceEqual(sent, StringComparer.Ordinal)
                            && people.Rows.All(row => row is { Role: "User", Problems.Count: 0 }),
                        PeopleList.Refused refused => sent.Length == 0 && refused.Why.Code == "list-empty",
                        _ => false,
                    };
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
