using System.Text.RegularExpressions;
using DocSpaceBot.Lifecycle;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DocSpaceBot.Tests.Architecture;

/// <summary>What people read stands in the texts of its folder, in every language, and nowhere else.</summary>
public sealed partial class TextTests
{
    /// <summary>Stands where something is filled in.</summary>
    private const char Hole = '…';

    /// <summary>Names and words that are the same in both languages.</summary>
    private static readonly string[] SameInBoth = ["DocSpace", "Teams", "Webhook", "Status", "Link", "Name", "CSV"];

    /// <summary>Where nothing is written that people read as a sentence.</summary>
    private static readonly Dictionary<string, string> NotRead = new(StringComparer.Ordinal)
    {
        ["Audit/LedgerCsv.cs"] = "The columns of the ledger, which programs find by their names.",
        ["FollowUps/TakeWebhook.cs"] = "What DocSpace is answered, and the log.",
        ["FollowUps/FollowUpOptions.cs"] = "Lines about the settings, in the log.",
        ["Hosting/"] = "Lines for whoever starts the program, in the log.",
        ["Invitations/ApprovalOptions.cs"] = "Lines about the settings, in the log.",
        ["Invitations/CurrentPolicy.cs"] = "Lines about the settings, in the log.",
        ["Invitations/PersonName.cs"] = "What names are made of, to be recognised.",
        ["Invitations/PolicySources.cs"] = "Lines about the settings, in the log.",
        ["Lifecycle/LedgerEntries.cs"] = "It is kept and hashed, so it is the same for everybody.",
        ["Lifecycle/LedgerWords.cs"] = "It is kept and hashed, so it is the same for everybody.",
        ["Lifecycle/LookAlikes.cs"] = "Letters that look alike.",
        ["Links/TendLinks.cs"] = "What is told in the ledger, which is the same for everybody.",
        ["Storage/"] = "Statements, and names of things in storage.",
        ["Work/Housekeeping.cs"] = "Statements.",
    };

    /// <summary>What looks like a sentence and is none that has another language.</summary>
    private static readonly Dictionary<string, string> TheSameForEverybody = new(StringComparer.Ordinal)
    {
        ["DocSpace"] = "A name.",
        ["{{{{DATE(…,SHORT)}}}} {{{{TIME(…)}}}}"] = "Each client writes it out in its own language.",
        ["alice@example.com, bob@example.com"] = "An example.",
        ["/… alice@example.com --role user"] = "An example of a command.",
        ["/invite alice@example.com"] = "An example of a command.",
        ["/invite alice@example.com bob@example.com --role roomadmin"] = "An example of a command.",
        ["/invite carol@example.com --room \"Q4 Audit\""] = "An example of a command.",
        ["/invite …"] = "A command, put together to be read by the bot.",
        ["link in a message"] = "The name of a route.",
        ["own …"] = "The name of a card in storage.",
        ["join …"] = "The name of a card in storage.",
        ["taken …"] = "The name of a card in storage.",
        ["result of …"] = "The name of a file in storage.",
        ["… of them, ours …"] = "A state in storage.",
        ["DocSpaceBot: links in storage"] = "What a key is derived for.",
        ["DocSpaceBot: links to know again"] = "What a key is derived for.",
    };

    /// <summary>What Teams shows, by the name of the parameter or property that takes it.</summary>
    private static readonly HashSet<string> Shown = new(StringComparer.OrdinalIgnoreCase)
    {
        "text",
        "title",
        "label",
        "placeholder",
        "fallbackText",
        "errorMessage",
        "tooltip",
        "altText",
        "speak",
        "summary",
        "message",
        "description",
    };

    /// <summary>What shows its words in the end, of the product's own.</summary>
    private static readonly HashSet<string> ShownByUs =
    [
        "Refusal.Happened",
        "Refusal.WhatToDo",
        "Finding.About",
        "Finding.Text",
        "Finding.Advice",
        "AddressWarning.Text",
        "FileWords.Begun",
        "FileWords.Uploaded",
        "FileWords.NotAllowed",
        "FileWords.NotThere",
        "WrittenFile.Description",
        "ChatTurn.text",
        "ChatTurn.summary",
    ];

