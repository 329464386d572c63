using DocSpace.Api;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Doctor;

/// <summary>Looks at the portal and at the key. What needs a permission that the key lacks is left out: that it lacks it is told.</summary>
internal sealed class PortalFindings(DocSpaceClient docSpace, TimeProvider clock)
{
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(14);

    private static (string Scope, Health Without, string For)[] Scopes =>
        [
            ("accounts:read", Health.Broken, DoctorTexts.ForLookingUp),
            ("accounts:write", Health.Broken, DoctorTexts.ForInviting),
            ("*:read", Health.Attention, DoctorTexts.ForSeats),
            ("rooms:write", Health.Attention, DoctorTexts.ForRooms),
            ("*:write", Health.Attention, DoctorTexts.ForLinks),
        ];

    /// <summary>The key is null when the rest cannot be looked at.</summary>
    public async Task<(IReadOnlyList<Finding> Findings, ApiKeyFacts? Key)> LookAsync(CancellationToken cancellationToken)
    {
        var all = new List<Finding> { await TriedAsync(DoctorTexts.AboutDocSpace, PortalAsync) };

        if (all[0].Health is Health.Broken)
        {
            return (all, null);
        }

        ApiKeyFacts? key = null;
        all.Add(
            await TriedAsync(
                DoctorTexts.AboutKey,
                async token =>
                {
                    key = await docSpace.GetKeyAsync(token);
                    return OfKey(key);
                }
            )
        );

        if (key is null || all[^1].Health is Health.Broken)
        {
            return (all, null);
        }

        all.Add(OfScopes(key));
        all.Add(await TriedAsync(DoctorTexts.AboutInviting, InvitingAsync));

        if (key.Allows("*:read"))
        {
            all.Add(await TriedAsync(DoctorTexts.AboutAccount, AccountAsync));
            all.Add(await TriedAsync(DoctorTexts.AboutSeats, SeatsAsync));
            all.Add(await TriedAsync(DoctorTexts.AboutLimit, LimitAsync));
        }

        return (all, key);

        async Task<Finding> TriedAsync(string about, Func<CancellationToken, Task<Finding>> look)
        {
            try
            {
                return await look(cancellationToken);
            }
            catch (DocSpaceException e)
            {
                return Failed(about, e.Problem);
            }
        }
    }

    /// <summary>What a failed look means, in our words.</summary>
    public static Finding Failed(string about, DocSpaceProblem problem) =>
        problem.Kind switch
        {
            DocSpaceProblemKind.NotAuthorised => new(about, Health.Broken, DoctorTexts.KeyNotAccepted, DoctorTexts.KeyNotAcceptedAdvice),
            DocSpaceProblemKind.PortalUnavailable => new(about, Health.Broken, DoctorTexts.NotReached, DoctorTexts.NotReachedAdvice),
            DocSpaceProblemKind.PortalUnpaid => new(about, Health.Broken, DoctorTexts.Unpaid, DoctorTexts.UnpaidAdvice),
            DocSpaceProblemKind.Forbidden when problem.IsIpRestriction => new(
                about,
                Health.Broken,
                DoctorTexts.IpRefused,
                DoctorTexts.IpRefusedAdvice
            ),
            DocSpaceProblemKind.ScopeMissing or DocSpaceProblemKind.Forbidden => new(
                about,
                Health.Attention,
                DoctorTexts.MayNotLook,
                DoctorTexts.MayNotLookAdvice
            ),
            DocSpaceProblemKind.CallMissing or DocSpaceProblemKind.NotFound => new(
                about,
                Health.Attention,
                DoctorTexts.NotTold,
                DoctorTexts.NotToldAdvice
            ),
            DocSpaceProblemKind.LimitReached => new(about, Health.Attention, DoctorTexts.NoMoreCalls, DoctorTexts.NoMoreCallsAdvice),
            _ => new(about, Health.Attention, DoctorTexts.NoClearAnswer, DoctorTexts.NoClearAnswerAdvice),
        };

    private async Task<Finding> PortalAsync(CancellationToken cancellationToken)
    {
        var about = DoctorTexts.AboutDocSpace;
        var settings = await docSpace.GetSettingsAsync(anonymous: true, cancellationToken);

        if (settings.IsSetupUnfinished)
        {
            return new(about, Health.Broken, DoctorTexts.NotFinished, DoctorTexts.NotFinishedAdvice);
        }

        if (settings.State != 0)
        {
            return new(about, Health.Broken, DoctorTexts.Suspended, DoctorTexts.SuspendedAdvice);
        }

        var version = await VersionAsync(cancellationToken);
        return version switch
        {
            { IsTooOld: true } => new(about, Health.Broken, DoctorTexts.TooOld, DoctorTexts.TooOldAdvice),
            { DocSpace: { } text } when System.Version.TryParse(text.Split('-')[0], out var number) => new(
                about,
                Health.Good,
                DoctorTexts.ReachedVersion.With(number)
            ),
            _ => new(about, Health.Good, DoctorTexts.ReachedNoVersion),
        };
    }

