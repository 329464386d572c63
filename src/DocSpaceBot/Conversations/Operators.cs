using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;
using Teams.Protocol.Hosting;

namespace DocSpaceBot.Conversations;

/// <summary>Who may use operator commands. What cannot be known counts against it.</summary>
internal sealed class Operators(IOptions<OperatorOptions> options, IOptions<BotOptions> bot, PeopleStore people, MemberAddress addresses)
{
    private readonly string? tenant = OperatorTenant.Of(bot.Value);

    public IReadOnlyList<PersonEntry> Entries => options.Value.Entries;

    /// <summary>The tenant in which operators are looked for who are told of something in that tenant; null where it is not known.</summary>
    public string? TenantFor(string tenantId) => IsOfTenant(tenantId) ? tenantId : tenant;

    /// <summary>Learns the address of whoever asks, where an entry is an address and it is not known yet.</summary>
    /// <param name="where">A conversation that the person is in.</param>
    public Task LearnAsync(ConversationReference where, Person person, CancellationToken cancellationToken) =>
        IsOfTenant(where.TenantId) && Entries.Any(entry => !entry.IsObjectId)
            ? addresses.LearnAsync(where, person, cancellationToken)
            : Task.CompletedTask;

    public async Task<bool> IsOneAsync(string tenantId, Person person, CancellationToken cancellationToken)
    {
        if (person.Id.Length == 0 || !IsOfTenant(tenantId))
        {
            return false;
        }

        var email = Entries.Any(entry => !entry.IsObjectId)
            ? (await people.FindAsync(tenantId, person.Id, cancellationToken))?.Email
            : null;
        return Entries.Any(entry => entry.Is(person.Id, email));
    }

    private bool IsOfTenant(string tenantId) =>
        tenant is not null && (tenant == OperatorTenant.Any || string.Equals(tenant, tenantId, StringComparison.OrdinalIgnoreCase));
}
