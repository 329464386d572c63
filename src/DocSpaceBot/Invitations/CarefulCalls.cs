using DocSpace.Api;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>What a look says about a wish: how it is settled, or that a call is needed.</summary>
internal sealed record WishVerdict(WishState? Outcome, Cause? Cause)
{
    public static readonly WishVerdict NeedsCall = new(null, null);

    public static readonly WishVerdict Done = new(WishState.Done, null);

    public static WishVerdict Refused(Cause? cause) => new(WishState.Refused, cause);
}

/// <summary>What a call has come to, as far as it says.</summary>
internal sealed record WishCall(bool IsAtWork, DocSpaceProblem? Problem)
{
    /// <summary>The portal is still at it.</summary>
    public static readonly WishCall AtWork = new(true, null);

    public static readonly WishCall Made = new(false, null);
}

/// <summary>
/// Look, note, call, look: for calls that do no harm when they are made twice. One call for each person, so that a refusal is about that person; what
/// stops them all stops the rest.
/// </summary>
internal sealed partial class CarefulCalls(WishLook look, ILogger<CarefulCalls> logger)
{
    /// <param name="judge">What the portal shows about somebody.</param>
    /// <param name="call">Makes the call. Whether it had begun before is on the invitation.</param>
    /// <returns>Null when everybody is settled, else when to go on.</returns>
    public async Task<DateTimeOffset?> MakeAsync(
        IReadOnlyList<Invitation> all,
        int attempt,
        Func<WishedFor, WishVerdict> judge,
        Func<WishedFor, CancellationToken, Task<WishCall>> call,
        CancellationToken cancellationToken
    )
    {
        if (all.Count == 0)
        {
            return null;
        }

        IReadOnlyList<WishedFor> left;

        try
        {
            left = await SettleAsync(await look.LookAsync(all, cancellationToken), judge, cancellationToken);
        }
        catch (DocSpaceException e)
        {
            return await look.DelayAsync(all, e.Problem, attempt, cancellationToken);
        }

        if (left.Count == 0)
        {
            return null;
        }

        var noted = await NoteAsync(left, cancellationToken);
        var made = await CallAsync([.. left.Where(it => noted.ContainsKey(it.Invitation.Id))], call, cancellationToken);
        IReadOnlyList<Invitation> called = [.. noted.Values];

        try
        {
            left = await SettleAsync(await look.LookAsync(called, cancellationToken), judge, cancellationToken);
        }
        catch (DocSpaceException e)
        {
            return await look.DelayAsync(called, e.Problem, attempt, cancellationToken);
        }

        DateTimeOffset? next = null;

        foreach (var it in left)
        {
            var at = await ConcludeAsync(it, made[it.Invitation.Id], attempt, cancellationToken);
            next = next is null || at < next ? at ?? next : next;
        }

        return next;
    }

    private async Task<IReadOnlyList<WishedFor>> SettleAsync(
        IReadOnlyList<WishedFor> found,
        Func<WishedFor, WishVerdict> judge,
        CancellationToken cancellationToken
    )
    {
        var left = new List<WishedFor>();

        foreach (var it in found)
        {
            if (judge(it) is { Outcome: { } outcome } verdict)
            {
                await look.SettleAsync(it, outcome, verdict.Cause, cancellationToken);
            }
            else
            {
                left.Add(it);
            }
        }

        return left;
    }

    /// <summary>Those for whom the call may be made: noted now, or before we were stopped.</summary>
    private async Task<Dictionary<InvitationId, Invitation>> NoteAsync(IReadOnlyList<WishedFor> all, CancellationToken cancellationToken)
    {
        var before = all.Select(it => it.Invitation).Where(it => it.WishState is WishState.Begun);
        var asked = all.Select(it => it.Invitation).Where(it => it.WishState is WishState.Asked).ToList();
        var begun = asked.Count == 0 ? [] : await look.BeginAsync(asked, asked[0].Wish!.Value, cancellationToken);
        return before.Concat(begun).ToDictionary(it => it.Id);
    }

    private async Task<Dictionary<InvitationId, WishCall>> CallAsync(
        IReadOnlyList<WishedFor> all,
        Func<WishedFor, CancellationToken, Task<WishCall>> call,
        CancellationToken cancellationToken
    )
    {
        var made = new Dictionary<InvitationId, WishCall>();
        DocSpaceProblem? stop = null;

        foreach (var it in all)
        {
            WishCall result;

            try
            {
                result = stop is null ? await call(it, cancellationToken) : new(false, stop);
            }
            catch (DocSpaceException e)
            {
                Log.Problem(logger, it.Invitation.Request, it.Invitation.Wish!.Value, e.Message);
                result = new(false, e.Problem);
                stop = WishLook.IsPassing(PortalStanding.CauseOf(e.Problem)) ? e.Problem : null;
            }

            made[it.Invitation.Id] = result;
        }

        return made;
    }

    /// <summary>The second look does not show what was wanted.</summary>
    private async Task<DateTimeOffset?> ConcludeAsync(WishedFor it, WishCall made, int attempt, CancellationToken cancellationToken)
    {
        if (made.IsAtWork)
        {
            return await look.StillAtWorkAsync(it.Invitation, attempt, cancellationToken);
        }

        if (made.Problem is { } problem)
        {
            return await look.NotMadeAsync([it.Invitation], problem, attempt, cancellationToken);
        }

        await look.SettleAsync(it, WishState.Refused, Cause.NothingHappened, cancellationToken);
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "DocSpace did not grant a wish ({Wish}) of request {RequestId}: {Problem}")]
        public static partial void Problem(ILogger logger, RequestId requestId, Wish wish, string problem);
    }
}
