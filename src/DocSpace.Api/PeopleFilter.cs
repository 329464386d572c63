namespace DocSpace.Api;

/// <summary>Which people of the portal to list; sorted by when they were added, oldest first, so that newcomers do not move the pages.</summary>
public sealed record PeopleFilter
{
    /// <summary>The longest page the portal gives; it refuses to give more.</summary>
    public const int LongestPage = 100;

    /// <summary>Null = as many as the key may see (disabled ones for DocSpace admins only).</summary>
    public PersonStatus? Status { get; init; }

    /// <summary>People of every status (<c>employeeStatus=7</c>), whatever <see cref="Status"/> says.</summary>
    public bool OfEveryStatus { get; init; }

    /// <summary>Exactly this one. Together with status Active, <see cref="ActivationStatus.Pending"/> finds those created and never activated.</summary>
    public ActivationStatus? Activation { get; init; }

    public DocSpaceRole? Role { get; init; }

    /// <summary>Only those invited or created by the owner of the key.</summary>
    public bool InvitedByMe { get; init; }

    /// <summary>By the day of their registration, backwards; else forwards.</summary>
    public bool NewestFirst { get; init; }

    public int StartIndex { get; init; }

    /// <summary>1 to 100.</summary>
    public int Count { get; init; } = LongestPage;

    /// <summary>
    /// What to fetch of each person, as the portal's comma list; null = everything. Id, address and both states should be among it, they decide whether
    /// somebody has joined (<see cref="StatesOnly"/> is just these).
    /// </summary>
    public string? Fields { get; init; }

    /// <summary>The least that tells who is in which state.</summary>
    public const string StatesOnly = "id,email,status,activationStatus";
}

/// <summary>A page of people; <paramref name="Total"/> counts those of all pages.</summary>
public sealed record PeoplePage(IReadOnlyList<DocSpacePerson> People, int Total);

/// <summary>Whether somebody with the address is known to the portal; the status is null when not.</summary>
public sealed record Existence(bool Exists, PersonStatus? Status);
