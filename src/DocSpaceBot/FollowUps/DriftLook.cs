using System.Globalization;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.FollowUps;

/// <summary>Somebody who is in DocSpace, and not by an invitation of ours.</summary>
internal sealed record DriftPerson(string Email, bool IsGuest);

/// <summary>What was made around the bot.</summary>
/// <param name="Newest">When the newest of all people was made, by the portal's clock.</param>
/// <param name="Links">The roles whose link is another than it was, and not ours.</param>
/// <param name="AllLinks">Every link that there is now and that is not ours.</param>
internal sealed record Drift(
    IReadOnlyList<DriftPerson> People,
    DateTimeOffset Newest,
    IReadOnlyList<DocSpaceRole> Links,
    IReadOnlyList<Guid> AllLinks
);

/// <summary>Up to whom operators were told, and which links of others there were then.</summary>
/// <param name="Until">When the newest was made of whom they were told, by the portal's clock.</param>
internal sealed record DriftTold(DateTimeOffset Until, IReadOnlyList<Guid> Links)
{
    /// <summary>After a longer time than that it begins anew, as on the first day.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(30);

    /// <summary>Null when there is nothing that can be read.</summary>
    public static DriftTold? Read(string? text) =>
        text?.Split(' ') is [var until, .. var links] && long.TryParse(until, CultureInfo.InvariantCulture, out var time)
            ? new(DateTimeOffset.FromUnixTimeMilliseconds(time), [.. links.Select(Guid.Parse)])
            : null;

    public string Write() =>
        string.Join(' ', [Until.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), .. Links.Select(it => it.ToString())]);
}

/// <summary>Looks into DocSpace for what was made around the bot.</summary>
internal sealed class DriftLook(InvitationStore invitations, LinkStore links, DocSpaceClient docSpace)
{
    private const string Fields = "id,email,status,activationStatus,isVisitor,registrationDate";

    /// <summary>Guests have no link of this kind.</summary>
    private static readonly DocSpaceRole[] RolesWithLinks = [DocSpaceRole.User, DocSpaceRole.RoomAdmin, DocSpaceRole.DocSpaceAdmin];

    /// <exception cref="DocSpaceException">The portal cannot say.</exception>
    /// <param name="told">Null the first time: what is there already is no news then.</param>
    public async Task<Drift> SinceAsync(DriftTold? told, CancellationToken cancellationToken)
    {
        var there = await ListLinksAsync(cancellationToken);
        var (people, newest) = await ListPeopleAsync(told?.Until, cancellationToken);
        return new(
            people,
            newest,
            told is null ? [] : [.. there.Where(link => !told.Links.Contains(link.Id)).Select(link => link.Role)],
            [.. there.Select(link => link.Id)]
        );
    }

    private async Task<(IReadOnlyList<DriftPerson> People, DateTimeOffset Newest)> ListPeopleAsync(
        DateTimeOffset? since,
        CancellationToken cancellationToken
    )
    {
        // Asked for before the portal is: who is found in between is known by then.
        var beingInvited = await invitations.ListNotFoundYetAsync(cancellationToken);
        var found = new List<DocSpacePerson>();
        var latest = since ?? DateTimeOffset.UnixEpoch;
        var newest = new PeopleFilter
        {
            OfEveryStatus = true,
            NewestFirst = true,
            Fields = Fields,
        };

        await foreach (var person in docSpace.GetAllPeopleAsync(newest, cancellationToken))
        {
            latest = person.Created > latest ? person.Created.Value : latest;

            // Newest first: from here on everybody is known, or it is the first time.
            if (since is null || person.Created <= since)
            {
                break;
            }

            found.Add(person);
        }

        var ours = await invitations.ListKnownAsync([.. found.Select(it => it.Id)], cancellationToken);
        return (
            [
                .. found
                    .Where(it => !ours.Contains(it.Id) && !(it.Email is { } email && beingInvited.Contains(EmailAddress.Normalise(email))))
                    .Select(it => new DriftPerson(it.Email ?? "?", it.IsVisitor)),
            ],
            latest
        );
    }

    private async Task<IReadOnlyList<(Guid Id, DocSpaceRole Role)>> ListLinksAsync(CancellationToken cancellationToken)
    {
        var found = new List<(Guid Id, DocSpaceRole Role)>();

        try
        {
            foreach (var role in RolesWithLinks)
            {
                if (
                    await docSpace.GetInvitationLinkAsync(role, cancellationToken) is { } link
                    && !await IsOursAsync(role, link.Id, cancellationToken)
                )
                {
                    found.Add((link.Id, role));
                }
            }
        }
        catch (DocSpaceException e)
            when (e.Problem.Kind is DocSpaceProblemKind.CallMissing or DocSpaceProblemKind.ScopeMissing or DocSpaceProblemKind.Forbidden)
        {
            // A portal before 3.7, or a key that may not look.
        }

        return found;
    }

    private async Task<bool> IsOursAsync(DocSpaceRole role, Guid id, CancellationToken cancellationToken) =>
        (await links.FindPortalLinkAsync(role, cancellationToken))?.Id == id;
}