    /// <summary>DocSpace asks its document server for it and may be slow; that is no fault.</summary>
    private async Task<PortalVersion?> VersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await docSpace.GetVersionAsync(cancellationToken);
        }
        catch (DocSpaceException)
        {
            return null;
        }
    }

    private Finding OfKey(ApiKeyFacts key)
    {
        var now = clock.GetUtcNow();
        var renew = DoctorTexts.KeyRenew;

        return key switch
        {
            { IsActive: false } => new(DoctorTexts.AboutKey, Health.Broken, DoctorTexts.KeyOff, DoctorTexts.KeyOffAdvice),
            { ExpiresAt: { } end } when end <= now => new(
                DoctorTexts.AboutKey,
                Health.Broken,
                DoctorTexts.KeyExpired.With(InvitationCard.Time(end)),
                renew
            ),
            { ExpiresAt: { } end } when end - now < ExpiresSoon => new(
                DoctorTexts.AboutKey,
                Health.Attention,
                Expires(InvitationCard.Time(end)),
                renew
            ),
            { ExpiresAt: { } end } => new(DoctorTexts.AboutKey, Health.Good, Expires(InvitationCard.Time(end))),
            _ => new(
                DoctorTexts.AboutKey,
                Health.Good,
                key.OwnerName is { Length: > 0 } name ? DoctorTexts.KeyOfStays.With(CardText.Escape(name)) : DoctorTexts.KeyStays
            ),
        };

        string Expires(string when) =>
            key.OwnerName is { Length: > 0 } name
                ? DoctorTexts.KeyOfExpires.With(CardText.Escape(name), when)
                : DoctorTexts.KeyExpires.With(when);
    }

    private static Finding OfScopes(ApiKeyFacts key)
    {
        var missing = Scopes.Where(it => !key.Allows(it.Scope)).ToList();
        return missing.Count == 0
            ? new(DoctorTexts.AboutPermissions, Health.Good, DoctorTexts.MayEverything)
            : new(
                DoctorTexts.AboutPermissions,
                missing.Max(it => it.Without),
                DoctorTexts.KeyLacks.With(string.Join(", ", missing.Select(it => $"{CardText.Escape(it.Scope)} ({it.For})"))),
                DoctorTexts.KeyLacksAdvice
            );
    }

    private async Task<Finding> AccountAsync(CancellationToken cancellationToken)
    {
        var about = DoctorTexts.AboutAccount;
        var other = DoctorTexts.AccountAdvice;
        return (await docSpace.GetSelfAsync(cancellationToken)).Role switch
        {
            DocSpaceRole.DocSpaceAdmin => new(about, Health.Good, DoctorTexts.AccountOfAdmin),
            DocSpaceRole.RoomAdmin => new(about, Health.Attention, DoctorTexts.AccountOfRoomAdmin, other),
            _ => new(about, Health.Broken, DoctorTexts.AccountOfUser, other),
        };
    }

    private async Task<Finding> InvitingAsync(CancellationToken cancellationToken)
    {
        var about = DoctorTexts.AboutInviting;
        var switchOn = DoctorTexts.InvitingAdvice;

        try
        {
            return await docSpace.GetInvitationSettingsAsync(cancellationToken) switch
            {
                { AllowInvitingMembers: false, AllowInvitingGuests: false } => new(about, Health.Broken, DoctorTexts.InvitingOff, switchOn),
                { AllowInvitingMembers: false } => new(about, Health.Broken, DoctorTexts.InvitingMembersOff, switchOn),
                { AllowInvitingGuests: false } => new(about, Health.Attention, DoctorTexts.InvitingGuestsOff, switchOn),
                _ => new(about, Health.Good, DoctorTexts.InvitingOn),
            };
        }
        catch (DocSpaceException e) when (e.Problem.Kind is DocSpaceProblemKind.CallMissing or DocSpaceProblemKind.NotFound)
        {
            return new(about, Health.Good, DoctorTexts.InvitingNoSwitch);
        }
    }

    private async Task<Finding> SeatsAsync(CancellationToken cancellationToken)
    {
        var about = DoctorTexts.AboutSeats;
        var seats = await docSpace.GetQuotaAsync(cancellationToken);
        return seats switch
        {
            { Total: null } => new(about, Health.Good, DoctorTexts.SeatsNoLimit.With(seats.Used)),
            { Free: 0 } => new(about, Health.Attention, DoctorTexts.SeatsFull.With(seats.Total), DoctorTexts.SeatsFullAdvice),
            _ => new(about, Health.Good, DoctorTexts.SeatsTaken.With(seats.Used, seats.Total)),
        };
    }

    private async Task<Finding> LimitAsync(CancellationToken cancellationToken)
    {
        var about = DoctorTexts.AboutLimit;
        return (await docSpace.GetSettingsAsync(anonymous: false, cancellationToken)).InvitationsLeft switch
        {
            null => new(about, Health.Good, DoctorTexts.NoLimit),
            <= 0 => new(about, Health.Broken, DoctorTexts.NoneLeft, DoctorTexts.NoneLeftAdvice),
            var left => new(about, Health.Good, DoctorTexts.SomeLeft.With(left)),
        };
    }
}
