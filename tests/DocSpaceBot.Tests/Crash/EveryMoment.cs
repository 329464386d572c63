namespace DocSpaceBot.Tests.Crash;

/// <summary>
/// Each kill costs a start of the bot, which is most of what the whole test run takes. A run kills around the calls that change something; with
/// <c>DOCSPACEBOT_TEST_EVERY_MOMENT=1</c> it kills around those that only look, too, and more often at random.
/// </summary>
internal static class EveryMoment
{
    public static bool IsWanted { get; } = Environment.GetEnvironmentVariable("DOCSPACEBOT_TEST_EVERY_MOMENT") == "1";

    public static int Or(int everyMoment, int usually) => IsWanted ? everyMoment : usually;
}
