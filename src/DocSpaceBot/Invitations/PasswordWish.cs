using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Has the portal mail people a link to set a password, who were created and have not taken the account into use: a new invitation link is dead for them
/// (InvitationValidator.cs:161). One call for each, and each at most once, because the portal does not say whom it mailed.
/// </summary>
internal sealed class PasswordWish(WishLook look, FewCalls few, DocSpaceClient docSpace)
{
    /// <summary>Null when everybody is settled, else when to go on.</summary>
    public async Task<DateTimeOffset?> GrantAsync(IReadOnlyList<Invitation> all, int attempt, CancellationToken cancellationToken)
    {
        await look.SettleAsync([.. all.Where(it => it.WishState is WishState.Begun)], WishState.Unknown, null, cancellationToken);
        var asked = all.Where(it => it.WishState is WishState.Asked).ToList();

        for (var done = 0; done < asked.Count; done++)
        {
            IReadOnlyList<WishedFor> found;

            try
            {
                found = await look.LookAsync([asked[done]], cancellationToken);
            }
            catch (DocSpaceException e)
            {
                return await look.DelayAsync([.. asked.Skip(done)], e.Problem, attempt, cancellationToken);
            }

            if (found is [{ Standing: not Standing.Created } late])
            {
                await look.SettleAsync(late, WishState.Refused, late.Standing is Standing.Absent ? Cause.Gone : null, cancellationToken);
            }
            else if (await MailAsync([.. asked.Skip(done)], attempt, cancellationToken) is { } next)
            {
                return next;
            }
        }

        return null;
    }

    /// <summary>Mails the first. Null when that is settled, else when to go on with it and the others.</summary>
    private async Task<DateTimeOffset?> MailAsync(IReadOnlyList<Invitation> left, int attempt, CancellationToken cancellationToken)
    {
        if (await few.TakeAsync(PortalFacts.PasswordCalls, cancellationToken) is { } later)
        {
            return await look.WaitAsync(left, later, cancellationToken);
        }

        if (await look.BeginAsync([left[0]], Wish.PasswordMail, cancellationToken) is not [var begun])
        {
            return null;
        }

        try
        {
            await docSpace.SendPasswordMailAsync(begun.Email, cancellationToken);
        }
        catch (DocSpaceException e) when (e.Problem.MayHaveHappened)
        {
            await look.SettleAsync([begun], WishState.Unknown, null, cancellationToken);
            return null;
        }
        catch (DocSpaceException e)
        {
            return await look.NotMadeAsync([begun], e.Problem, attempt, cancellationToken);
        }

        await look.SettleAsync([begun], WishState.Done, null, cancellationToken);
        return null;
    }
}
