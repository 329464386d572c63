using System.Globalization;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Approvals;

/// <summary>A request that waits, in plain text.</summary>
internal static class WaitingWords
{
    private const int MostPeople = 3;

    /// <param name="waiting">Those of its invitations that wait.</param>
    public static string Line(InviteRequest request, IReadOnlyList<Invitation> waiting)
    {
        var who = string.Join(", ", waiting.Take(MostPeople).Select(Who));
        var notes = waiting.Select(it => it.Note).OfType<string>().Distinct(StringComparer.Ordinal).Take(MostPeople).ToList();
        return string.Join(
            ' ',
            new[]
            {
                waiting.Count > MostPeople
                    ? ApprovalTexts.AsksForMore.With(request.Number, request.Requester.Name, who, waiting.Count - MostPeople)
                    : ApprovalTexts.AsksFor.With(request.Number, request.Requester.Name, who),
                request.Reason is { } words ? ApprovalTexts.ReasonIs.With(words) : null,
                notes.Count > 0 ? ApprovalTexts.Beware.With(string.Join(' ', notes)) : null,
                waiting.Min(it => it.DecideBy) is { } end ? ApprovalTexts.DecideBy.With(Time(end)) : null,
            }.OfType<string>()
        );
    }

    public static string Who(Invitation it)
    {
        var role = DocSpaceRoleNames.For(it.Role);
        var who = it.Room is null ? ApprovalTexts.AsRole.With(it.Who, role) : ApprovalTexts.AsRoleIntoRoom.With(it.Who, role, it.Room);
        var limits = it.Link is { } link ? $"{who} ({link.InWords()})" : who;
        return it.Needed > 1 ? ApprovalTexts.VotesInBrackets.With(limits, it.Votes.Count, it.Needed) : limits;
    }

    public static string HowTo(int number) => ApprovalTexts.HowTo.With(number);

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
