using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Lists;

namespace DocSpaceBot.Invitations;

/// <summary>Makes a request of a list: what a row says holds for its person, what was said beside the list holds for everybody else.</summary>
internal static class ListedPeople
{
    public static Asked Asked(PeopleList.People list, ListToRead said, DocSpaceRole defaultRole) =>
        new([.. list.Rows.Select(row => Row(row, said, defaultRole))], said.Reason ?? ReasonOf(list.Rows), said.IsDryRun, IsList: true);

    private static DraftRow Row(ListRow row, ListToRead said, DocSpaceRole defaultRole)
    {
        var (role, room) = RoleAndRoom(row, said, defaultRole);

        return new DraftRow(row.Line, row.Email, role)
        {
            FirstName = row.FirstName,
            LastName = row.LastName,
            Language = (row.Language is { } language ? LanguageName.Read(language) ?? language : null) ?? said.Language,
            Room = room,
            Verdict = row.Problems.Count > 0 ? RowVerdict.Wrong : RowVerdict.Unknown,
            Note = row.Problems.Count > 0 ? DraftTexts.Line.With(row.Line, string.Join(' ', row.Problems)) : null,
        };
    }

    /// <summary>
    /// Who is let into a room is a guest, unless something else was said. A room that was named beside the list is not for the rows that say of
    /// themselves that they are no guests.
    /// </summary>
    private static (DocSpaceRole Role, string? Room) RoleAndRoom(ListRow row, ListToRead said, DocSpaceRole defaultRole)
    {
        var own = row.Role is { } written ? DocSpaceRoleNames.Read(written) : null;
        var room = row.Room ?? (own is null or DocSpaceRole.Guest ? said.Room : null);
        return (own ?? said.Role ?? (room is null ? defaultRole : DocSpaceRole.Guest), room);
    }

    /// <summary>
    /// A request has one reason, which whoever decides about it reads. Where the rows give several, all of them are kept side by side, as far as
    /// there is room.
    /// </summary>
    private static string? ReasonOf(IReadOnlyList<ListRow> rows)
    {
        var all = string.Join(
            " · ",
            rows.Where(row => row.Problems.Count == 0).Select(row => row.Reason).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)
        );

        return all.Length == 0 ? null
            : all.Length <= InviteArguments.LongestReason ? all
            : ListCell.Cut(all, InviteArguments.LongestReason - 1) + "…";
    }
}
