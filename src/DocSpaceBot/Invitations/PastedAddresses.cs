using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Addresses as people paste them, most of all from Outlook: bare, as <c>Alice Smith &lt;alice@example.com&gt;</c>, as
/// <c>Smith, Alice &lt;alice@example.com&gt;; …</c>, with <c>mailto:</c>, in brackets or quotes, with a full stop behind. Each is kept once.
/// </summary>
internal sealed class PastedAddresses
{
    private const string Before = "\"'“”„‘’‚«»`<([{•·-–—";
    private const string Behind = "\"'“”„‘’‚«»`>)]}.,;:!?…*_";

    /// <summary>They come along unseen when something is copied from a web page.</summary>
    private const string Unseen = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f";

    private readonly List<NamedAddress> found = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<CommandWord> name = [];

    public IReadOnlyList<NamedAddress> Found => found;

    /// <summary>Nothing of a name has been read yet.</summary>
    public bool AwaitsEntry => name.Count == 0;

    /// <summary>Text in quotes with blanks is a name, whatever is in it.</summary>
    public static bool IsAddress(CommandWord word) =>
        IsInBrackets(word)
        || (
            word.Text.Contains('@', StringComparison.Ordinal)
            && !(word.Quoted && word.Text.Any(char.IsWhiteSpace) && !HasBracket(word.Text))
        );

    public static bool IsInBrackets(CommandWord word) =>
        word.Text is ['<', _, .., '>'] || (word.Text is ['<' or '(' or '[', ..] && word.Text.Contains('@', StringComparison.Ordinal));

    /// <summary>A word that may become part of a name, if an address in brackets follows.</summary>
    public void KeepWord(CommandWord word) => name.Add(word);

    /// <summary>The words that have been read and belong to no address; they are forgotten.</summary>
    public string? LeftOver()
    {
        var left = name.Count == 0 ? null : Text(name);
        name.Clear();
        return left;
    }

    /// <summary>Reads a word with one address or several; the sentence says what is wrong with the first that is none.</summary>
    public string? Read(CommandWord word)
    {
        string? wrong = null;

        foreach (var piece in word.Text.Split('>').Where(piece => piece.Any(char.IsLetterOrDigit)))
        {
            var open = piece.IndexOf('<', StringComparison.Ordinal);

            if (open < 0)
            {
                Note(Add(piece, IsInBrackets(word)));
                continue;
            }

            // Alice<alice@example.com>, without a blank.
            var front = piece[..open];

            if (front.Contains('@', StringComparison.Ordinal) && !front.Any(char.IsWhiteSpace))
            {
                Note(Add(front, inBrackets: false));
            }
            else if (front.Any(char.IsLetterOrDigit))
            {
                name.Add(new(front, Quoted: true, ' '));
            }

            Note(Add(piece[open..], inBrackets: true));
        }

        return wrong;

        void Note(string? sentence) => wrong ??= sentence;
    }

    private string? Add(string text, bool inBrackets)
    {
        var email = Tidy(text);
        var wrong = EmailAddress.WhyNot(email) is { } why ? AskTexts.IsNot.With(InviteArgumentsReader.Short(email), why.Text) : null;
        PersonName? person = null;

        if (inBrackets)
        {
            var own = OwnName();
            wrong ??= own > 0 ? NoAddress(name[..own]) : null;
            person = own < name.Count ? PersonName.Read(Text(name[own..])) : null;
        }
        else if (name.Count > 0)
        {
            // Probably the name of this address, which only lacks its brackets.
            wrong ??= NoAddress(name);
            person =
                name is { Count: <= 4 } && name[^1].Separator == ' ' && name.TrueForAll(IsLikeName) ? PersonName.Read(Text(name)) : null;
        }

        name.Clear();

        if (EmailAddress.WhyNot(email) is null)
        {
            Keep(email, person);
        }

        return wrong;
    }

    private void Keep(string email, PersonName? person)
    {
        if (places.TryAdd(email, found.Count))
        {
            found.Add(new(email, person));
        }
        else if (found[places[email]].Name is null)
        {
            found[places[email]] = new(email, person);
        }
    }

    /// <summary>Where the name of the address begins: behind a semicolon or line break, or behind the commas of a list.</summary>
    private int OwnName()
    {
        for (var i = name.Count - 1; i >= 0; i--)
        {
            var isLast = i == name.Count - 1;

            if (name[i].Separator == ';' || (name[i].Separator == '\n' && !isLast))
            {
                return i + 1;
            }
        }

        // One comma is between a last name and a first one.
        var commas = name.SkipLast(1).Index().Where(it => it.Item.Separator == ',').Select(it => it.Index).ToList();
        return commas.Count > 1 ? commas[^1] + 1 : 0;
    }

    private static string NoAddress(List<CommandWord> words) =>
        AskTexts.IsNot.With(InviteArgumentsReader.Short(Text(words)), Refusal.NotAnAddress.Text);

    private static bool IsLikeName(CommandWord word) => word.Text.Length > 1 && char.IsUpper(word.Text[0]) && PersonName.IsClean(word.Text);

    private static string Text(List<CommandWord> words) =>
        string.Concat(words.Select((word, i) => i == words.Count - 1 ? word.Text : word.Text + (word.Separator == ',' ? ", " : " ")));

    private static bool HasBracket(string text)
    {
        var open = text.IndexOf('<', StringComparison.Ordinal);
        return open >= 0 && text.IndexOf('@', open) > open;
    }

    private static string Tidy(string text)
    {
        const string scheme = "mailto:";
        var tidy = Trim(text);

        if (tidy.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            tidy = Trim(tidy[scheme.Length..].Replace('|', '?').Split('?')[0]);
        }

        // *alice@example.com* is bold, _alice@example.com_ is slanted; a mark in front alone may belong to the address.
        if (tidy is [('*' or '_') and var mark, ..] && Trim(text, Behind.Replace($"{mark}", "", StringComparison.Ordinal)).EndsWith(mark))
        {
            tidy = tidy.TrimStart(mark);
        }

        return EmailAddress.Normalise(tidy);
    }

    private static string Trim(string text, string behind = Behind) =>
        text.Trim().Trim(Unseen.ToCharArray()).TrimStart(Before.ToCharArray()).TrimEnd((behind + Unseen).ToCharArray()).Trim();
}