    [Fact]
    public void Every_text_is_there_in_every_language()
    {
        Assert.NotEmpty(TextFile.All);
        None(
            from file in TextFile.All
            from key in file.English.Keys.Union(file.German.Keys)
            where
                string.IsNullOrWhiteSpace(file.English.GetValueOrDefault(key))
                || string.IsNullOrWhiteSpace(file.German.GetValueOrDefault(key))
            select $"{file.Class}.{key}"
        );
    }

    [Fact]
    public void Every_text_has_the_same_places_in_every_language_counted_from_0() =>
        None(
            from file in TextFile.All
            from text in file.English
            let places = TextFile.PlacesOf(text.Value)
            where
                !places.SetEquals(Enumerable.Range(0, places.Count))
                || !places.SetEquals(TextFile.PlacesOf(file.German.GetValueOrDefault(text.Key, "")))
            select $"{file.Class}.{text.Key}: “{text.Value}”, “{file.German.GetValueOrDefault(text.Key)}”"
        );

    [Fact]
    public void No_text_was_left_untranslated() =>
        None(
            from file in TextFile.All
            from text in file.English
            where text.Value == file.German.GetValueOrDefault(text.Key) && !SameInBoth.Contains(text.Value) && Letters().IsMatch(text.Value)
            select $"{file.Class}.{text.Key}: “{text.Value}”"
        );

    [Fact]
    public void Every_text_is_used()
    {
        var used = ProductCode.UsesOfTexts().Select(it => (it.Class, it.Key)).ToHashSet();

        None(from file in TextFile.All from key in file.English.Keys where !used.Contains((file.Class, key)) select $"{file.Class}.{key}");
    }

    [Fact]
    public void Every_place_of_a_text_is_filled_in_and_nothing_is_given_for_nothing() =>
        None(
            from it in ProductCode.UsesOfTexts()
            let text = TextFile.All.FirstOrDefault(file => file.Class == it.Class)?.English.GetValueOrDefault(it.Key)
            where text is not null
            let places = TextFile.PlacesOf(text).Count
            let given = ValuesFor(it.Use)
            where given.IsForOneOfSeveral ? places > given.Values : places != given.Values
            select $"{ProductCode.At(it.Use)}: {it.Class}.{it.Key} has {places} places and gets {given.Values} values: “{text}”"
        );

    [Fact]
    public void No_words_that_people_read_are_left_in_the_code() =>
        None(
            from tree in ProductCode.Files
            where !NotRead.Keys.Any(place => tree.FilePath.StartsWith(place, StringComparison.Ordinal))
            from node in tree.GetRoot().DescendantNodes().OfType<ExpressionSyntax>()
            let words = WordsOf(node)
            where words is not null && Letters().IsMatch(words) && !TheSameForEverybody.ContainsKey(words) && !IsForMachines(node)
            where Sentence().IsMatch(words) || IsShown(node)
            select $"{ProductCode.At(node)}: “{words}”"
        );

    private static void None(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    /// <summary>With how many values it becomes a sentence. One of several texts need not have a place for each: “1 person” and “{0} people”.</summary>
    private static (int Values, bool IsForOneOfSeveral) ValuesFor(ExpressionSyntax text) =>
        ProductCode.Outermost(text, withinWords: false) switch
        {
            var chosen when Filling(chosen) is { } call => (call.ArgumentList.Arguments.Count, chosen != text),
            { Parent.Parent.Parent: InvocationExpressionSyntax call } when NameOf(call) is "Wording.Count" => (1, true),

            // Chosen first and filled in afterwards.
            { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax kept } } => (
                kept.Ancestors()
                    .OfType<MemberDeclarationSyntax>()
                    .First()
                    .DescendantNodes()
                    .OfType<IdentifierNameSyntax>()
                    .Where(it => it.Identifier.ValueText == kept.Identifier.ValueText)
                    .Min(it => Filling(it)?.ArgumentList.Arguments.Count)
                    ?? 0,
                true
            ),
            _ => (0, false),
        };

