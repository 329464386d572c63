using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Has the portal send its mail again, in one call for many: a portal may take five in a quarter of an hour. The portal never says whom it mailed
/// (UserController.cs:1407), so the call is made at most once.
/// </summary>
internal sealed class ResendWish(WishLook look, FewCalls few, DocSpaceClient docSpace)
{
    /// <summary>The portal mails each of them within the call.</summary>
    private const int MostInACall = 200;

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

        var waiting = found.Where(it => it.Standing is Standing.Pending).Select(it => it.Invitation).ToList();

        DateTimeOffset? first = null;

        // A guest is invited into a room, and only the room mails them again.
        foreach (var room in waiting.GroupBy(it => it.RoomId))
        {
            foreach (var portion in room.Chunk(MostInACall))
            {
                var next = await MailAsync(room.Key, portion, attempt, cancellationToken);
                first = first is null || next < first ? next ?? first : first;
            }
        }

        return first;
    }

    private async Task<DateTimeOffset?> MailAsync(
        int? room,
        IReadOnlyList<Invitation> portion,
        int attempt,
        CancellationToken cancellationToken
    )
    {
        if (
            await few.TakeAsync(room is null ? PortalFacts.MailCalls : PortalFacts.RoomMailCalls(room.Value), cancellationToken) is
            { } later
        )
        {
            return await look.WaitAsync(portion, later, cancellationToken);
        }

        var begun = await look.BeginAsync(portion, Wish.Resend, cancellationToken);

        if (begun.Count == 0)
        {
            return null;
        }

        try
        {
            IReadOnlyList<Guid> people = [.. begun.Select(it => it.PortalUser!.Value).Distinct()];
            await (
                room is { } id
                    ? docSpace.ResendRoomInvitationsAsync(id, people, cancellationToken)
                    : docSpace.ResendAsync(people, cancellationToken)
            );
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
