using System.Reflection;
using DocSpaceBot.Tests.Storage;
using Xunit.Sdk;

namespace DocSpaceBot.Tests.Crash;

/// <summary>
/// Each kill costs a start of the bot, which is most of what the whole test run takes. A run kills around the calls that change something; with
/// <c>DOCSPACEBOT_TEST_EVERY_MOMENT=1</c> it kills around those that only look, too, at calls that come again, at all of them on both databases, and more
/// often at random.
/// </summary>
internal static class EveryMoment
{
    public static bool IsWanted { get; } = Environment.GetEnvironmentVariable("DOCSPACEBOT_TEST_EVERY_MOMENT") == "1";

    /// <summary>A call that comes again leaves what the first one did.</summary>
    public static bool Has(KillPoint point) => IsWanted || point.Nth == 1;

    /// <summary>A call that never arrives leaves nothing behind; what is killed for in every run is the call that was made and not noted.</summary>
    public static bool HasMade(KillPoint point) => IsWanted || point is { Nth: 1, Moment: KillMoment.BeforeItsAnswer };

    public static int Or(int everyMoment, int usually) => IsWanted ? everyMoment : usually;
}

/// <summary>Runs the test on PostgreSQL too where every moment is wanted and a server is named: what differs there others kill for in every run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnPostgresAtEveryMomentAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        EveryMoment.IsWanted && TestDatabase.Server is not null
            ?
            [
                ["Postgres"],
            ]
            : [];
}
