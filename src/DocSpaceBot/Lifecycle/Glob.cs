namespace DocSpaceBot.Lifecycle;

/// <summary>A pattern in which <c>*</c> stands for any run of characters and everything else for itself; letter case does not matter.</summary>
internal static class Glob
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (p, t) = (0, 0);
        var (star, resumed) = (-1, 0);

        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resumed = t;
            }
            else if (p < pattern.Length && pattern.Slice(p, 1).Equals(text.Slice(t, 1), StringComparison.OrdinalIgnoreCase))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more.
                p = star + 1;
                t = ++resumed;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }
}
