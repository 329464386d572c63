using System.Text.RegularExpressions;
using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;

namespace DocSpaceBot.Tests.Conversations;

public sealed partial class HelpCardTests
{
    [Fact]
    public void The_card_is_as_approved() => ApprovedCard.Same("HelpCard", HelpCard.Card);

    [Fact]
    [InGerman]
    public void The_card_in_german_is_as_approved() => ApprovedCard.Same("HelpCard.de", HelpCard.Card);

    [Fact]
    public void Whoever_runs_the_bot_reads_of_their_commands_too() => ApprovedCard.Same("HelpCard.Operator", HelpCard.CardForOperator);

    [Fact]
    public void Every_command_on_it_is_one_that_the_bot_knows()
    {
        var named = Commands().Matches(HelpCard.Card.ToJson()).Select(match => match.Groups["name"].Value).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, Routes.Commands));
    }

    [GeneratedRegex("[\" ]/(?<name>[a-z]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Commands();
}
