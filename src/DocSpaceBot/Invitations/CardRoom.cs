using Teams.Protocol.Cards;

namespace DocSpaceBot.Invitations;

/// <summary>
/// How many rows a card can hold. Teams takes about 100 KB, counted with two bytes a character, and shows nothing at all of what is larger:
/// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
/// </summary>
internal static class CardRoom
{
    /// <summary>In characters; the rest is for what stands around the rows.</summary>
    private const int ForRows = 40_000;

    /// <summary>The columns and blocks around the words of one row.</summary>
    private const int AroundARow = 420;

    /// <summary>The rows from the first on, as many as fit. Most of what is escaped takes two characters more on the wire.</summary>
    public static IEnumerable<T> Fitting<T>(IEnumerable<T> rows, Func<T, string> words)
    {
        var left = ForRows;

        foreach (var row in rows)
        {
            left -= AroundARow + (2 * CardText.Escape(words(row)).Length);

            if (left < 0)
            {
                yield break;
            }

            yield return row;
        }
    }
}
