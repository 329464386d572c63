using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DocSpaceBot.Tests.Architecture;

/// <summary>The product as the compiler reads it, for rules about what is written where.</summary>
internal static class ProductCode
{
    private static readonly CSharpParseOptions Newest = new(LanguageVersion.Preview);

    /// <summary>What the SDK puts in front of every file.</summary>
    private const string GivenUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    private static readonly Lazy<IReadOnlyList<SyntaxTree>> Parsed = new(() =>
        [
            .. from file in Directory.EnumerateFiles(Path.Combine(Source.Root(), "DocSpaceBot"), "*.cs", SearchOption.AllDirectories)
            where !Source.IsBuilt(file)
            select CSharpSyntaxTree.ParseText(File.ReadAllText(file), Newest, Source.NameOf(file)["DocSpaceBot/".Length..]),
        ]
    );

    private static readonly Lazy<CSharpCompilation> Bound = new(() =>
        CSharpCompilation.Create(
            "Product",
            [.. Parsed.Value, CSharpSyntaxTree.ParseText(GivenUsings, Newest), .. TextFile.All.Select(ClassOf)],
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        )
    );

    /// <summary>One for each file; its path begins with the folder.</summary>
    public static IReadOnlyList<SyntaxTree> Files => Parsed.Value;

    /// <summary>Which method is called here, or which constructor; null where the compiler has not found it without what generators write.</summary>
    public static IMethodSymbol? MethodCalledBy(SyntaxNode call) => SymbolOf(call) as IMethodSymbol;

    public static ISymbol? SymbolOf(SyntaxNode node) =>
        Bound.Value.GetSemanticModel(node.SyntaxTree).GetSymbolInfo(node) is var found
            ? found.Symbol ?? found.CandidateSymbols.FirstOrDefault()
            : null;

    /// <summary>The uses of texts, by the class and key.</summary>
    public static IEnumerable<(MemberAccessExpressionSyntax Use, string Class, string Key)> UsesOfTexts() =>
        from tree in Files
        from use in tree.GetRoot().DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        let owner = (use.Expression as SimpleNameSyntax ?? (use.Expression as MemberAccessExpressionSyntax)?.Name)?.Identifier.ValueText
        where owner is not null && owner.EndsWith("Texts", StringComparison.Ordinal)
        select (use, owner, use.Name.Identifier.ValueText);

    /// <summary>
    /// The expression that has the value of this one wherever this one is chosen: a conditional expression for its branches, a switch for its arms. With
    /// <paramref name="withinWords"/> also what it is a part of.
    /// </summary>
    public static ExpressionSyntax Outermost(ExpressionSyntax expression, bool withinWords)
    {
        while (true)
        {
            var outer = expression.Parent switch
            {
                ParenthesizedExpressionSyntax parent => parent,
                ConditionalExpressionSyntax parent when parent.Condition != expression => parent,
                SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax parent } arm when arm.Expression == expression => parent,
                BinaryExpressionSyntax parent when parent.IsKind(SyntaxKind.CoalesceExpression) => parent,
                BinaryExpressionSyntax parent when withinWords && parent.IsKind(SyntaxKind.AddExpression) => parent,
                InterpolationSyntax { Parent: InterpolatedStringExpressionSyntax parent } when withinWords => parent,
                _ => (ExpressionSyntax?)null,
            };

            if (outer is null)
            {
                return expression;
            }

            expression = outer;
        }
    }

    public static string At(SyntaxNode node) =>
        $"{node.SyntaxTree.FilePath}:{node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1}";

    private static SyntaxTree ClassOf(TextFile texts) =>
        CSharpSyntaxTree.ParseText(
            $$"""
            namespace DocSpaceBot.{{texts.Folder}};
            internal static class {{texts.Class}} { {{string.Concat(
                texts.English.Keys.Select(key => $"public static string {key} => \"\"; ")
            )}} }
            """,
            Newest
        );

    private static IEnumerable<MetadataReference> References() =>
        from file in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        where !Path.GetFileName(file).StartsWith("DocSpaceBot.", StringComparison.Ordinal)
        select MetadataReference.CreateFromFile(file);
}
