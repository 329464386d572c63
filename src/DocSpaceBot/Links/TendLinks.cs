using DocSpace.Api;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.Links;

/// <summary>
/// Brings DocSpace to where the bot's links of a role are: makes those that were asked for, replaces and revokes. There is one such step for a role at a
/// time, because DocSpace has one link for a role; what it finds done already it does not do again.
/// </summary>
internal sealed class TendLinks(
    LinkStore links,
    InvitationStore invitations,
    ManagedLinks managed,
    LinkVault vault,
    Database database,
    DocSpaceClient docSpace,
    IOptions<DocSpaceOptions> options,
    TimeProvider clock
) : IStep
{
    private const int MostUnclearTries = 5;

    /// <summary>When a link that could not be replaced in time is tried again.</summary>
    private static readonly TimeSpan AgainAfter = TimeSpan.FromHours(1);

    /// <summary>How long a portal that is away is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private readonly Uri portal = new(options.Value.BaseUrl);

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        var role = Enum.Parse<DocSpaceRole>(step.Subject);
        var work = await links.ListWorkAsync(role, clock.GetUtcNow(), cancellationToken);

        try
        {
            await TendAsync(role, work, cancellationToken);
        }
        catch (DocSpaceException e)
        {
            return await WaitAsync(work, e.Problem, step.Attempts, cancellationToken);
        }

        var now = clock.GetUtcNow();
        work = await links.ListWorkAsync(role, now, cancellationToken);

        // What DocSpace has not ended by itself is revoked when it is over.
        var ends = work.Good.Where(link => !link.IsOldKind).Select(link => (DateTimeOffset?)link.ExpiresAt);
        return work.Good.Select(link => link.RenewBy).Concat(ends).Append(work.NextOut).Min() is not { } next
            ? StepOutcome.Done
            : StepOutcome.Again(next > now ? next : now + AgainAfter);
    }

    public async Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var work = await links.ListWorkAsync(Enum.Parse<DocSpaceRole>(step.Subject), now, cancellationToken);
        await FailAsync(work, Cause.Unclear, cancellationToken);
    }

    private async Task TendAsync(DocSpaceRole role, LinkWork work, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        // Also where none is noted: it may have been revoked, and not made again.
        var isConcerned =
            work.Asked.Count > 0
            || work.Good.Concat(work.Stopped).Any(link => !link.IsOldKind)
            || await links.FindPortalLinkAsync(role, cancellationToken) is not (null or { Id: null, BegunAt: null });
        var own = isConcerned ? await OwnAsync(role, work, cancellationToken) : new(null, IsKnown: false);

        foreach (var link in own.RevokedThere)
        {
            await ChangeAsync(
                link.Id,
                it => it with { StoppedAt = it.StoppedAt ?? now, Revoked = Revocation.Done },
                LedgerKind.LinkRevoked,
                "by somebody else, in DocSpace",
                cancellationToken
            );
        }

        foreach (var link in work.Stopped)
        {
            var (outcome, words) =
                link.IsOldKind ? (Revocation.CannotBe, "links of this kind cannot be revoked")
                : own.IsKnown ? (Revocation.Done, "looked up: it is gone")
                : (Revocation.Failed, "DocSpace does not tell of it any more");
            await ChangeAsync(link.Id, it => it with { Revoked = outcome }, LedgerKind.LinkRevoked, words, cancellationToken);
        }

        await RenewAsync(role, work.Good.Except(own.RevokedThere).ToList(), own, cancellationToken);

        if (work.Asked.Count == 0)
        {
            return;
        }

        foreach (var (request, it) in work.Asked)
        {
            var usable = own.Link is { Url: not null } ? own.Link : null;
            var url = usable?.Url ?? await OldKindAsync(role, cancellationToken);

            if (url is null)
            {
                await ApplyAsync([it], new InvitationEvent.PortalRefused(Cause.NoLinkForRole, now), cancellationToken);
            }
            else
            {
                await MakeAsync(request, it, url, usable, cancellationToken);
            }
        }
    }

    /// <summary>A portal that has inviting switched off says so to both kinds of calls in the same way as to a role that is not allowed.</summary>
    private async Task<ManagedLink> OwnAsync(DocSpaceRole role, LinkWork work, CancellationToken cancellationToken)
    {
        try
        {
            var own = await managed.KeepAsync(role, work, cancellationToken);
            return own.Link is { Url: { } url } link && !PortalAddress.IsWeb(url) ? own with { Link = link with { Url = null } } : own;
        }
        catch (DocSpaceException e)
            when (e.Problem is { Kind: DocSpaceProblemKind.Forbidden, MayHaveHappened: false, IsIpRestriction: false }
                && work.Stopped.All(link => link.IsOldKind)
                && work.Good.All(link => link.IsOldKind)
            )
        {
            // The old kind says by an empty answer that the role is not allowed.
            return new(null, IsKnown: false);
        }
    }

    /// <summary>Null when the key's owner may not bring in this role.</summary>
    private async Task<string?> OldKindAsync(DocSpaceRole role, CancellationToken cancellationToken) =>
        await docSpace.GetInviteLinkAsync(role, cancellationToken) is { } url && PortalAddress.IsWeb(url) ? url : null;

    /// <summary>
    /// Replaces what is to be replaced; whoever stands for DocSpace's own link gets the address that it has now, and one of the old kind where it could not be
    /// made again.
    /// </summary>
    private async Task RenewAsync(DocSpaceRole role, IReadOnlyList<SharedLink> good, ManagedLink own, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        foreach (var link in good)
        {
            // DocSpace's link has another address for another key; whoever has the one before can still use it.
            var isSame = !link.IsOldKind && own.Link?.Id == link.PortalLink;
            var kept = vault.Open(link.Secret, link.Id.Value);
            var isLost = !link.IsOldKind && own is { Link: null, IsKnown: true };
            var url =
                link.IsOldKind || isLost
                    ? isLost || link.RenewAskedAt is not null || link.RenewBy <= now || kept is null
                        ? await OldKindAsync(role, cancellationToken)
                        : null
                    : own.Link?.Url is { } present && present != kept
                        ? present
                        : null;

            if (url is not null || link.RenewAskedAt is not null)
            {
                await ChangeAsync(
                    link.Id,
                    it =>
                        url is null
                            ? it with
                            {
                                RenewAskedAt = null,
                                Cause = Cause.NoLinkForRole,
                            }
                            : Sealed(it, url, now) with
                            {
                                PortalLink = it.IsOldKind ? null : own.Link?.Id,
                                RenewAskedAt = isSame ? it.RenewAskedAt : null,
                                RenewedAt = isSame ? it.RenewedAt : now,
                                Cause = null,
                            },
                    LedgerKind.LinkRenewed,
                    url is null ? "DocSpace gave none"
                        : isSame ? "the same link, sealed anew"
                        : null,
                    cancellationToken,
                    url
                );
            }
        }
    }

    private Task MakeAsync(InviteRequest request, Invitation it, string url, InvitationLink? own, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async unit =>
            {
                var now = clock.GetUtcNow();

                // Taken back in this moment: what DocSpace has made is found there and revoked when the next link is tended.
                if (await invitations.ApplyAsync(unit, it.Id, new InvitationEvent.LinkMade(now)) is not Transition.Moved)
                {
                    await StepQueue.AddAsync(unit, StepKind.TendLinks, it.Role.ToString(), now);
                    return;
                }

                var link = new SharedLink(request.Id, request.TenantId, request.Requester, request.ConversationId, it.Role, it.Link!)
                {
                    MadeAt = now,
                    // Calls take time, and what DocSpace has ended nobody should get.
                    ExpiresAt = own?.Expires < now + it.Link!.Life ? own.Expires.Value : now + it.Link.Life,
                    PortalLink = own?.Id,
                };
                await LinkStore.AddAsync(unit, Sealed(link, url, now), MarkOf(url));

                if (it.Link.ShareIn is { } place)
                {
                    await LinkStore.TryShareAsync(unit, link.Id, new(place, request.Requester, now));
                    unit.Record(
                        new LedgerEntry(LedgerKind.LinkShared, now, link.TenantId)
                        {
                            Request = link.Id,
                            Actor = request.Requester,
                            Right = LedgerRight.Requester,
                        }
                    );
                }

                await LinkStore.ShowAsync(unit, link.Id, now);
            },
            cancellationToken
        );

    private SharedLink Sealed(SharedLink link, string url, DateTimeOffset now) =>
        link with
        {
            Secret = vault.Seal(url, link.Id.Value),
            SecretAt = now,
            Host = PortalAddress.OtherHost(portal, url),
        };

    private string MarkOf(string url) => vault.MarkOf(PortalLinkText.Read(portal, url)?.Canonical ?? url);

    private Task ChangeAsync(
        RequestId id,
        Func<SharedLink, SharedLink> change,
        LedgerKind told,
        string? detail,
        CancellationToken cancellationToken,
        string? url = null
    ) =>
        database.WriteAsync(
            async unit =>
            {
                if (await LinkStore.FindForChangeAsync(unit, id) is not { } link)
                {
                    return;
                }

                var now = clock.GetUtcNow();
                await LinkStore.SaveAsync(unit, change(link));

                if (url is not null)
                {
                    await LinkStore.AddMarkAsync(unit, id, MarkOf(url));
                }

                unit.Record(new LedgerEntry(told, now, link.TenantId) { Request = id, Detail = detail });
                await LinkStore.ShowAsync(unit, id, now);
            },
            cancellationToken
        );

    /// <summary>A no is kept; what goes by is waited for.</summary>
    private async Task<StepOutcome> WaitAsync(LinkWork work, DocSpaceProblem problem, int attempt, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var cause = problem is { Kind: DocSpaceProblemKind.Forbidden, IsIpRestriction: false }
            ? Cause.InvitingOff
            : PortalStanding.CauseOf(problem);
        var waits = cause is Cause.PortalUnavailable or Cause.PortalLimit
            ? work.Asked.Any(it => now - (it.Invitation.WaitingSince ?? now) <= Patience)
                || (work.Asked.Count == 0 && attempt < StepWorker.MostAttempts)
            : cause is Cause.Unclear && attempt < MostUnclearTries;

        if (!waits)
        {
            await FailAsync(work, cause, cancellationToken);

            // What was revoked to be made anew may not be there, and the old kind does not live for ever.
            return work.Good.Any(link => !link.IsOldKind || link.RenewBy is not null)
                ? StepOutcome.Again(now + AgainAfter)
                : StepOutcome.Done;
        }

        var next = now + (problem.RetryAfter ?? StepWorker.Backoff(attempt));
        await ApplyAsync([.. work.Asked.Select(it => it.Invitation)], new InvitationEvent.PortalBusy(cause, next, now), cancellationToken);
        return StepOutcome.TryAgain(next);
    }

    private async Task FailAsync(LinkWork work, Cause cause, CancellationToken cancellationToken)
    {
        await ApplyAsync(
            [.. work.Asked.Select(it => it.Invitation)],
            new InvitationEvent.PortalRefused(cause, clock.GetUtcNow()),
            cancellationToken
        );

        foreach (var link in work.Stopped)
        {
            await ChangeAsync(
                link.Id,
                it => it with { Revoked = Revocation.Failed, Cause = cause },
                LedgerKind.LinkRevoked,
                LedgerWords.For(cause),
                cancellationToken
            );
        }

        foreach (var link in work.Good.Where(link => link.RenewAskedAt is not null))
        {
            await ChangeAsync(
                link.Id,
                it => it with { RenewAskedAt = null, Cause = cause },
                LedgerKind.LinkRenewed,
                LedgerWords.For(cause),
                cancellationToken
            );
        }
    }

    private Task ApplyAsync(IReadOnlyList<Invitation> all, InvitationEvent happened, CancellationToken cancellationToken) =>
        all.Count == 0 ? Task.CompletedTask : invitations.ApplyAsync([.. all.Select(it => (it.Id, happened))], cancellationToken);
}
