using DocSpaceBot.Lifecycle;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.Invitations;

internal abstract record PolicyChange
{
    public sealed record Taken(InvitePolicy Policy) : PolicyChange;

    public sealed record NotTaken(string Fault) : PolicyChange;
}

internal sealed class CurrentPolicy(IOptions<PolicyOptions> options)
{
    public InvitePolicy Policy => options.Value.Policy;
    public bool AsksForRequester => true;

    public IDisposable OnChanged(Action<PolicyChange> listener) => new MemoryStream();
}
