using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Conversations;

internal sealed class Operators(IConfiguration configuration)
{
    public IReadOnlyList<PersonEntry> Entries =>
        [.. configuration.GetSection("Operators").GetChildren().Select(it => new PersonEntry(it.Value ?? ""))];
}
