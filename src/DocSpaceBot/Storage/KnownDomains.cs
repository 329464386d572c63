using Dapper;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>The domains that the bot knows: those that somebody was invited at, and those of the people who talk with it.</summary>
internal sealed class KnownDomains(Database database, TimeProvider clock)
{
    /// <summary>A domain that has become known a moment ago may still be called new.</summary>
    private static readonly TimeSpan IsGoodFor = TimeSpan.FromMinutes(1);

    private volatile Known? last;

    public static Task AddAsync(Unit unit, string email) =>
        unit.ExecuteAsync("insert into domains (name) values (@name) on conflict do nothing", new { name = DomainOf(email) });

    public async Task<AddressGuard> GuardAsync(CancellationToken cancellationToken)
    {
        if (last is { } known && clock.GetUtcNow() - known.At < IsGoodFor)
        {
            return known.Guard;
        }

        var names = await database.ReadAsync(
            async db =>
                (
                    await db.QueryAsync<string>(new CommandDefinition("select name from domains", cancellationToken: cancellationToken))
                ).Concat(
                    (
                        await db.QueryAsync<string>(
                            new CommandDefinition("select email from people where email is not null", cancellationToken: cancellationToken)
                        )
                    ).Select(DomainOf)
                ),
            cancellationToken
        );
        var guard = new AddressGuard(
            names.GroupBy(name => name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count())
        );
        last = new(guard, clock.GetUtcNow());
        return guard;
    }

    private static string DomainOf(string email)
    {
        var normal = EmailAddress.Normalise(email);
        return normal[(normal.LastIndexOf('@') + 1)..];
    }

    /// <summary>Read and replaced as a whole, by many at once.</summary>
    private sealed record Known(AddressGuard Guard, DateTimeOffset At);
}
