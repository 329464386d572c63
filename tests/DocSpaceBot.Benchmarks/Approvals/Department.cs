using System.Globalization;

namespace DocSpaceBot.Benchmarks.Approvals;

/// <summary>Some who ask, and some who decide about what they ask for.</summary>
internal sealed record Department(string Name, IReadOnlyList<string> Requesters, IReadOnlyList<string> Approvers, int Needed)
{
    public IEnumerable<string> People => [.. Requesters, .. Approvers];

    public static IReadOnlyList<Department> Make(int count, int requesters, int approvers, int needed) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(number => new Department(
                    Called("dept", number),
                    [.. Enumerable.Range(0, requesters).Select(i => Called("req", number * requesters + i))],
                    [.. Enumerable.Range(0, approvers).Select(i => Called("app", number * approvers + i))],
                    needed
                )),
        ];

    /// <summary>A rule for each, as it is written in the settings.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Policy(IReadOnlyList<Department> departments)
    {
        foreach (var (number, department) in departments.Index())
        {
            var rule = string.Create(CultureInfo.InvariantCulture, $"Policy:Rules:{number}");
            yield return new($"{rule}:Name", department.Name);
            yield return new($"{rule}:Then", "Ask");
            yield return new($"{rule}:Needed", department.Needed.ToString(CultureInfo.InvariantCulture));
            yield return new($"{rule}:Approvers:0", department.Name);

            foreach (var (i, requester) in department.Requesters.Index())
            {
                yield return new(string.Create(CultureInfo.InvariantCulture, $"{rule}:When:Requesters:{i}"), $"{requester}@example.com");
            }

            foreach (var (i, approver) in department.Approvers.Index())
            {
                yield return new(
                    string.Create(CultureInfo.InvariantCulture, $"Policy:ApproverGroups:{department.Name}:People:{i}"),
                    $"{approver}@example.com"
                );
            }
        }
    }

    private static string Called(string what, int number) => string.Create(CultureInfo.InvariantCulture, $"{what}{number:D4}");
}
