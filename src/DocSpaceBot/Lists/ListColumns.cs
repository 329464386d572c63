using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Lists;

/// <summary>What a column of a list can be about.</summary>
internal enum ListColumn
{
    Email,
    FirstName,
    LastName,
    Role,
    Room,
    Language,
    Reason,
}

/// <summary>Which column of a list is about what.</summary>
/// <param name="HasHeader">The first line names the columns.</param>
/// <param name="Ignored">The columns that nobody will look at, as people know them.</param>
internal sealed record ListColumns(bool HasHeader, IReadOnlyDictionary<ListColumn, int> Places, IReadOnlyList<string> Ignored)
{
    private const int MostIgnored = 20;
    private const int LongestName = 40;

    /// <summary>Letters only: "E-Mail Adresse" and "email_adresse" are one name.</summary>
    private static readonly Dictionary<string, ListColumn> Names = new(StringComparer.Ordinal)
    {
        ["email"] = ListColumn.Email,
        ["mail"] = ListColumn.Email,
        ["emailaddress"] = ListColumn.Email,
        ["mailaddress"] = ListColumn.Email,
        ["emailadresse"] = ListColumn.Email,
        ["mailadresse"] = ListColumn.Email,
        ["firstname"] = ListColumn.FirstName,
        ["first"] = ListColumn.FirstName,
        ["givenname"] = ListColumn.FirstName,
        ["forename"] = ListColumn.FirstName,
        ["vorname"] = ListColumn.FirstName,
        ["lastname"] = ListColumn.LastName,
        ["last"] = ListColumn.LastName,
        ["surname"] = ListColumn.LastName,
        ["familyname"] = ListColumn.LastName,
        ["nachname"] = ListColumn.LastName,
        ["familienname"] = ListColumn.LastName,
        ["role"] = ListColumn.Role,
        ["rolle"] = ListColumn.Role,
        ["room"] = ListColumn.Room,
        ["raum"] = ListColumn.Room,
        ["language"] = ListColumn.Language,
        ["lang"] = ListColumn.Language,
        ["sprache"] = ListColumn.Language,
        ["reason"] = ListColumn.Reason,
        ["grund"] = ListColumn.Reason,
        ["begründung"] = ListColumn.Reason,
    };

    /// <summary>May be where somebody lives, so it counts only where no other column is for e-mail.</summary>
    private static readonly string[] Addresses = ["address", "adresse"];

    public int Email => Places[ListColumn.Email];

    /// <summary>Null when no column holds addresses.</summary>
    public static ListColumns? Of(IReadOnlyList<ListLine> lines)
    {
        var named = Named(lines[0].Cells);
        return named.Count > 0 ? FromHeader(lines, named) : FromContent(lines);
    }

    /// <summary>A line with an address in it is a person, not a header.</summary>
    private static Dictionary<ListColumn, int> Named(string[] cells)
    {
        var places = new Dictionary<ListColumn, int>();

        if (cells.Any(cell => cell.Contains('@', StringComparison.Ordinal)))
        {
            return places;
        }

        var names = Array.ConvertAll(cells, Letters);

        for (var i = 0; i < names.Length; i++)
        {
            if (Names.TryGetValue(names[i], out var column))
            {
                places.TryAdd(column, i);
            }
        }

        if (Array.FindIndex(names, name => Addresses.Contains(name, StringComparer.Ordinal)) is >= 0 and var address)
        {
            places.TryAdd(ListColumn.Email, address);
        }

        return places;
    }

    private static ListColumns? FromHeader(IReadOnlyList<ListLine> lines, Dictionary<ListColumn, int> places)
    {
        var header = lines[0].Cells;

        if (!places.ContainsKey(ListColumn.Email))
        {
            if (MostAddresses(lines, except: places.Values) is not { } found)
            {
                return null;
            }

            places[ListColumn.Email] = found;
        }

        var ignored = Enumerable
            .Range(0, header.Length)
            .Except(places.Values)
            .Select(i => ListCell.Plain(header[i]))
            .Where(name => name.Length > 0)
            .Select(name => ListCell.Cut(name, LongestName))
            .Take(MostIgnored);
        return new(true, places, [.. ignored]);
    }

    private static ListColumns? FromContent(IReadOnlyList<ListLine> lines)
    {
        if (MostAddresses(lines, except: []) is not { } email)
        {
            return null;
        }

        var places = new Dictionary<ListColumn, int> { [ListColumn.Email] = email };
        var others = Enumerable.Range(0, Width(lines)).Where(i => i != email).ToArray();

        // Two more columns next to an address are names; with any other number there is no telling.
        if (others.Length == 2 && !Array.Exists(others, i => HoldsRoles(lines, i)))
        {
            places[ListColumn.FirstName] = others[0];
            places[ListColumn.LastName] = others[1];
            others = [];
        }

        return new(false, places, [.. others.Select(i => ListTexts.ColumnNumber.With(i + 1)).Take(MostIgnored)]);
    }

    private static int? MostAddresses(IReadOnlyList<ListLine> lines, IEnumerable<int> except)
    {
        var taken = except.ToHashSet();
        var best = Enumerable
            .Range(0, Width(lines))
            .Where(i => !taken.Contains(i))
            .Select(i =>
                (
                    Column: i,
                    Valid: lines.Count(line => ListCell.IsAddress(line.At(i))),
                    Meant: lines.Count(line => line.At(i).Contains('@'))
                )
            )
            .DefaultIfEmpty()
            .MaxBy(found => (found.Valid, found.Meant));
        return best.Meant > 0 ? best.Column : null;
    }

    private static bool HoldsRoles(IReadOnlyList<ListLine> lines, int column) =>
        lines.All(line => line.At(column) is not { Length: > 0 } text || DocSpaceRoleNames.Read(text) is not null);

    /// <summary>Without the columns at the end that are empty in every line, which spreadsheets like to leave.</summary>
    private static int Width(IReadOnlyList<ListLine> lines) =>
        lines.Max(line => Array.FindLastIndex(line.Cells, cell => !string.IsNullOrWhiteSpace(cell)) + 1);

    [SuppressMessage("Globalization", "CA1308", Justification = "Names of columns are written in lower case above.")]
    private static string Letters(string name) => string.Concat(ListCell.Plain(name).Where(char.IsLetter)).ToLowerInvariant();
}
