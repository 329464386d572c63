namespace DocSpaceBot.Tryout.Portal;

internal enum MailKind
{
    Invitation,
    Activation,
    RoomInvitation,
    PasswordReminder,
    Congratulations,

    /// <summary>The portal's own letter when somebody registers.</summary>
    Welcome,
    ConfirmEmail,
    RoleChanged,
}

/// <param name="Link">The short link in the letter, where it has one.</param>
internal sealed record PortalMail(string To, MailKind Kind, DateTimeOffset At, string? Link)
{
    public string? Culture { get; init; }

    /// <summary>The invitation note of a room invitation, or the key of the congratulations.</summary>
    public string? Note { get; init; }

    /// <summary>Whether a call to the API caused this letter (and not the portal's own welcome at registration).</summary>
    public bool IsAskedFor => Kind is not (MailKind.Welcome or MailKind.ConfirmEmail or MailKind.RoleChanged);
}

/// <summary>The letters the portal has sent; guarded by the portal's lock.</summary>
internal sealed class PortalMailbox
{
    private readonly List<PortalMail> all = [];
    private readonly Dictionary<string, List<PortalMail>> byAddress = new(StringComparer.OrdinalIgnoreCase);

    public void Send(PortalMail mail)
    {
        all.Add(mail);
        if (!byAddress.TryGetValue(mail.To, out var mails))
            byAddress[mail.To] = mails = [];
        mails.Add(mail);
    }

    public PortalMail[] All() => [.. all];

    public PortalMail[] To(string address) => byAddress.TryGetValue(address, out var mails) ? [.. mails] : [];
}
