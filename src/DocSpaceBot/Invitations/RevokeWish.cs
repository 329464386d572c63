using DocSpace.Api;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>Withdraws an invitation: the account that waits for its owner is disabled, and with it the link in the mail is dead.</summary>
internal sealed class RevokeWish(CarefulCalls calls, DocSpaceClient docSpace)
{
    /// <summary>Null when everybody is settled, else when to go on.</summary>
    public Task<DateTimeOffset?> GrantAsync(IReadOnlyList<Invitation> all, int attempt, CancellationToken cancellationToken) =>
        calls.MakeAsync(all, attempt, Judge, RevokeAsync, cancellationToken);

    private static WishVerdict Judge(WishedFor it) =>
        it.Standing switch
        {
            Standing.Disabled => WishVerdict.Done,
            Standing.Pending or Standing.Created => WishVerdict.NeedsCall,
            Standing.Absent => WishVerdict.Refused(Cause.Gone),
            _ => WishVerdict.Refused(null),
        };

    private async Task<WishCall> RevokeAsync(WishedFor it, CancellationToken cancellationToken)
    {
        await docSpace.SetStatusAsync([it.Person!.Id], PersonStatus.Terminated, cancellationToken);
        return WishCall.Made;
    }
}
