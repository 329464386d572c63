using DocSpaceBot.Tryout.Terminal;

namespace DocSpaceBot.Tryout.Tests.Terminal;

public sealed class ScriptLineTests
{
    public static TheoryData<string, string> Understood =>
        new()
        {
            { "as bob", "As { Who = bob }" },
            { "  AS Dana ", "As { Who = dana }" },
            { "in personal", "In { Where = Personal }" },
            { "in Group", "In { Where = Group }" },
            { "in channel", "In { Where = Channel }" },
            { "join carol@example.com", "Join { Address = carol@example.com, ByLink = False }" },
            { "join carol@example.com by link", "Join { Address = carol@example.com, ByLink = True }" },
            { "upload people.csv", "Upload { File = people.csv, Text =  }" },
            { "upload \"my people.csv\"", "Upload { File = my people.csv, Text =  }" },
            { "upload my people.csv", "Upload { File = my people.csv, Text =  }" },
            { "upload \"C:\\new\\people.csv\"", "Upload { File = C:\\new\\people.csv, Text =  }" },
            {
                "upload my people.csv with /invite --room \"All staff\"",
                "Upload { File = my people.csv, Text = /invite --room \"All staff\" }"
            },
            { "pass 3d", "Pass { Time = 3.00:00:00 }" },
            { "pass 90s", "Pass { Time = 00:01:30 }" },
            { "pass 20 m", "Pass { Time = 00:20:00 }" },
            { "pass 1d12h", "Pass { Time = 1.12:00:00 }" },
            { "pass 1.5h", "Pass { Time = 01:30:00 }" },
            { "see \"Invited\"", "See { Text = Invited }" },
            { "see “Waiting for approval”", "See { Text = Waiting for approval }" },
            { "see „Warten“", "See { Text = Warten }" },
            { "see 'don't'", "See { Text = don't }" },
            { "see \"He said \\\"no\\\"\"", "See { Text = He said \"no\" }" },
            { "see Waiting for approval", "See { Text = Waiting for approval }" },
            { "see no \"Invited\"", "SeeNo { Text = Invited }" },
            { "see No «Invited»", "SeeNo { Text = Invited }" },
            { "see \"no\"", "See { Text = no }" },
            { "see role=user", "See { Text = role=user }" },
            { "mails carol@example.com 1", "Mails { Address = carol@example.com, Count = 1 }" },
            { "portal down", "PortalDown { }" },
            { "Portal UP", "PortalUp { }" },
            { "portal slow 20s", "PortalSlow { By = 00:00:20 }" },
            { "portal limit on", "PortalLimit { On = True }" },
            { "portal limit off", "PortalLimit { On = False }" },
        };

    public static TheoryData<string> Messages =>
        [
            "/invite carol@example.com --name \"Carol Jones\"",
            "invite Alice <alice@example.com>",
            "as soon as possible, please",
            "in the group, everybody says \"hello",
            "hello",
            "\"see\" is a word",
            "password?",
            "/see \"nothing",
        ];

    public static TheoryData<string, string> Malformed =>
        new()
        {
            { "", "The line is empty." },
            { "as", "as NAME" },
            { "in garden", "There is no place \"garden\"." },
            { "press", "The button's title is missing." },
            { "press emails=a@x.com", "The button's title is missing." },
            { "press \"Invite", "A quote is not closed: \"Invite" },
            { "press \"Invite\" emails=a@x.com b@x.com", "\"b@x.com\" is not a field=value" },
            { "press \"Invite\" now", "\"now\" is not a field=value" },
            { "press \"Invite\" role=user role=guest", "The field role is given twice." },
            { "see", "see \"text\"" },
            { "see \"one\" \"two\"", "There is more than one text" },
            { "see no \"one\" two", "There is more than one text" },
            { "join", "join ADDRESS by link" },
            { "join carol@example.com by mail", "join ADDRESS by link" },
            { "upload", "upload FILE" },
            { "mails carol@example.com", "mails ADDRESS N" },
            { "mails carol@example.com many", "mails ADDRESS N" },
            { "mails carol@example.com -1", "mails ADDRESS N" },
            { "pass", "A time is expected." },
            { "pass 3", "\"3\" is not a time." },
            { "pass 3w", "\"3w\" is not a time." },
            { "pass 0s", "A time is expected." },
            { "pass the salt", "\"thesalt\" is not a time." },
            { "portal", "portal slow 20s" },
            { "portal slow", "A time is expected." },
            { "portal limit", "portal limit on" },
            { "portal down now", "portal down, portal up" },
        };

    [Theory]
    [MemberData(nameof(Understood))]
    public void Every_line_is_understood(string line, string expected) => Assert.Equal(expected, ScriptLine.Parse(line).ToString());

    [Theory]
    [MemberData(nameof(Messages))]
    public void Any_other_text_is_a_message_as_it_was_typed(string line) => Assert.Equal(new ScriptLine.Say(line), ScriptLine.Parse(line));

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_line_of_ours_that_is_not_complete_says_what_is_wrong(string line, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => ScriptLine.Parse(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_button_is_pressed_with_quoted_and_bare_fields()
    {
        var press = Assert.IsType<ScriptLine.Press>(
            ScriptLine.Parse("press \"Invite\" emails=\"a@x.com, b@x.com\" role=user reason=“for the audit” room=")
        );

        Assert.Equal("Invite", press.Title);
        Assert.Equal(
            [("emails", "a@x.com, b@x.com"), ("role", "user"), ("reason", "for the audit"), ("room", "")],
            press.Fields.Select(field => (field.Key, field.Value))
        );
    }

    [Theory]
    [InlineData("press Approve invitation")]
    [InlineData("press \"Approve invitation\"")]
    [InlineData("PRESS ‘Approve invitation’")]
    public void A_title_may_have_lost_its_quotes_in_the_shell(string line) =>
        Assert.Equal("Approve invitation", Assert.IsType<ScriptLine.Press>(ScriptLine.Parse(line)).Title);

    [Fact]
    public void A_field_may_have_several_lines() =>
        Assert.Equal(
            "a@x.com\nb@x.com",
            Assert.IsType<ScriptLine.Press>(ScriptLine.Parse("press Invite emails=\"a@x.com\\nb@x.com\"")).Fields["emails"]
        );
}
