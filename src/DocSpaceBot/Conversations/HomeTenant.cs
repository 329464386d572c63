using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Hosting;

namespace DocSpaceBot.Conversations;

/// <summary>
/// The tenant whose directory is believed when it says which address somebody has. Whoever runs another one can give an account there any address, so people
/// of other tenants are known by their object ids alone.
/// </summary>
internal sealed class HomeTenant(IOptions<BotOptions> bot)
{
    /// <summary>In the name that guests of the tenant sign in with: it ends in the tenant's own domain, whatever their address is.</summary>
    private const string GuestMark = "#EXT#";

    private readonly string? tenant = OperatorTenant.Of(bot.Value);

    public bool Is(string tenantId) =>
        tenant is not null && (tenant == OperatorTenant.Any || string.Equals(tenant, tenantId, StringComparison.OrdinalIgnoreCase));

    /// <summary>The address that rules may go by; null where none is believed.</summary>
    public string? AddressOf(KnownPerson? person) =>
        person is not null && Is(person.TenantId) && person.Email?.Contains(GuestMark, StringComparison.OrdinalIgnoreCase) != true
            ? person.Email
            : null;

    /// <inheritdoc cref="AddressOf"/>
    public IReadOnlyList<string> AddressesOf(KnownPerson? person) => person is not null && Is(person.TenantId) ? person.Addresses : [];
}
