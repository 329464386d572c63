namespace DocSpaceBot.Tryout.Portal;

/// <summary>What a browser does at the confirmation pages; called inside the portal's lock.</summary>
internal static class PortalRegistration
{
    public static PortalPerson Join(string email, PortalState portal)
    {
        var mail = portal
            .Mails.To(email)
            .LastOrDefault(letter => letter.Link is not null && letter.Kind is not (MailKind.ConfirmEmail or MailKind.Welcome));
        if (mail is null)
            throw new StandInException($"No letter with a link was sent to {email}.");
        var link = portal.Links.ByUrl(mail.Link)!;
        if (portal.People.Find(link.Person!.Value) is not { } person)
            throw new StandInException($"{email} was removed from the portal; the link in the letter is dead.");
        if (person.Status == PortalStatus.Terminated)
            throw new StandInException($"{email} is disabled; the link in the letter is dead.");
        if (portal.Links.IsOver(link))
            throw new StandInException($"The link in the newest letter to {email} has expired.");
        return link.Kind switch
        {
            LinkKind.Activation
            or LinkKind.Password when person.Activation == PortalActivation.Activated && link.Kind == LinkKind.Activation =>
                throw new StandInException($"{email} has joined already."),
            LinkKind.Activation => Activate(person, portal),
            // Setting a password proves the address, and nobody is told.
            LinkKind.Password => portal.People.Save(person with { Activation = PortalActivation.Activated, Modified = portal.Now }),
            _ => Register(person, portal),
        };
    }

    public static PortalPerson JoinByLink(string email, PortalState portal)
    {
        var link = portal.Links.NewestShared ?? throw new StandInException("The portal has handed out no link.");
        if (portal.Links.IsOver(link))
            throw new StandInException("The newest link has expired or was taken back.");
        if (link.Role == PortalRole.Guest && !portal.AllowInvitingGuests)
            throw new StandInException("The portal does not let guests in.");
        var managed = link.Managed is { } id ? portal.Links.Managed.GetValueOrDefault(id) : null;
        if (managed is { MaxUses: { } most } && managed.Uses >= most)
            throw new StandInException("The newest link has been used as often as it may be.");
        var person = portal.People.Find(email);
        if (person is { Status: not PortalStatus.Pending })
            throw new StandInException($"{email} is on the portal already.");
        var creator = portal.People.Find(link.CreatedBy) ?? portal.Owner;

        // No seat for who must have one: the server makes a free User of them and says nothing.
        var role = PortalState.IsPaid(link.Role) && portal.FreeSeats == 0 ? PortalRole.User : link.Role;
        var names = NamesOf(email);
        person ??= portal.People.Add(portal.NewPerson(email, role, creator));
        person = portal.People.Save(
            person with
            {
                Status = PortalStatus.Active,
                Activation = PortalActivation.NotActivated,
                FirstName = names.First,
                LastName = names.Last,
                HasPassword = true,
                Joined = portal.Now,
                Modified = portal.Now,
            }
        );
        if (managed is not null)
            portal.Links.Managed[managed.Id] = managed with { Uses = managed.Uses + 1 };
        portal.MailWithoutLink(person, MailKind.Welcome);
        portal.Mail(person, MailKind.ConfirmEmail, creator);
        portal.Webhooks.Raise(WebhookTrigger.UserCreated, person, creator.Id);
        return person;
    }

    public static PortalPerson ConfirmEmail(string email, PortalState portal)
    {
        var mail = portal.Mails.To(email).LastOrDefault(letter => letter.Kind == MailKind.ConfirmEmail);
        if (mail is null || portal.People.FindAnyCase(email) is not { Status: PortalStatus.Active } person)
            throw new StandInException($"No letter to confirm the address was sent to {email}.");
        return portal.Links.IsOver(portal.Links.ByUrl(mail.Link)!)
            ? throw new StandInException($"The link in the newest letter to {email} has expired.")
            : Activate(person, portal);
    }

    private static PortalPerson Register(PortalPerson person, PortalState portal)
    {
        if (person.HasJoined)
            throw new StandInException($"{person.Email} has joined already.");
        if (person.HasPassword)
            throw new StandInException(
                $"{person.Email} owns a password already, so an invitation link is dead: the portal says \"user existed\"."
            );
        var names = NamesOf(person.Email);
        var wasCreated = person.Status == PortalStatus.Active;
        var joined = portal.People.Save(
            person with
            {
                Status = PortalStatus.Active,
                Activation = PortalActivation.Activated,
                FirstName = person.FirstName.Length > 0 ? person.FirstName : names.First,
                LastName = person.LastName.Length > 0 ? person.LastName : names.Last,
                HasPassword = true,
                Joined = portal.Now,
                Modified = portal.Now,
            }
        );
        portal.CountInvitation(+1);
        portal.MailWithoutLink(joined, MailKind.Welcome);
        portal.Webhooks.Raise(wasCreated ? WebhookTrigger.UserUpdated : WebhookTrigger.UserCreated, joined, joined.CreatedBy ?? joined.Id);
        return joined;
    }

    private static PortalPerson Activate(PortalPerson person, PortalState portal)
    {
        var active = portal.People.Save(
            person with
            {
                Activation = PortalActivation.Activated,
                Joined = person.Joined ?? portal.Now,
                Modified = portal.Now,
            }
        );
        portal.Webhooks.Raise(WebhookTrigger.UserUpdated, active, active.Id);
        return active;
    }

    /// <summary>The invitee's own choice; here the address is asked for it.</summary>
    private static (string First, string Last) NamesOf(string email)
    {
        var words = email[..email.IndexOf('@', StringComparison.Ordinal)]
            .Split('.', '_', '-')
            .Select(Word)
            .Where(word => word.Length > 0)
            .ToArray();
        return (words.FirstOrDefault("Invitee"), words.ElementAtOrDefault(1) ?? "Example");
    }

    private static string Word(string text)
    {
        var letters = new string([.. text.Where(char.IsLetter)]);
        return letters.Length > 0 ? char.ToUpperInvariant(letters[0]) + letters[1..] : "";
    }
}
