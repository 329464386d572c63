namespace DocSpaceBot.Benchmarks.FollowUps;

/// <summary>How busy the machine is, whoever keeps it so: without it nobody can tell what a time is worth.</summary>
internal static class MachineLoad
{
    private const string Source = "/proc/loadavg";

    /// <summary>How many want a processor, on the average of the last minute; only Linux tells.</summary>
    public static string Now =>
        File.Exists(Source) && File.ReadAllText(Source).Split(' ') is [var minute, ..] ? $"Load of the machine: {minute}." : "";
}
