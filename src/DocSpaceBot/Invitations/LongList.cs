using System.Text;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Invitations;

/// <summary>A list on a card: the first rows in full, the others in a line each behind a button, as many as a message in Teams can hold.</summary>
internal static class LongList
{
    private const string Others = "others";

    /// <summary>Teams takes messages of 28 KB; a line costs about so much besides its words.</summary>
    private const int LongestInFull = 16_000;
    private const int LongestBehind = 7_000;
    private const int CostOfALine = 40;
    private const int LongestUnbroken = 13;

    /// <summary>The first line of a row in full. On a narrow screen rather long words behind go onto a second line than that an address is broken.</summary>
    public static IReadOnlyList<Column> WhoAndWhat(string who, string what)
    {
        var (whoWidth, whatWidth) = what.Length <= LongestUnbroken ? ("stretch", "auto") : ("2", "1");
        return
        [
            new Column { Width = whoWidth, Items = [new TextBlock(CardText.Escape(who))] },
            new Column
            {
                Width = whatWidth,
                Items = [new TextBlock(what) { Weight = TextWeight.Bolder, HorizontalAlignment = HorizontalAlignment.Right }],
            },
        ];
    }

    /// <param name="rows">Those that need attention first.</param>
    /// <param name="most">How many are shown in full, where they are not too long.</param>
    public static IEnumerable<CardElement> Of<T>(
        IReadOnlyList<T> rows,
        int most,
        Func<T, CardElement> inFull,
        Func<T, (string Who, string What)> inALine
    )
    {
        var shown = 0;
        var length = 0;

        foreach (var element in rows.Take(most).Select(inFull))
        {
            length += new AdaptiveCard { Body = [element] }
                .ToUtf8()
                .Length;

            if (length > LongestInFull)
            {
                break;
            }

            shown++;
            yield return element;
        }

        var lines = new List<Fact>();
        length = 0;

        foreach (var (who, what) in rows.Skip(shown).Select(inALine))
        {
            var title = CardText.Escape(who);
            length += Encoding.UTF8.GetByteCount(title) + what.Length + CostOfALine;

            if (length > LongestBehind)
            {
                break;
            }

            lines.Add(new(title, what));
        }

        var unsaid = rows.Count - shown - lines.Count;
        TextBlock[] more = unsaid > 0 ? [new(InvitationTexts.AndMore.With(unsaid)) { IsSubtle = true, Spacing = Spacing.Small }] : [];

        if (lines.Count > 0)
        {
            yield return new ActionSet
            {
                Actions = [new ToggleVisibilityAction(unsaid > 0 ? InvitationTexts.ShowMore : InvitationTexts.ShowAll, Others)],
            };
            yield return new Container
            {
                Id = Others,
                IsVisible = false,
                Items = [new FactSet([.. lines]), .. more],
            };
        }
        else if (unsaid > 0)
        {
            yield return more[0];
        }
    }
}
