using System.Reflection;

namespace DocSpaceBot.Benchmarks;

/// <summary>Places that only the build knows.</summary>
internal static class BuiltWith
{
    public static string BotProgram => Value(nameof(BotProgram));

    public static string EchoSource => Value(nameof(EchoSource));

    /// <summary>The folder of the scripts that do as the guides do.</summary>
    public static string GuideSource => Value(nameof(GuideSource));

    /// <summary>Starts a PostgreSQL server, and ends it.</summary>
    public static string PostgresScript => Value(nameof(PostgresScript));

    /// <summary>A folder that is not kept.</summary>
    public static string Artifacts => Value(nameof(Artifacts));

    private static string Value(string key) =>
        typeof(BuiltWith).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
