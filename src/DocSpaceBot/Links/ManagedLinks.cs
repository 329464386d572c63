using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Links;

/// <summary>What DocSpace's own link of a role has come to.</summary>
/// <param name="Link">Null when it is not needed any more, or cannot be had: the old kind has to do then.</param>
/// <param name="IsKnown">The portal was asked which link it has for the role. False where it has none of this kind.</param>
internal sealed record ManagedLink(InvitationLink? Link, bool IsKnown)
{
    /// <summary>Those of the bot's links that somebody has revoked in DocSpace: they are not made anew against that will.</summary>
    public IReadOnlyList<SharedLink> RevokedThere { get; init; } = [];
}

/// <summary>
/// Keeps the one link that DocSpace 3.7 has for a role as it has to be for the bot's links of that role, which all stand for it. One that
/// somebody else has made is never touched. Nothing is believed that has not been looked up after the call.
/// </summary>
internal sealed class ManagedLinks(LinkStore links, DocSpaceClient docSpace, TimeProvider clock)
{
    /// <summary>DocSpace may keep its times less exactly than they were said.</summary>
    private static readonly TimeSpan SameEnd = TimeSpan.FromMinutes(2);

    /// <exception cref="DocSpaceException">It cannot be said at the moment; everything that was done is kept.</exception>
    public async Task<ManagedLink> KeepAsync(DocSpaceRole role, LinkWork work, CancellationToken cancellationToken)
    {
        // Guests never have one (PortalController.cs:195).
        if (role is DocSpaceRole.Guest)
        {
            return new(null, IsKnown: false);
        }

        InvitationLink? there;

        try
        {
            there = await docSpace.GetInvitationLinkAsync(role, cancellationToken);
        }
        catch (DocSpaceException e) when (e.Problem.Kind is DocSpaceProblemKind.CallMissing)
        {
            return new(null, IsKnown: false);
        }

        var known = await links.FindPortalLinkAsync(role, cancellationToken);
        IReadOnlyList<SharedLink> good = [.. work.Good.Where(link => !link.IsOldKind)];
        IReadOnlyList<SharedLink> revoked = IsGone(there, known) ? [.. good.Where(link => link.PortalLink != there?.Id)] : [];
        good = [.. good.Except(revoked)];

        return there is not null && !await IsOursAsync(role, there, known, work, cancellationToken)
            ? new(null, IsKnown: true) { RevokedThere = revoked }
            : await KeepAsync(role, there, good, work, cancellationToken) with
            {
                RevokedThere = revoked,
            };
    }

    private async Task<ManagedLink> KeepAsync(
        DocSpaceRole role,
        InvitationLink? there,
        IReadOnlyList<SharedLink> good,
        LinkWork work,
        CancellationToken cancellationToken
    )
    {
        if (there is not null && MustGo(there, good, work))
        {
            await RevokeAsync(role, there, cancellationToken);
            there = null;
        }

        var wanted = work.Asked.Select(it => it.Invitation.Link!).ToList();

        if (good.Count + wanted.Count == 0)
        {
            return new(null, IsKnown: true);
        }

        var now = clock.GetUtcNow();
        var ends = WholeSeconds(good.Select(link => link.ExpiresAt).Concat(wanted.Select(terms => now + terms.Life)).Max());

        // Those who came by links that are over count in DocSpace, too.
        var before = Math.Max(0, (there?.Uses ?? 0) - good.Sum(link => link.Taken));
        var uses = Math.Min(LinkTerms.MostUses, before + good.Sum(link => link.Terms.Uses) + wanted.Sum(terms => terms.Uses));

        if (there is null)
        {
            return await MakeAsync(role, ends, uses, replaces: good.Count > 0, cancellationToken);
        }

        if (there.Expires < ends || there.MaxUses < uses)
        {
            var more = Math.Max(uses, there.Uses + wanted.Sum(terms => terms.Uses));
            await docSpace.UpdateInvitationLinkAsync(
                there.Id,
                await InPortalTimeAsync(ends, cancellationToken),
                Math.Min(LinkTerms.MostUses, more),
                cancellationToken
            );
            there = await docSpace.GetInvitationLinkAsync(role, cancellationToken);
        }

        return new(there, IsKnown: true);
    }

    /// <summary>Revoked for everybody who has a copy: it was stopped, is to be replaced, or nothing of the bot's stands for it any more.</summary>
    private static bool MustGo(InvitationLink there, IReadOnlyList<SharedLink> good, LinkWork work) =>
        there.IsExpired
        || good.Count == 0
        || good.Any(link => link.RenewAskedAt is not null && link.PortalLink == there.Id)
        || work.Stopped.Any(link => link.PortalLink == there.Id);

