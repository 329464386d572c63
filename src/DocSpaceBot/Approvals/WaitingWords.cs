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
        var more = waiting.Count > MostPeople ? $" and {waiting.Count - MostPeople} more" : "";
        var reason = request.Reason is { } words ? $" Reason: {words}." : "";
        var notes = waiting.Select(it => it.Note).OfType<string>().Distinct(StringComparer.Ordinal).Take(MostPeople).ToList();
        var odd = notes.Count > 0 ? $" Beware: {string.Join(' ', notes)}" : "";
        var until = waiting.Min(it => it.DecideBy) is { } end ? $" Decide by {Time(end)}." : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Request {request.Number}: {request.Requester.Name} asks for {who}{more}.{reason}{odd}{until}"
        );
    }

    public static string Who(Invitation it)
    {
        var room = it.Room is { } title ? $" into the room “{title}”" : "";
        var votes = it.Needed > 1 ? $" ({it.Votes.Count} of {it.Needed} approvals)" : "";
        var limits = it.Link is { } link ? $" ({link.InWords()})" : "";
        return $"{it.Who} as {DocSpaceRoleNames.For(it.Role)}{room}{limits}{votes}";
    }

    public static string HowTo(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"Type /approve {number}, or /deny {number} and why.");

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
