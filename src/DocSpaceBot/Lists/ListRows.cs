using System.Globalization;
using System.Text.RegularExpressions;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Lists;

/// <summary>Makes people of lines, and says what is wrong with each in words for its author.</summary>
internal sealed partial class ListRows(ListColumns columns)
{
    /// <summary>What the portal's database holds of a name.</summary>
    public const int LongestName = 64;

    private const int LongestShown = 60;

    private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);

    public ListRow Read(ListLine line)
    {
        var problems = new List<string>();

        if (line.HasWrongQuote)
        {
            problems.Add(ListTexts.WrongQuote);
        }

        var email = ReadEmail(line, problems);
        var first = ReadName(line, ListColumn.FirstName, ListTexts.FirstName, problems);
        var last = ReadName(line, ListColumn.LastName, ListTexts.LastName, problems);
        var role = Take(line, ListColumn.Role, ListTexts.Role, problems, out var isFine);

        if (isFine && role is not null && DocSpaceRoleNames.Read(role) is null)
        {
            problems.Add(ListTexts.NotARole.With(Shown(role)));
        }

        var room = Take(line, ListColumn.Room, ListTexts.Room, problems, out _);
        var language = Take(line, ListColumn.Language, ListTexts.Language, problems, out isFine);

        if (isFine && language is not null && !Language().IsMatch(language))
        {
            problems.Add(ListTexts.NotALanguage.With(Shown(language)));
        }

        return new(line.Number, email, first, last, role, room, language, ReadReason(line, problems), problems);
    }

    private string ReadEmail(ListLine line, List<string> problems)
    {
        var cell = line.At(columns.Email);
        var address = ListCell.Address(cell);

        // Only + may begin an address and a formula. It is text here, and text again in what we write.
        var text = Checked(address, ListTexts.Address, problems, mayBeginAsFormula: address.StartsWith('+'), out var isFine);
        var email = EmailAddress.Normalise(text);

        // What was around the address is gone now, and a formula may have been behind it.
        email = email.StartsWith('+') ? email : WithoutLeads(email);

        if (!isFine)
        {
            return email;
        }

        if (email.Length == 0)
        {
            problems.Add(ListTexts.NoAddress);
            return email;
        }

        if (EmailAddress.WhyNot(email) is { } why)
        {
            problems.Add(ListTexts.IsNot.With(Shown(email), why.Text));
            return email;
        }

        if (!columns.HasHeader && HasAnother(line, email))
        {
            problems.Add(ListTexts.SeveralAddresses);
        }

        if (!seen.TryAdd(email, line.Number))
        {
            problems.Add(ListTexts.SameAddress.With(seen[email]));
        }

        return email;
    }

    private string? ReadName(ListLine line, ListColumn column, string word, List<string> problems)
    {
        var name = Take(line, column, word, problems, out var isFine)?.Replace('’', '\'');

        if (!isFine || name is null)
        {
            return name;
        }

        if (!Name().IsMatch(name))
        {
            problems.Add(ListTexts.NotAName.With(word, Shown(name)));
        }
        else if (name.Length > LongestName)
        {
            problems.Add(ListTexts.TooLong.With(word, LongestName));
        }

        return name;
    }

    /// <summary>A sentence may well begin with a hyphen and go over two lines; it is only ever shown, so it is made harmless without a word.</summary>
    private string? ReadReason(ListLine line, List<string> problems)
    {
        if (!columns.Places.TryGetValue(ListColumn.Reason, out var place))
        {
            return null;
        }

        var lines = ListCell
            .Plain(line.At(place))
            .Split(['\r', '\n', '\t'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var text = WithoutLeads(string.Join(' ', lines));
        return NullIfEmpty(Checked(text, ListTexts.Reason, problems, mayBeginAsFormula: true, out _));
    }

    private string? Take(ListLine line, ListColumn column, string word, List<string> problems, out bool isFine)
    {
        isFine = true;
        return columns.Places.TryGetValue(column, out var place)
            ? NullIfEmpty(Checked(ListCell.Plain(line.At(place)), word, problems, mayBeginAsFormula: false, out isFine))
            : null;
    }

    /// <summary>Text that can be shown and kept; with a sentence about what had to be taken away for that.</summary>
    private static string Checked(string text, string word, List<string> problems, bool mayBeginAsFormula, out bool isFine)
    {
        var before = problems.Count;

        if (text.Any(ListCell.IsControl))
        {
            problems.Add(ListTexts.HasControls.With(word));
            text = ListCell.WithoutControls(text).Trim();
        }

        if (!mayBeginAsFormula && text.Length > 0 && ListCell.IsFormulaLead(text[0]))
        {
            problems.Add(ListTexts.IsFormula.With(word, text[0]));
            text = WithoutLeads(text);
        }

        if (text.Length > ListCell.MaxLength)
        {
            problems.Add(ListTexts.TooLong.With(word, ListCell.MaxLength));
            text = ListCell.Cut(text, ListCell.MaxLength);
        }

        isFine = problems.Count == before;
        return text;
    }

    private static bool HasAnother(ListLine line, string email) =>
        line.Cells.Any(cell => ListCell.IsAddress(cell) && EmailAddress.Normalise(ListCell.Address(cell)) != email);

    private static string WithoutLeads(string text)
    {
        var start = 0;

        while (
            start < text.Length
            && (ListCell.IsFormulaLead(text[start]) || char.IsWhiteSpace(text[start]) || ListCell.IsControl(text[start]))
        )
        {
            start++;
        }

        return text[start..];
    }

    private static string Shown(string text) => text.Length <= LongestShown ? text : ListCell.Cut(text, LongestShown) + "…";

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    /// <summary>Names that the portal takes; it answers 400 "Incorrect firstname or lastname" to all others.</summary>
    [GeneratedRegex(@"\A[\p{L}\p{M}' \-]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Language();
}
