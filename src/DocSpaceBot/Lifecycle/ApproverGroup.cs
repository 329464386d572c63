namespace DocSpaceBot.Lifecycle;

/// <summary>
/// Whom a rule asks: people, a channel in which the card stands, or both. With people named, only they decide; a channel alone lets
/// everybody in it decide. <see cref="Manager"/> is whoever Microsoft Graph calls the requester's manager.
/// </summary>
internal sealed record ApproverGroup(string Name, IReadOnlyList<PersonEntry> People, string? Channel)
{
    public const string ManagerName = "@manager";

    public static readonly ApproverGroup Manager = new(ManagerName, [], null);

    public bool IsManager => Name == ManagerName;

    /// <summary>Everybody in the channel decides.</summary>
    public bool IsOpenChannel => Channel is not null && People.Count == 0;
}