    /// <summary>The bot's own is no longer there, and it was not the bot that was about to revoke it.</summary>
    private static bool IsGone(InvitationLink? there, PortalLink? known) => known is { Id: { } id, BegunAt: null } && there?.Id != id;

    /// <summary>Made by the bot: its number is known, or nobody had one when the call began that makes one, and it is what that asked for.</summary>
    private async Task<bool> IsOursAsync(
        DocSpaceRole role,
        InvitationLink there,
        PortalLink? known,
        LinkWork work,
        CancellationToken cancellationToken
    )
    {
        if (known?.Id == there.Id)
        {
            return true;
        }

        // Whatever became of the note: some have this one, and it is not said to be gone while it is there.
        if (work.Good.Concat(work.Stopped).Any(link => link.PortalLink == there.Id))
        {
            await links.KeepPortalLinkAsync(role, new(there.Id, null), cancellationToken);
            return true;
        }

        if (
            known is not { Id: null, BegunAt: not null, Uses: { } uses, EndsAt: { } ends }
            || there.MaxUses != uses
            || there.Expires is not { } expires
            || (expires - ends).Duration() > SameEnd
        )
        {
            return false;
        }

        await links.KeepPortalLinkAsync(role, new(there.Id, null), cancellationToken);
        return true;
    }

    private async Task RevokeAsync(DocSpaceRole role, InvitationLink there, CancellationToken cancellationToken)
    {
        await links.KeepPortalLinkAsync(role, new(there.Id, clock.GetUtcNow()), cancellationToken);

        try
        {
            await docSpace.DeleteInvitationLinkAsync(there.Id, cancellationToken);
        }
        catch (DocSpaceException e) when (e.Problem.Kind is DocSpaceProblemKind.NotFound)
        {
            // Somebody else was faster.
        }

        if ((await docSpace.GetInvitationLinkAsync(role, cancellationToken))?.Id == there.Id)
        {
            throw new DocSpaceException(new(DocSpaceProblemKind.Unknown));
        }

        await links.KeepPortalLinkAsync(role, new(null, null), cancellationToken);
    }

    /// <param name="replaces">Some have the one before, which is revoked by now: rather the old kind for them than none.</param>
    private async Task<ManagedLink> MakeAsync(
        DocSpaceRole role,
        DateTimeOffset ends,
        int uses,
        bool replaces,
        CancellationToken cancellationToken
    )
    {
        var until = await InPortalTimeAsync(ends, cancellationToken);
        await links.KeepPortalLinkAsync(role, new(null, clock.GetUtcNow()) { Uses = uses, EndsAt = ends }, cancellationToken);

        try
        {
            await docSpace.CreateInvitationLinkAsync(role, until, uses, cancellationToken);
        }
        catch (DocSpaceException e) when (!e.Problem.MayHaveHappened)
        {
            await links.KeepPortalLinkAsync(role, new(null, null), cancellationToken);

            // The key may read but not write, or somebody else has made one in this moment: the old kind will do.
            if (
                e.Problem.Kind is DocSpaceProblemKind.ScopeMissing or DocSpaceProblemKind.Invalid
                || (replaces && e.Problem.Kind is DocSpaceProblemKind.SeatsFull)
            )
            {
                return new(null, IsKnown: true);
            }

            throw;
        }

        var made =
            await docSpace.GetInvitationLinkAsync(role, cancellationToken) ?? throw new DocSpaceException(new(DocSpaceProblemKind.Unknown));
        await links.KeepPortalLinkAsync(role, new(made.Id, null), cancellationToken);
        return new(made, IsKnown: true);
    }

    /// <summary>DocSpace takes the clock time as its own, in the time zone of the portal at that day.</summary>
    private async Task<DateTimeOffset> InPortalTimeAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var settings = await docSpace.GetSettingsAsync(anonymous: false, cancellationToken);
        return settings.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? TimeZoneInfo.ConvertTime(at, zone)
            : at.ToOffset(settings.UtcOffset ?? TimeSpan.Zero);
    }

    /// <summary>DocSpace's times have no fractions; the bot's own limit must not be the later one.</summary>
    private static DateTimeOffset WholeSeconds(DateTimeOffset at) =>
        DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds() + (at.ToUnixTimeMilliseconds() % 1000 > 0 ? 1 : 0));
}
