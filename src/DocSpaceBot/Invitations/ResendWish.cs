using DocSpace.Api;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Has the portal send its mail again, in one call for everybody: a portal may take five in a quarter of an hour. The portal never says whom it mailed
/// (UserController.cs:1407), so the call is made at most once.
/// </summary>
internal sealed class ResendWish(WishLook look, DocSpaceClient docSpace)
{
    /// <summary>Null when everybody is settled, else when to go on.</summary>
    public async Task<DateTimeOffset?> GrantAsync(IReadOnlyList<Invitation> all, int attempt, CancellationToken cancellationToken)
    {
        // Begun, and its end was not noted: whoever made the call has died, or is not through with it.
        await look.SettleAsync([.. all.Where(it => it.WishState is WishState.Begun)], WishState.Unknown, null, cancellationToken);
        var asked = all.Where(it => it.WishState is WishState.Asked).ToList();

        if (asked.Count == 0)
        {
            return null;
        }

        IReadOnlyList<WishedFor> found;

        try
        {
            found = await look.LookAsync(asked, cancellationToken);
        }
        catch (DocSpaceException e)
        {
            return await look.DelayAsync(asked, e.Problem, attempt, cancellationToken);
        }

        // A mail is only for those who still wait for one.
        foreach (var late in found.Where(it => it.Standing is not Standing.Pending))
        {
            await look.SettleAsync(late, WishState.Refused, CauseFor(late), cancellationToken);
        }

        var begun = await look.BeginAsync(
            [.. found.Where(it => it.Standing is Standing.Pending).Select(it => it.Invitation)],
            Wish.Resend,
            cancellationToken
        );

        if (begun.Count == 0)
        {
            return null;
        }

        try
        {
            await docSpace.ResendAsync([.. begun.Select(it => it.PortalUser!.Value).Distinct()], cancellationToken);
        }
        catch (DocSpaceException e) when (e.Problem.MayHaveHappened)
        {
            await look.SettleAsync(begun, WishState.Unknown, null, cancellationToken);
            return null;
        }
        catch (DocSpaceException e)
        {
            return await look.NotMadeAsync(begun, e.Problem, attempt, cancellationToken);
        }

        await look.SettleAsync(begun, WishState.Done, null, cancellationToken);
        return null;
    }

    private static Cause? CauseFor(WishedFor late) => late.Standing is Standing.Absent ? Cause.Gone : null;
}
