namespace DocSpaceBot.Tryout.Terminal;

/// <summary>Runs the lines of a script, one after the other, as far as they succeed.</summary>
internal static class Script
{
    /// <exception cref="LineFailedException">A line cannot be read; none has been run then.</exception>
    public static IReadOnlyList<(string Text, ScriptLine Line)> Read(IReadOnlyList<string> texts)
    {
        var lines = new List<(string, ScriptLine)>(texts.Count);
        foreach (var text in texts)
        {
            try
            {
                lines.Add((text, ScriptLine.Parse(text)));
            }
            catch (FormatException wrong)
            {
                throw new LineFailedException(
                    $"Line {lines.Count + 1} of {texts.Count} cannot be read: {text}\n  {wrong.Message}\n  Nothing was run."
                );
            }
        }

        return lines;
    }

    /// <returns>Whether every line succeeded.</returns>
    public static async Task<bool> RunAsync(
        IReadOnlyList<(string Text, ScriptLine Line)> lines,
        TryoutSession session,
        ChatScreen screen,
        CancellationToken cancellationToken
    )
    {
        for (var i = 0; i < lines.Count; i++)
        {
            try
            {
                await session.RunAsync(lines[i].Line, cancellationToken);
            }
            catch (LineFailedException failed)
            {
                screen.Failed($"Line {i + 1} of {lines.Count} failed: {lines[i].Text}", failed.Message);
                if (lines.Count - i - 1 is var left and > 0)
                    screen.Note($"{left} more {(left == 1 ? "line was" : "lines were")} not run.");
                return false;
            }
        }

        return true;
    }
}
