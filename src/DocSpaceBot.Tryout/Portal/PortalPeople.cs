namespace DocSpaceBot.Tryout.Portal;

/// <summary>The people of the portal, found by id, address and user name; guarded by the portal's lock.</summary>
internal sealed class PortalPeople(bool ignoreCase)
{
    private readonly List<PersonEntry> entries = [];
    private readonly Dictionary<Guid, PersonEntry> byId = [];
    private readonly Dictionary<string, PersonEntry> byEmail = new(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    private readonly Dictionary<string, PersonEntry> byUserName = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<(Guid Inviter, Guid Invitee)> relations = [];

    /// <summary>Everybody, in the order of creation.</summary>
    public IReadOnlyList<PersonEntry> Entries => entries;

    public PortalPerson? Find(Guid id) => byId.GetValueOrDefault(id)?.Person;

    public PortalPerson? Find(string email) => byEmail.GetValueOrDefault(email)?.Person;

    public PortalPerson? FindByUserName(string userName) => byUserName.GetValueOrDefault(userName)?.Person;

    /// <summary>For the people outside, who do not care how an address is written.</summary>
    public PortalPerson? FindAnyCase(string email) =>
        Find(email) ?? entries.Find(entry => string.Equals(entry.Person.Email, email, StringComparison.OrdinalIgnoreCase))?.Person;

    public PortalPerson Add(PortalPerson person)
    {
        var entry = new PersonEntry(person);
        byEmail.Add(person.Email, entry);
        byId.Add(person.Id, entry);
        byUserName.Add(person.UserName, entry);
        entries.Add(entry);
        return person;
    }

    public PortalPerson Save(PortalPerson person)
    {
        byId[person.Id].Change(person);
        return person;
    }

    public void Remove(PortalPerson person)
    {
        byId.Remove(person.Id, out var entry);
        byEmail.Remove(person.Email);
        byUserName.Remove(person.UserName);
        entries.Remove(entry!);
        relations.RemoveWhere(relation => relation.Invitee == person.Id || relation.Inviter == person.Id);
    }

    public void Relate(Guid inviter, Guid invitee) => relations.Add((inviter, invitee));

    public bool IsInvitedBy(PortalPerson person, Guid inviter) => person.CreatedBy == inviter || relations.Contains((inviter, person.Id));

    /// <summary>Seats taken: pending ones take a seat too, disabled ones do not.</summary>
    public int PaidSeats() => entries.Count(entry => entry.Person is { IsPaid: true, Status: not PortalStatus.Terminated });

    /// <summary>The part of the address before the @, with a number behind it where somebody has that name already.</summary>
    public string NewUserName(string email)
    {
        var wanted = email[..email.IndexOf('@', StringComparison.Ordinal)].ToLowerInvariant();
        return Enumerable
            .Range(1, int.MaxValue)
            .Select(number => $"{wanted}{number}")
            .Prepend(wanted)
            .First(name => !byUserName.ContainsKey(name));
    }
}

/// <summary>A person who changes, with the one shape that is written thousands of times over.</summary>
internal sealed class PersonEntry(PortalPerson person)
{
    private byte[]? brief;

    public PortalPerson Person { get; private set; } = person;

    public void Change(PortalPerson next)
    {
        Person = next;
        brief = null;
    }

    public byte[] Brief(Func<PortalPerson, byte[]> write) => brief ??= write(Person);
}
