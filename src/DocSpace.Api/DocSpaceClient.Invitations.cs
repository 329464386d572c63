using DocSpace.Api.Http;
using DocSpace.Api.Wire;

namespace DocSpace.Api;

/// <summary>One address to invite. <see cref="DocSpaceRole.Guest"/> is refused by every portal here; guests come by link or into a room.</summary>
public sealed record EmailInvitation(string Email, DocSpaceRole Role)
{
    public override string ToString() => Role.ToString();
}

/// <summary>
/// Somebody to create. The portal takes names of letters, apostrophes, spaces and hyphens only, at most 64 characters; the first name is required.
/// </summary>
public sealed record NewPerson(string Email, string FirstName, string LastName, DocSpaceRole Role)
{
    /// <summary>One of <see cref="DocSpaceClient.GetCulturesAsync"/>, at most 20 characters.</summary>
    public string? Culture { get; init; }

    public override string ToString() => Role.ToString();
}

public sealed partial class DocSpaceClient
{
    // Each invitation costs a record, a link, a mail and a webhook inside the request.
    private static readonly TimeSpan MailingTimeout = TimeSpan.FromSeconds(100);

    /// <summary>
    /// Invites by e-mail (<c>POST people/invite</c>, <c>UserController.cs:428</c>; at most 25 a call are advisable). The answer is ignored on purpose: it
    /// lists every pending person of the portal and says nothing about those just invited. Neither success nor failure tells what happened to one address:
    /// servers up to 3.6.1 skip bad ones silently, later ones stop there and leave the ones before invited, and somebody who exists gets no mail.
    /// So look the addresses up afterwards. Repeating is safe; it mails nobody twice.
    /// </summary>
    /// <param name="invitations">At least one.</param>
    /// <param name="culture">
    /// The language of the mails, checked against <see cref="GetCulturesAsync"/>: with a name the portal does not know it makes the first person without
    /// mailing them, and fails. Null = the portal's own.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; invitations that were sent stay.</param>
    /// <exception cref="DocSpaceException">
    /// <see cref="DocSpaceProblemKind.LimitReached"/> without a wait when the portal has fewer invitations left than asked for (none was made).
    /// </exception>
    public Task InviteAsync(IReadOnlyList<EmailInvitation> invitations, string? culture, CancellationToken cancellationToken)
    {
        // The portal would answer an empty list with everybody who is pending.
        if (invitations.Count == 0)
        {
            throw new ArgumentException("Nobody to invite.", nameof(invitations));
        }

        var items = invitations.Select(it => new InviteItem(it.Email, DocSpaceRoles.WireName(it.Role))).ToList();

        return SendAsync(
            new Call(HttpMethod.Post, "people/invite")
            {
                Body = Json(new InviteBody(items, Given(culture)), WireJson.Default.InviteBody),
                AttemptTimeout = MailingTimeout,
                MayStopHalfway = items.Count > 1 || Given(culture) is not null,
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Creates an active person with a random password and mails an activation link (<c>POST people</c>, <c>UserController.cs:239</c>). Such a person can
    /// never use an invitation link. Where no paid seat is free, the portal quietly makes a plain user instead: look at the answer's role.
    /// An address that exists, in whatever state, is <see cref="DocSpaceProblemKind.Invalid"/>, and so is a name with other characters than a name has.
    /// </summary>
    public async Task<DocSpacePerson> CreatePersonAsync(NewPerson person, CancellationToken cancellationToken)
    {
        var body = new NewPersonBody(
            person.FirstName,
            person.LastName,
            person.Email,
            DocSpaceRoles.WireName(person.Role),
            Given(person.Culture)
        );
        var call = new Call(HttpMethod.Post, "people")
        {
            Body = Json(body, WireJson.Default.NewPersonBody),
            AttemptTimeout = TimeSpan.FromSeconds(60),
        };

        var answer = await SendAsync(call, WireJson.Default.EnvelopePersonWire, cancellationToken);
        return answer.Response?.ToPerson() ?? throw Unreadable(call);
    }

    /// <summary>
    /// Mails new links to people who are pending (<c>PUT people/invite</c>, <c>UserController.cs:1407</c>); all ids in one call, because a portal may allow
    /// 5 calls in 15 minutes only. People who are active or disabled, or whose role the key's owner may not invite, are skipped without a word. Of no use
    /// for people made by <see cref="CreatePersonAsync"/>: the link they get does not let them in.
    /// </summary>
    public Task ResendAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            throw new ArgumentException("Nobody is named.", nameof(ids));
        }

        return ResendAsync(new ResendBody(ids, ResendAll: false), cancellationToken);
    }

    /// <summary>As <see cref="ResendAsync(IReadOnlyList{Guid}, CancellationToken)"/>, to everybody who is pending; needs an admin's key.</summary>
    public Task ResendAllAsync(CancellationToken cancellationToken) =>
        ResendAsync(new ResendBody(null, ResendAll: true), cancellationToken);

    /// <summary>
    /// Has the portal mail somebody a link to set a new password (<c>POST people/password</c>). For people whom an administrator created it is the only mail
    /// that lets them in, since an invitation link is dead for whoever owns a password; using it activates the account, and no webhook tells of that. A portal
    /// may take five such calls in a quarter of an hour. It does not say whether anybody has the address.
    /// </summary>
    public Task SendPasswordMailAsync(string email, CancellationToken cancellationToken) =>
        SendAsync(
            new Call(HttpMethod.Post, "people/password")
            {
                Body = Json(new PasswordBody(email), WireJson.Default.PasswordBody),
                AttemptTimeout = MailingTimeout,
                IsOpenToAll = true,
            },
            cancellationToken
        );

    /// <summary>
    /// Disables or enables people (<c>PUT people/status/{status}</c>, <c>UserController.cs:2075</c>). Disabling somebody pending revokes the invitation;
    /// enabling them makes them pending again. Not for the owner, the key's owner and LDAP people.
    /// </summary>
    /// <param name="ids">At least one.</param>
    /// <param name="status"><see cref="PersonStatus.Active"/> or <see cref="PersonStatus.Terminated"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The people as they are now.</returns>
    public Task<IReadOnlyList<DocSpacePerson>> SetStatusAsync(
        IReadOnlyList<Guid> ids,
        PersonStatus status,
        CancellationToken cancellationToken
    )
    {
        if (status is not (PersonStatus.Active or PersonStatus.Terminated))
        {
            throw new ArgumentOutOfRangeException(nameof(status), status, "A person can be made active or terminated only.");
        }

        return ChangeAsync($"people/status/{status}", ids, cancellationToken);
    }

    /// <summary>
    /// Promotes people (<c>PUT people/type/{type}</c>) and mails them; the owner's key may also make DocSpace admins room admins. Every other demotion is
    /// <see cref="DocSpaceProblemKind.Forbidden"/>, see <see cref="LowerRoleAsync"/>.
    /// </summary>
    /// <returns>The people as they are now.</returns>
    public Task<IReadOnlyList<DocSpacePerson>> SetRoleAsync(
        IReadOnlyList<Guid> ids,
        DocSpaceRole role,
        CancellationToken cancellationToken
    ) => ChangeAsync($"people/type/{DocSpaceRoles.WireName(role)}", ids, cancellationToken);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    // The answer holds everybody the key may see of those asked for, without a hint at who was mailed.
    private Task ResendAsync(ResendBody body, CancellationToken cancellationToken) =>
        SendAsync(
            new Call(HttpMethod.Put, "people/invite") { Body = Json(body, WireJson.Default.ResendBody), AttemptTimeout = MailingTimeout },
            cancellationToken
        );

    private async Task<IReadOnlyList<DocSpacePerson>> ChangeAsync(string path, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            throw new ArgumentException("Nobody is named.", nameof(ids));
        }

        var call = new Call(HttpMethod.Put, path)
        {
            Body = Json(new PeopleBody(ids), WireJson.Default.PeopleBody),
            MayStopHalfway = ids.Count > 1,
        };
        return People((await SendAsync(call, WireJson.Default.EnvelopeListPersonWire, cancellationToken)).Response);
    }
}
