namespace DocSpaceBot.Tryout.Portal;

/// <summary>Everything the portal knows; each use takes <see cref="Gate"/>.</summary>
internal sealed class PortalState : IDisposable
{
    private const int Unlimited = int.MaxValue;
    private static readonly TimeSpan InvitationWindow = TimeSpan.FromHours(24);

    private DateTimeOffset? windowStart;
    private int invitationsLeft;

    public PortalState(PortalSetup setup)
    {
        Setup = setup;
        People = new PortalPeople(setup.EmailsIgnoreCase);
        Keys = new PortalKeys(People, setup.Clock);
        Links = new PortalLinks(setup.Clock);
        Limits = new PortalLimits(setup);
        Shapes = new PortalShapes(People);
        Webhooks = new PortalWebhooks(setup, Gate);
        Rooms = new PortalRooms();
        Mails = new PortalMailbox();
        AllowInvitingMembers = setup.AllowInvitingMembers;
        AllowInvitingGuests = setup.AllowInvitingGuests;
        Seats = setup.Seats;
        invitationsLeft = setup.InvitationLimit ?? Unlimited;
        Owner = People.Add(
            NewPerson("olga.admin@example.com", PortalRole.DocSpaceAdmin) with
            {
                FirstName = "Olga",
                LastName = "Admin",
                IsOwner = true,
            }
        );
        var creator = setup.KeyCreator switch
        {
            KeyCreator.DocSpaceAdmin => AddStaff("ada.admin@example.com", "Ada", PortalRole.DocSpaceAdmin),
            KeyCreator.RoomAdmin => AddStaff("rob.rooms@example.com", "Rob", PortalRole.RoomAdmin),
            KeyCreator.User => AddStaff("una.user@example.com", "Una", PortalRole.User),
            _ => Owner,
        };
        Key = Keys.Add(
            new PortalKey
            {
                Id = Guid.NewGuid(),
                Name = "Teams invite bot",
                Secret = PortalKey.NewSecret(),
                CreatedBy = creator.Id,
                Created = Now,
                Scopes = setup.KeyScopes,
            }
        );
    }

    public Lock Gate { get; } = new();

    public PortalSetup Setup { get; }

    public PortalDialect Dialect => Setup.Dialect;

    public PortalPeople People { get; }

    public PortalKeys Keys { get; }

    public PortalKey Key { get; }

    public PortalLinks Links { get; }

    public PortalLimits Limits { get; }

    public PortalShapes Shapes { get; }

    public PortalWebhooks Webhooks { get; }

    public PortalRooms Rooms { get; }

    public PortalRoleChanges RoleChanges { get; } = new();

    public PortalMailbox Mails { get; }

    public PortalFaults Faults { get; } = new();

    public PortalPerson Owner { get; }

    public int Seats { get; set; }

    public bool AllowInvitingMembers { get; set; }

    public bool AllowInvitingGuests { get; set; }

    /// <summary>Demotions are taken on and then fail, as when the rooms cannot be handed over.</summary>
    public bool RefuseRoleChanges { get; set; }

    /// <summary>Addresses that belong to somebody's third-party login; inviting one is an unexpected exception.</summary>
    public HashSet<string> LinkedEmails { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Uri Url { get; private set; } = new("http://127.0.0.1");

    /// <summary>The clock, to the second: that is what the server's database keeps.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = Setup.Clock.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        }
    }

    public int InvitationsLeft
    {
        get
        {
            if (windowStart is { } start && start + InvitationWindow <= Setup.Clock.GetUtcNow())
            {
                windowStart = null;
                invitationsLeft = Setup.InvitationLimit ?? Unlimited;
            }
            return invitationsLeft;
        }
    }

    public void SetUrl(Uri url)
    {
        Url = url;
        Links.BaseUrl = Shapes.BaseUrl = url.GetLeftPart(UriPartial.Authority);
    }

    public PortalPerson NewPerson(string email, PortalRole role, PortalPerson? by = null) =>
        new()
        {
            Id = Guid.NewGuid(),
            Email = email,
            UserName = People.NewUserName(email),
            Status = PortalStatus.Active,
            Activation = PortalActivation.Activated,
            Role = Stored(role),
            Created = Now,
            Modified = Now,
            CreatedBy = by?.Id,
        };

    /// <summary>Who is wished to be <c>All</c>, or something nobody defined, is in no group: a Room admin.</summary>
    public static PortalRole Stored(PortalRole wish) =>
        wish is PortalRole.Guest or PortalRole.User or PortalRole.DocSpaceAdmin ? wish : PortalRole.RoomAdmin;

    public static bool IsPaid(PortalRole role) => Stored(role) is PortalRole.RoomAdmin or PortalRole.DocSpaceAdmin;

    public int FreeSeats => Seats < 0 ? Unlimited : Math.Max(0, Seats - People.PaidSeats());

    public void DemandSeat(string at)
    {
        if (FreeSeats == 0)
            throw PortalException.Quota(at, $"The number of admins should not exceed {Seats}");
    }

    public PortalLink Mail(PortalPerson to, MailKind kind, PortalPerson by, string? culture = null, string? note = null)
    {
        var linkKind = kind switch
        {
            MailKind.Activation => LinkKind.Activation,
            MailKind.PasswordReminder => LinkKind.Password,
            MailKind.ConfirmEmail => LinkKind.ConfirmEmail,
            _ => LinkKind.Personal,
        };
        var link = Links.Issue(linkKind, to.Role, by.Id, person: to.Id, culture: culture);
        Mails.Send(new PortalMail(to.Email, kind, Setup.Clock.GetUtcNow(), link.Url) { Culture = culture, Note = note });
        return link;
    }

    /// <summary>A letter nobody can join from.</summary>
    public void MailWithoutLink(PortalPerson to, MailKind kind, string? note = null) =>
        Mails.Send(new PortalMail(to.Email, kind, Setup.Clock.GetUtcNow(), Link: null) { Note = note });

    /// <summary>An invitation letter takes one from the portal's allowance; who accepts one gives it back.</summary>
    public void CountInvitation(int change)
    {
        if (Setup.InvitationLimit is null)
            return;
        var left = InvitationsLeft;
        windowStart ??= Setup.Clock.GetUtcNow();
        invitationsLeft = left + change;
    }

    public void Dispose() => Webhooks.Dispose();

    private PortalPerson AddStaff(string email, string firstName, PortalRole role) =>
        People.Add(NewPerson(email, role, Owner) with { FirstName = firstName, LastName = "Staff" });
}
