using System.Runtime.InteropServices;
using SQLitePCL;

namespace DocSpaceBot.Storage;

/// <summary>Uses the operating system's SQLite, which its security updates reach, instead of a copy of our own.</summary>
internal static class SqliteLibrary
{
    /// <summary>3.35 brought RETURNING.</summary>
    private const int OldestVersion = 3_035_000;

    private static readonly Lazy<string?> Problem = new(Load);

    /// <exception cref="InvalidOperationException">There is none, or it is too old; the message says how to get one.</exception>
    public static void Use()
    {
        if (Problem.Value is { } problem)
        {
            throw new InvalidOperationException(problem);
        }
    }

    private static string? Load()
    {
        var name =
            OperatingSystem.IsWindows() ? "winsqlite3.dll"
            : OperatingSystem.IsMacOS() ? "/usr/lib/libsqlite3.dylib"
            : "libsqlite3.so.0";

        if (!NativeLibrary.TryLoad(name, out var library))
        {
            return "SQLite is not installed on this machine. Install it (Debian, Ubuntu: apt-get install libsqlite3-0; Alpine: apk add sqlite-libs) or set Storage:Provider to Postgres.";
        }

        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly,
            (wanted, _, _) => wanted == "e_sqlite3" ? library : IntPtr.Zero
        );
        raw.SetProvider(new SQLite3Provider_e_sqlite3());

        return raw.sqlite3_libversion_number() >= OldestVersion
            ? null
            : "The SQLite of this machine is older than 3.35. Install a newer one or set Storage:Provider to Postgres.";
    }
}
