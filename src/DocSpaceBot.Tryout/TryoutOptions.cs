using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout;

/// <summary>What the try-out was started with.</summary>
internal sealed record TryoutOptions
{
    public PortalDialect Dialect { get; init; } = PortalDialect.V37;

    /// <summary>A real portal in place of the stand-in; then <see cref="Key"/> is there too.</summary>
    public Uri? Portal { get; init; }

    public string? Key { get; init; }

    /// <summary>A PostgreSQL connection string; without it the bot keeps a SQLite file.</summary>
    public string? Storage { get; init; }

    /// <summary>Settings of the bot, given as <c>Section:Key=value</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Settings { get; init; } = [];

    /// <summary>The folder the SQLite file is kept in; without it the file is gone afterwards.</summary>
    public string? Keep { get; init; }

    /// <summary>The lines of the script; none open a chat.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
