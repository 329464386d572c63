using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>Somebody who uses Teams. All ids are made from the name, so they are the same in every run.</summary>
internal sealed record TeamsPerson
{
    /// <summary>What scripts and tests call the person: <c>alice</c>.</summary>
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    /// <summary><c>29:…</c>, what the bot gets to see as <c>from.id</c>.</summary>
    public required string Id { get; init; }

    public required string AadObjectId { get; init; }

    public required string TenantId { get; init; }

    /// <summary><c>a:…</c>, the person's chat with the bot.</summary>
    public required string ChatId { get; init; }

    public string? GivenName { get; init; }

    public string? Surname { get; init; }

    /// <summary>Null when the directory knows none.</summary>
    public string? Email { get; init; }

    public string? UserPrincipalName { get; init; }

    public string UserRole { get; init; } = "user";

    /// <summary>The <see cref="Name"/> of whom the person reports to; null for nobody.</summary>
    public string? Manager { get; init; }

    /// <summary>False: the account is disabled in the directory.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Null takes <see cref="TeamsSetup.Locale"/>.</summary>
    public string? Locale { get; init; }

    /// <summary>Null takes <see cref="TeamsSetup.Timezone"/>.</summary>
    public string? Timezone { get; init; }

    /// <summary>Their client does not know Action.Execute, nor cards that refresh.</summary>
    public bool HasOldClient { get; init; }

    public static TeamsPerson Named(string name, string tenantId, string? surname = null)
    {
        var given = char.ToUpper(name[0], CultureInfo.InvariantCulture) + name[1..];
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{name} of {tenantId}"));

        return new()
        {
            Name = name,
            DisplayName = surname is null ? given : $"{given} {surname}",
            Id = "29:1" + Convert.ToBase64String(digest).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
            AadObjectId = GuidFrom(digest),
            TenantId = tenantId,
            ChatId = "a:1" + Convert.ToBase64String(SHA256.HashData(digest)).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
            GivenName = given,
            Surname = surname,
            Email = $"{name}@example.com",
            UserPrincipalName = $"{name}@example.com",
        };
    }

    private static string GuidFrom(byte[] digest)
    {
        var bytes = digest[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
