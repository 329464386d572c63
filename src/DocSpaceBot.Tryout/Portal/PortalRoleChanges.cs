namespace DocSpaceBot.Tryout.Portal;

/// <summary>
/// Demotions, which the server does one after the other in a queue of their own. Here each takes a moment of the portal's clock and is done before
/// anybody looks the next time. Guarded by the portal's lock.
/// </summary>
internal sealed class PortalRoleChanges
{
    private static readonly TimeSpan Takes = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Guid, PortalRoleChange> all = [];

    public PortalRoleChange? Find(Guid person) => all.GetValueOrDefault(person);

    /// <summary>One that is at work goes on; one that has ended makes way.</summary>
    public PortalRoleChange Start(PortalPerson person, PortalRole role, PortalPerson by, DateTimeOffset now)
    {
        if (all.GetValueOrDefault(person.Id) is { IsCompleted: false } atWork)
            return atWork;
        return all[person.Id] = new PortalRoleChange(person.Id, role, by.Id, now + Takes);
    }

    public void DoDue(PortalState portal)
    {
        var now = portal.Setup.Clock.GetUtcNow();
        foreach (var change in all.Values.Where(change => !change.IsCompleted && change.Due <= now).ToArray())
        {
            change.IsCompleted = true;
            if (portal.People.Find(change.Person) is not { } person)
                continue;
            if (portal.RefuseRoleChanges)
            {
                change.Error = "Exception of type 'System.Exception' was thrown.";
                continue;
            }
            var next = portal.People.Save(person with { Role = change.Role, Modified = portal.Now });
            portal.MailWithoutLink(next, MailKind.RoleChanged);
            portal.Webhooks.Raise(WebhookTrigger.UserUpdated, next, change.By);
        }
    }
}

/// <summary>One demotion and how far it is.</summary>
internal sealed class PortalRoleChange(Guid person, PortalRole role, Guid by, DateTimeOffset due)
{
    public Guid Person => person;

    public PortalRole Role => role;

    public Guid By => by;

    public DateTimeOffset Due => due;

    public bool IsCompleted { get; set; }

    public string? Error { get; set; }
}
