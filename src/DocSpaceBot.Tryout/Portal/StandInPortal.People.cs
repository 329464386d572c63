namespace DocSpaceBot.Tryout.Portal;

/// <summary>What happens outside the API: letters are read, people register, administrators use the web pages.</summary>
internal sealed partial class StandInPortal
{
    /// <summary>Every letter so far, oldest first.</summary>
    public IReadOnlyList<PortalMail> Mails => Locked(() => portal.Mails.All());

    public PortalPerson Owner => Locked(() => portal.People.Find(portal.Owner.Id)!);

    public IReadOnlyList<PortalPerson> People => Locked(() => portal.People.Entries.Select(entry => entry.Person).ToArray());

    public int Seats
    {
        get => Locked(() => portal.Seats);
        set => Locked(() => portal.Seats = value);
    }

    public bool AllowInvitingMembers
    {
        get => Locked(() => portal.AllowInvitingMembers);
        set => Locked(() => portal.AllowInvitingMembers = value);
    }

    public bool AllowInvitingGuests
    {
        get => Locked(() => portal.AllowInvitingGuests);
        set => Locked(() => portal.AllowInvitingGuests = value);
    }

    public bool RefuseRoleChanges
    {
        get => Locked(() => portal.RefuseRoleChanges);
        set => Locked(() => portal.RefuseRoleChanges = value);
    }

    public IReadOnlyList<PortalMail> MailsTo(string address) => Locked(() => portal.Mails.To(address));

    /// <summary>Letters to this address that a call to the API caused; the portal's own at registration are not counted.</summary>
    public int InvitationMailsTo(string address) => Locked(() => portal.Mails.To(address).Count(mail => mail.IsAskedFor));

    public PortalPerson? Find(string email) => Locked(() => portal.People.FindAnyCase(email));

    /// <summary>A person who was there before; no letter is sent and no webhook is called.</summary>
    public PortalPerson AddPerson(
        string email,
        PortalStatus status = PortalStatus.Active,
        PortalActivation activation = PortalActivation.Activated,
        PortalRole role = PortalRole.User,
        string firstName = "",
        string lastName = ""
    ) =>
        Locked(() =>
            portal.People.Find(email) is not null
                ? throw new StandInException($"{email} is on the portal already.")
                : portal.People.Add(
                    portal.NewPerson(email, role, portal.Owner) with
                    {
                        Status = status,
                        Activation = activation,
                        FirstName = firstName,
                        LastName = lastName,
                        HasPassword = status != PortalStatus.Pending,
                        Joined = status == PortalStatus.Active && activation != PortalActivation.Pending ? portal.Now : null,
                        Terminated = status == PortalStatus.Terminated ? portal.Now : null,
                    }
                )
        );

    /// <summary>An administrator disables the person, as <c>PUT people/status/Terminated</c> does.</summary>
    /// <summary>Another role than was meant, as a portal gives it without a word when its paid seats are taken.</summary>
    public PortalPerson GiveRole(string email, PortalRole role) => Locked(() => portal.People.Save(Known(email) with { Role = role }));

    public PortalPerson Disable(string email) => Locked(() => PortalMembershipRoutes.Disable(Known(email), portal.Owner, portal));

    public PortalPerson Enable(string email) => Locked(() => PortalMembershipRoutes.Enable(Known(email), portal.Owner, portal));

    /// <summary>The person is gone: disabled and deleted.</summary>
    public void Remove(string email) => Locked(() => PortalMembershipRoutes.Delete(Known(email), portal.Owner, portal));

    /// <summary>Makes every invitation of this address fail with an unexpected exception, since it is somebody's third-party login.</summary>
    public void LinkToThirdParty(string email) => Locked(() => portal.LinkedEmails.Add(email));

    /// <summary>One more key of the same creator, with these scopes only.</summary>
    public string AddKey(IReadOnlyList<string> scopes, DateTimeOffset? expires = null, bool isActive = true) =>
        Locked(() =>
            portal
                .Keys.Add(
                    portal.Key with
                    {
                        Id = Guid.NewGuid(),
                        Secret = PortalKey.NewSecret(),
                        Scopes = scopes,
                        Expires = expires,
                        IsActive = isActive,
                        LastUsed = null,
                    }
                )
                .Secret
        );

    /// <summary>
    /// The invitee opens the newest letter with a link and does what it asks: registers, activates, or sets a password.
    /// </summary>
    /// <exception cref="StandInException">There is no such letter, or its link cannot be used any more.</exception>
    public Task<PortalPerson> JoinAsync(string email) => Task.FromResult(Locked(() => PortalRegistration.Join(email, portal)));

    /// <summary>Registers this address through the newest link for anybody that the portal handed out.</summary>
    /// <exception cref="StandInException">There is no such link, it cannot be used any more, or the address has joined already.</exception>
    public Task<PortalPerson> JoinByLinkAsync(string email) => Task.FromResult(Locked(() => PortalRegistration.JoinByLink(email, portal)));

    /// <summary>Who joined by a link confirms the address from the portal's letter.</summary>
    public Task<PortalPerson> ConfirmEmailAsync(string email) =>
        Task.FromResult(Locked(() => PortalRegistration.ConfirmEmail(email, portal)));

    /// <summary>A webhook for all four events about people, registered without the probe.</summary>
    public int AddWebhook(Uri uri, string secret) =>
        Locked(() =>
            portal
                .Webhooks.Save(
                    new PortalWebhook
                    {
                        Id = portal.Webhooks.NextId(),
                        Name = "Teams invite bot",
                        Uri = uri,
                        Secret = secret,
                        Triggers = 15,
                        CreatedBy = portal.Owner.Id,
                        Created = portal.Now,
                    }
                )
                .Id
        );

    public IReadOnlyList<PortalWebhook> Webhooks => Locked(() => portal.Webhooks.All.ToArray());

    /// <summary>Every attempt to deliver an event so far.</summary>
    public IReadOnlyList<WebhookDelivery> WebhookDeliveries => Locked(() => portal.Webhooks.Deliveries.ToArray());

    /// <summary>Completes when this many attempts have been made.</summary>
    public Task WebhookAttemptsAsync(int attempts, CancellationToken cancellationToken) =>
        WhenWebhooksAsync(() => portal.Webhooks.Deliveries.Count >= attempts, cancellationToken);

    /// <summary>Completes when no event waits for an answer or, by the clock, for its next attempt.</summary>
    public Task WebhooksSettledAsync(CancellationToken cancellationToken) =>
        WhenWebhooksAsync(() => portal.Webhooks.Running == 0, cancellationToken);

    /// <summary>A room of the owner; its number is in the addresses under <c>files/rooms</c>.</summary>
    public int AddRoom(string title) => Locked(() => portal.Rooms.Add(title, portal.Owner).Id);

    private async Task WhenWebhooksAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            lock (portal.Gate)
            {
                if (condition())
                    return;
                change = portal.Webhooks.Changed;
            }
            await change.WaitAsync(cancellationToken);
        }
    }

    private PortalPerson Known(string email) =>
        portal.People.FindAnyCase(email) ?? throw new StandInException($"Nobody has the address {email}.");

    private T Locked<T>(Func<T> use)
    {
        lock (portal.Gate)
        {
            portal.RoleChanges.DoDue(portal);
            return use();
        }
    }

    private void Locked(Action use)
    {
        lock (portal.Gate)
            use();
    }
}
