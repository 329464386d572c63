using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;

namespace DocSpaceBot.Invitations;

/// <summary>Somebody about whom something is wanted, as the portal shows them; null where the account is gone.</summary>
internal sealed record WishedFor(Invitation Invitation, DocSpacePerson? Person)
{
    public Standing Standing => PortalStanding.Of(Person);
}

/// <summary>Looks at people about whom something is wanted, and keeps what follows from that.</summary>
internal sealed class WishLook(InvitationStore invitations, DocSpaceClient docSpace, TimeProvider clock)
{
    /// <summary>How often an answer that cannot be understood is asked for again.</summary>
    private const int MostUnclearTries = 5;

    /// <summary>
    /// The account that the invitation was about, and no other: somebody may have the address by now whom others have invited.
    /// </summary>
    public async Task<IReadOnlyList<WishedFor>> LookAsync(IReadOnlyList<Invitation> all, CancellationToken cancellationToken)
    {
        var found =
            all.Count > 1
                ? await docSpace.FindByEmailsAsync([.. all.Select(it => it.Email)], cancellationToken)
                : new Dictionary<string, DocSpacePerson>(StringComparer.Ordinal);
        var people = new List<WishedFor>(all.Count);

        foreach (var it in all)
        {
            people.Add(
                new(
                    it,
                    it.PortalUser is not { } id ? null
                        : found.GetValueOrDefault(it.Email) is { } person && person.Id == id ? person
                        : await docSpace.GetPersonAsync(id, cancellationToken)
                )
            );
        }

        return people;
    }

    /// <summary>Notes that the calls are about to be made, and tells for whom they may be.</summary>
    public async Task<IReadOnlyList<Invitation>> BeginAsync(
        IReadOnlyList<Invitation> all,
        Wish wish,
        CancellationToken cancellationToken
    ) => await ApplyAsync(all.Select(it => (it, (InvitationEvent)new InvitationEvent.WishBegun(wish))), cancellationToken);

    /// <summary>For those of whom the wish has had its answer.</summary>
    public async Task SettleAsync(IReadOnlyList<Invitation> all, WishState outcome, Cause? cause, CancellationToken cancellationToken) =>
        await ApplyAsync(
            all.Select(it => (it, (InvitationEvent)new InvitationEvent.WishSettled(it.Wish!.Value, outcome, cause, clock.GetUtcNow()))),
            cancellationToken
        );

    /// <summary>What the look told of one, and if it told more than that, the rest too: who has joined, or is gone, is not waited for.</summary>
    public async Task SettleAsync(WishedFor seen, WishState outcome, Cause? cause, CancellationToken cancellationToken)
    {
        var it = seen.Invitation;
        var now = clock.GetUtcNow();
        List<(Invitation, InvitationEvent)> happened =
        [
            (it, new InvitationEvent.WishSettled(it.Wish!.Value, outcome, cause, now) { Role = seen.Person?.Role }),
        ];

        if (seen.Standing is not (Standing.Pending or Standing.Created))
        {
            happened.Add(
                (
                    it,
                    new InvitationEvent.SeenOnPortal(seen.Standing, now, NoticedBy.Look)
                    {
                        Role = seen.Person?.Role,
                        IsConfirmed = seen.Person?.IsEmailConfirmed is true,
                    }
                )
            );
        }

        await ApplyAsync(happened, cancellationToken);
    }

    /// <summary>A look went wrong. Null when nothing more is tried, else when to go on.</summary>
    public async Task<DateTimeOffset?> DelayAsync(
        IReadOnlyList<Invitation> all,
        DocSpaceProblem problem,
        int attempt,
        CancellationToken cancellationToken
    )
    {
        var cause = PortalStanding.CauseOf(problem);

        if (!IsPassing(cause) && !(cause is Cause.Unclear && attempt < MostUnclearTries) || attempt >= StepWorker.MostAttempts)
        {
            await GiveUpAsync(all, cause, cancellationToken);
            return null;
        }

        await ApplyAsync(
            all.Select(it => (it, (InvitationEvent)new InvitationEvent.WishDelayed(it.Wish!.Value, cause))),
            cancellationToken
        );
        return At(problem, attempt);
    }

    /// <summary>The portal takes no more of these calls until then.</summary>
    public async Task<DateTimeOffset> WaitAsync(IReadOnlyList<Invitation> all, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await ApplyAsync(
            all.Select(it => (it, (InvitationEvent)new InvitationEvent.WishDelayed(it.Wish!.Value, Cause.PortalLimit))),
            cancellationToken
        );
        return until;
    }

    /// <summary>A call went wrong, and what was wanted has not been done. Null when nothing more is tried, else when to go on.</summary>
    public async Task<DateTimeOffset?> NotMadeAsync(
        IReadOnlyList<Invitation> all,
        DocSpaceProblem problem,
        int attempt,
        CancellationToken cancellationToken
    )
    {
        var cause = PortalStanding.CauseOf(problem);

        if (!IsPassing(cause) || attempt >= StepWorker.MostAttempts)
        {
            await SettleAsync(all, WishState.Refused, cause, cancellationToken);
            return null;
        }

        await ApplyAsync(
            all.Select(it => (it, (InvitationEvent)new InvitationEvent.WishNotMade(it.Wish!.Value, cause))),
            cancellationToken
        );
        return At(problem, attempt);
    }

    /// <summary>Of a call that has begun and cannot be looked after nobody knows what has come of it; without one nothing has been done.</summary>
    public async Task GiveUpAsync(IReadOnlyList<Invitation> all, Cause cause, CancellationToken cancellationToken)
    {
        await SettleAsync([.. all.Where(it => it.WishState is WishState.Begun)], WishState.Unknown, cause, cancellationToken);
        await SettleAsync([.. all.Where(it => it.WishState is WishState.Asked)], WishState.Refused, cause, cancellationToken);
    }

    /// <summary>It goes by; the others stay until somebody does something about them.</summary>
    public static bool IsPassing(Cause cause) => cause is Cause.PortalUnavailable or Cause.PortalLimit;

    /// <summary>The portal has taken it on and is not through with it. Null when it is not waited for any more, else when to look again.</summary>
    public async Task<DateTimeOffset?> StillAtWorkAsync(Invitation it, int attempt, CancellationToken cancellationToken)
    {
        if (attempt < StepWorker.MostAttempts)
        {
            return At(null, attempt);
        }

        await SettleAsync([it], WishState.Unknown, null, cancellationToken);
        return null;
    }

    private DateTimeOffset At(DocSpaceProblem? problem, int attempt) =>
        clock.GetUtcNow() + (problem?.RetryAfter ?? StepWorker.Backoff(attempt));

    private async Task<IReadOnlyList<Invitation>> ApplyAsync(
        IEnumerable<(Invitation It, InvitationEvent Happened)> all,
        CancellationToken cancellationToken
    )
    {
        var events = all.Select(pair => (pair.It.Id, pair.Happened)).ToList();
        return events.Count == 0
            ? []
            : [.. (await invitations.ApplyAsync(events, cancellationToken)).OfType<Transition.Moved>().Select(moved => moved.Invitation)];
    }
}
