using System.Buffers;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>The query's <c>employeeStatus</c>, which knows two words more than a person's status does.</summary>
internal enum PortalFilterStatus
{
    Active = 1,
    Terminated = 2,
    Pending = 4,
    Default = 5,
    All = 7,
}

/// <summary>What <c>people/filter</c> is asked for.</summary>
internal sealed record PortalFilter
{
    private const int LongestPage = 100;

    public int? Status { get; init; }

    public PortalActivation? Activation { get; init; }

    public IReadOnlyList<PortalRole> Roles { get; init; } = [];

    /// <summary>0 all, 1 people, 2 guests.</summary>
    public int Area { get; init; }

    public bool? IsAdministrator { get; init; }

    /// <summary>0 paid, 1 free.</summary>
    public int? Payments { get; init; }

    public bool IsInvitedByMe { get; init; }

    public Guid? Inviter { get; init; }

    /// <summary>A person matches when any of these is in the name or the address.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    public string SortBy { get; init; } = "";

    public bool IsDescending { get; init; }

    public int Start { get; init; }

    public int Count { get; init; } = LongestPage;

    public static PortalFilter Of(PortalExchange call)
    {
        var text = call.Query("filterValue");
        var separator = call.Query("filterSeparator");
        return new PortalFilter
        {
            Status = (int?)PortalExchange.EnumOf<PortalFilterStatus>(call.Query("employeeStatus"), "employeeStatus"),
            Activation = PortalExchange.EnumOf<PortalActivation>(call.Query("activationStatus"), "activationStatus"),
            Roles =
            [
                .. call.QueryAll("employeeTypes")
                    .Append(call.Query("employeeType"))
                    .Select(role => PortalExchange.EnumOf<PortalRole>(role, "employeeType"))
                    .OfType<PortalRole>(),
            ],
            Area = (int)(PortalExchange.EnumOf<AreaName>(call.Query("area"), "area") ?? AreaName.All),
            IsAdministrator = call.QueryFlag("isAdministrator"),
            Payments = (int?)PortalExchange.EnumOf<PaymentName>(call.Query("payments"), "payments"),
            IsInvitedByMe = call.QueryFlag("invitedByMe") ?? false,
            Inviter = Guid.TryParse(call.Query("inviterId"), out var inviter) ? inviter : null,
            Texts =
                string.IsNullOrEmpty(text) ? []
                : string.IsNullOrEmpty(separator) ? [text]
                : text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            SortBy = call.Query("sortBy")?.ToUpperInvariant() ?? "",
            IsDescending =
                call.Query("sortOrder") is { } order && (order == "1" || order.Equals("descending", StringComparison.OrdinalIgnoreCase)),
            Start = call.QueryNumber("startIndex", 0, 0, int.MaxValue, "StartIndex"),
            Count = call.QueryNumber("count", LongestPage, 1, LongestPage, "Count"),
        };
    }

    public (List<PortalPerson> Page, int Total) Apply(PortalPeople people, PortalPerson caller)
    {
        // One pass for all the alternatives together: a bot may look up a hundred addresses among thousands of people.
        var texts = Texts.Count > 0 ? SearchValues.Create([.. Texts], StringComparison.OrdinalIgnoreCase) : null;
        var found = people
            .Entries.Select(entry => entry.Person)
            .Where(person => Matches(person, caller, people) && (texts is null || HasText(person, texts)))
            .ToList();
        Sort(found);
        var total = found.Count;
        var start = Math.Min(Start, total);
        return (found.GetRange(start, Math.Min(Count, total - start)), total);
    }

    private static bool HasText(PortalPerson person, SearchValues<string> texts) =>
        person.Email.AsSpan().ContainsAny(texts)
        || person.FirstName.AsSpan().ContainsAny(texts)
        || person.LastName.AsSpan().ContainsAny(texts);

    private bool Matches(PortalPerson person, PortalPerson caller, PortalPeople people) =>
        HasStatus(person, caller)
        && (Activation is null || person.Activation == Activation)
        && (Roles.Count == 0 || Roles.Contains(person.Role))
        && (Area == 0 || Area == 2 == (person.Role == PortalRole.Guest))
        && (IsAdministrator is not true || person.IsOwner || person.Role == PortalRole.DocSpaceAdmin)
        && (Payments is null || Payments == 0 == person.IsPaid)
        && (!IsInvitedByMe || people.IsInvitedBy(person, caller.Id))
        && (Inviter is not { } inviter || people.IsInvitedBy(person, inviter));

    private bool HasStatus(PortalPerson person, PortalPerson caller) =>
        (person.Status != PortalStatus.Terminated || caller.Role == PortalRole.DocSpaceAdmin)
        && Status switch
        {
            null or (int)PortalFilterStatus.All => true,
            (int)PortalFilterStatus.Default => person.Status == PortalStatus.Active,
            _ => (int)person.Status == Status,
        };

    private void Sort(List<PortalPerson> found)
    {
        Comparison<PortalPerson>? order = SortBy switch
        {
            "FIRSTNAME" => (one, other) => Compare(one.FirstName, other.FirstName),
            "LASTNAME" => (one, other) => Compare(one.LastName, other.LastName),
            "DISPLAYNAME" => (one, other) => Compare(one.DisplayName, other.DisplayName),
            "EMAIL" => (one, other) => Compare(one.Email, other.Email),
            "TYPE" => (one, other) => one.Role.CompareTo(other.Role),
            "CREATEDBY" => (one, other) => Nullable.Compare(one.CreatedBy, other.CreatedBy),
            _ => null, // The order of creation, in which they are kept.
        };
        if (order is not null)
        {
            var sorted = found.Order(Comparer<PortalPerson>.Create(order)).ToList();
            found.Clear();
            found.AddRange(sorted);
        }
        if (IsDescending)
            found.Reverse();
    }

    private static int Compare(string one, string other) => string.Compare(one, other, StringComparison.OrdinalIgnoreCase);

    private enum AreaName
    {
        All,
        People,
        Guests,
    }

    private enum PaymentName
    {
        Paid,
        Free,
    }
}
