using System.Text;
using DocSpace.Api;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Lists;

namespace DocSpaceBot.Tests.Invitations;

public sealed class ListedPeopleTests
{
    private static readonly ListToRead Nothing = new(
        "tenant",
        An.Alice,
        "a:alice",
        An.Instant,
        "people.csv",
        "https://h/x?tempauth=secret"
    );

    [Theory]
    [InlineData("", "", null, null, DocSpaceRole.User, null)]
    [InlineData("roomadmin", "", null, null, DocSpaceRole.RoomAdmin, null)]
    [InlineData("", "Sales", null, null, DocSpaceRole.Guest, "Sales")]
    [InlineData("", "", null, "Sales", DocSpaceRole.Guest, "Sales")]
    [InlineData("", "", DocSpaceRole.RoomAdmin, null, DocSpaceRole.RoomAdmin, null)]
    [InlineData("guest", "", DocSpaceRole.RoomAdmin, null, DocSpaceRole.Guest, null)]
    [InlineData("guest", "Own", null, "Sales", DocSpaceRole.Guest, "Own")]
    [InlineData("user", "", DocSpaceRole.Guest, "Sales", DocSpaceRole.User, null)]
    [InlineData("user", "Own", null, null, DocSpaceRole.User, "Own")]
    [InlineData("", "", DocSpaceRole.User, "Sales", DocSpaceRole.User, "Sales")]
    public void A_row_decides_for_itself_and_what_is_said_beside_the_list_for_the_rest(
        string role,
        string room,
        DocSpaceRole? saidRole,
        string? saidRoom,
        DocSpaceRole expectedRole,
        string? expectedRoom
    )
    {
        var asked = Asked($"email,role,room\nbob@example.com,{role},{room}\n", Nothing with { Role = saidRole, Room = saidRoom });

        Assert.Equal((expectedRole, expectedRoom), (asked.Rows[0].Role, asked.Rows[0].Room));
    }

    [Theory]
    [InlineData("Fair,Fair,", null, "Fair")]
    [InlineData("Fair,,Audit", null, "Fair · Audit")]
    [InlineData(",,", null, null)]
    [InlineData("Fair,Audit,", "Because", "Because")]
    public void The_request_has_the_reason_that_was_said_or_all_that_the_rows_give(string reasons, string? said, string? expected)
    {
        var rows = reasons.Split(',').Select((reason, i) => $"p{i}@example.com,{reason}");

        var asked = Asked($"email,reason\n{string.Join('\n', rows)}\nwrong,Never mind\n", Nothing with { Reason = said });

        Assert.Equal(expected, asked.Reason);
    }

    [Fact]
    public void Many_reasons_are_cut_where_there_is_no_more_room()
    {
        var rows = Enumerable.Range(0, 100).Select(i => $"p{i}@example.com,reason number {i}");

        var reason = Asked($"email,reason\n{string.Join('\n', rows)}", Nothing).Reason!;

        Assert.Equal(InviteArguments.LongestReason, reason.Length);
        Assert.EndsWith("…", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Languages_are_spelled_as_the_portal_spells_them()
    {
        var asked = Asked("email,lang\na@example.com,DE_at\nb@example.com,\n", Nothing with { Language = "fr" });

        // An underscore is no language in a list; a row without one takes what was said.
        Assert.Equal(RowVerdict.Wrong, asked.Rows[0].Verdict);
        Assert.Equal("fr", asked.Rows[1].Language);
        Assert.Equal("de-AT", Asked("email,lang\na@example.com,DE-at\n", Nothing).Rows[0].Language);
    }

    [Fact]
    public void A_row_with_problems_says_all_of_them_and_where_it_is()
    {
        var row = Asked("email,role\n\nnobody,king\n", Nothing).Rows[0];

        Assert.Equal(RowVerdict.Wrong, row.Verdict);
        Assert.StartsWith("Line 3: “nobody” is not an e-mail address.", row.Note, StringComparison.Ordinal);
        Assert.Contains("“king” is no role.", row.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_kept_until_the_list_is_read_comes_back_whole_and_does_not_tell_its_link()
    {
        var list = Nothing with { Role = DocSpaceRole.Guest, Room = "Sales", Language = "de", Reason = "Fair", IsDryRun = true };

        Assert.Equal(list, ListToRead.FromJson(list.ToJson()));
        Assert.DoesNotContain("secret", list.ToString(), StringComparison.Ordinal);
    }

    private static Asked Asked(string csv, ListToRead said) =>
        ListedPeople.Asked(
            Assert.IsType<PeopleList.People>(PeopleList.Read(Encoding.UTF8.GetBytes(csv), said.FileName)),
            said,
            DocSpaceRole.User
        );
}