    private static InvocationExpressionSyntax? Filling(ExpressionSyntax text) =>
        text.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "With", Parent: InvocationExpressionSyntax call } with
        && with.Expression == text
            ? call
            : null;

    /// <summary>The words of a string, with a sign where something is filled in; null for everything else.</summary>
    private static string? WordsOf(ExpressionSyntax node) =>
        node switch
        {
            LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => literal.Token.ValueText,
            InterpolatedStringExpressionSyntax words => string.Concat(
                words.Contents.Select(part => part is InterpolatedStringTextSyntax text ? text.TextToken.ValueText : Hole.ToString())
            ),
            _ => null,
        };

    private static bool IsForMachines(ExpressionSyntax node) =>
        node.Ancestors()
            .Any(it =>
                it switch
                {
                    AttributeSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or ConstantPatternSyntax or CaseSwitchLabelSyntax =>
                        true,
                    AssignmentExpressionSyntax kept => kept.Left.ToString() == nameof(LedgerEntry.Detail),
                    ObjectCreationExpressionSyntax made => IsOneOf(made.Type.ToString(), "Exception", "Regex"),
                    InvocationExpressionSyntax call => call.ArgumentList.Contains(node) && IsMadeForMachines(call),
                    TypeDeclarationSyntax type => IsOneOf(type.Identifier.ValueText, "Log", "OptionsValidator", "PolicyFaults"),
                    _ => false,
                }
            );

    private static bool IsMadeForMachines(InvocationExpressionSyntax call) =>
        NameOf(call).StartsWith("Log.", StringComparison.Ordinal)
        || NameOf(call).EndsWith(".ToString", StringComparison.Ordinal)
        || NameOf(call) is "ValidateOptionsResult.Fail"
        || call.ArgumentList.Arguments.Any(it => it.ToString().StartsWith("LedgerKind.", StringComparison.Ordinal));

    private static bool IsShown(ExpressionSyntax words) =>
        ProductCode.Outermost(words, withinWords: true).Parent switch
        {
            ArgumentSyntax { Parent: ArgumentListSyntax { Parent: { } call } all } argument => ProductCode.MethodCalledBy(call)
                is { } method
                && ParameterOf(method, all, argument) is { } taking
                && IsShown(method.ContainingType, taking.Name),
            AssignmentExpressionSyntax assignment => ProductCode.SymbolOf(assignment.Left) is IPropertySymbol property
                && IsShown(property.ContainingType, property.Name),
            _ => false,
        };

    private static bool IsShown(INamedTypeSymbol of, string name) =>
        ShownByUs.Contains($"{of.Name}.{name}")
        || (
            of.ContainingNamespace.ToString()!.StartsWith("Teams.Protocol", StringComparison.Ordinal)
            && (Shown.Contains(name) || (of.Name, name) is ("Fact", "Value"))
        );

    private static IParameterSymbol? ParameterOf(IMethodSymbol method, ArgumentListSyntax all, ArgumentSyntax argument) =>
        argument.NameColon is { } name
            ? method.Parameters.FirstOrDefault(it => it.Name == name.Name.Identifier.ValueText)
            : method.Parameters.ElementAtOrDefault(all.Arguments.IndexOf(argument));

    private static bool IsOneOf(string name, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string NameOf(InvocationExpressionSyntax call) => call.Expression.ToString();

    /// <summary>Two words of which one at least is written here.</summary>
    [GeneratedRegex(
        @"\p{L}{2,}[\p{L}'’]*[^\s\p{L}]*\s+[^\s\p{L}…]*[\p{L}…]|[\p{L}…][^\s\p{L}]*\s+[^\s\p{L}…]*\p{L}{2,}",
        RegexOptions.NonBacktracking
    )]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\p{L}{2,}", RegexOptions.NonBacktracking)]
    private static partial Regex Letters();
}
