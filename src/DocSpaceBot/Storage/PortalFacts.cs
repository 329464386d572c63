using System.Globalization;
using Dapper;

namespace DocSpaceBot.Storage;

/// <summary>What is remembered of the portal for a while, by all instances.</summary>
internal sealed class PortalFacts(Database database, TimeProvider clock)
{
    /// <summary>The portal refuses the welcome call.</summary>
    public const string WelcomeRefused = "welcome-refused";

    /// <summary>How many people were pending, and which of ours, when everybody was last looked at.</summary>
    public const string PendingTotal = "pending-total";

    /// <summary>It has been looked whether those who joined without it have confirmed their address.</summary>
    public const string UnconfirmedLooked = "unconfirmed-looked";

    /// <summary>When calls were made of which a portal takes few, see <c>FewCalls</c>.</summary>
    public const string MailCalls = "mail-calls";
    public const string PasswordCalls = "password-calls";

    public static string RoomMailCalls(int room) => string.Create(CultureInfo.InvariantCulture, $"mail-calls of room {room}");

    /// <summary>Up to when it has been looked what was invited around the bot, and which links of others there were.</summary>
    public const string DriftTold = "drift-told";

    /// <summary>When the portal last answered who has joined.</summary>
    private const string LastAsked = "last-asked";

    public static readonly TimeSpan LastAskedIsKept = TimeSpan.FromDays(8);

    /// <summary>The portal has just answered who has joined.</summary>
    public Task KeepLastAskedAsync(CancellationToken cancellationToken) =>
        KeepAsync(
            LastAsked,
            clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            LastAskedIsKept,
            cancellationToken
        );

    /// <summary>When the portal last answered who has joined; null where that is days ago.</summary>
    public static async Task<DateTimeOffset?> FindLastAskedAsync(Unit unit) =>
        await unit.FindAsync<string>("select value from portal_facts where name = @LastAsked", new { LastAsked }) is { } at
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture))
            : null;

    /// <summary>Null when it is not known, or was known too long ago.</summary>
    public Task<string?> FindAsync(string name, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db =>
                db.QuerySingleOrDefaultAsync<string>(
                    new CommandDefinition(
                        "select value from portal_facts where name = @name and until_at > @now",
                        new { name, now = clock.GetUtcNow() },
                        cancellationToken: cancellationToken
                    )
                ),
            cancellationToken
        );

    public Task KeepAsync(string name, string value, TimeSpan validFor, CancellationToken cancellationToken) =>
        database.WriteAsync(unit => KeepAsync(unit, name, value, validFor), cancellationToken);

    public Task KeepAsync(Unit unit, string name, string value, TimeSpan validFor) =>
        unit.ExecuteAsync(
            """
            insert into portal_facts (name, value, until_at) values (@name, @value, @until)
            on conflict (name) do update set value = excluded.value, until_at = excluded.until_at
            """,
            new
            {
                name,
                value,
                until = clock.GetUtcNow() + validFor,
            }
        );
}
