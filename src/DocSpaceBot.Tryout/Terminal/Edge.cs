using Spectre.Console;
using Spectre.Console.Rendering;

namespace DocSpaceBot.Tryout.Terminal;

/// <summary>Content with a coloured edge at its left, and a sign that says the same where there are no colours.</summary>
internal sealed class Edge(IRenderable content, char sign, Style style) : Renderable
{
    private const int Width = 4;

    protected override Measurement Measure(RenderOptions options, int maxWidth)
    {
        var inner = content.Measure(options, Math.Max(1, maxWidth - Width));
        return new Measurement(inner.Min + Width, inner.Max + Width);
    }

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var lines = Segment.SplitLines(content.Render(options, Math.Max(1, maxWidth - Width)));
        for (var i = 0; i < lines.Count; i++)
        {
            yield return new Segment($"┃{(i == 0 ? sign : ' ')} ", style);
            foreach (var segment in lines[i])
                yield return segment;
            yield return Segment.LineBreak;
        }
    }
}
