using DocSpace.Api;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Tests.Invitations;

/// <summary>What people read about what they asked for after an invitation.</summary>
public sealed class WishWordsTests
{
    private static readonly WishState[] Ends = [WishState.Done, WishState.Refused, WishState.Unknown];

    [Fact]
    public void Every_end_has_words_of_its_own() =>
        Assert.Distinct(
            from wish in Enum.GetValues<Wish>()
            from state in Ends
            select WishWords.For(An.Invitation(InvitationStatus.Invited) with { Wish = wish, WishState = state })!
        );

    [Fact]
    public void Nobody_reads_of_a_wish_that_was_not_said()
    {
        Assert.Null(WishWords.For(An.Invitation(InvitationStatus.Invited)));
        Assert.Null(WishWords.For(An.Invitation(InvitationStatus.Approved) with { Wish = Wish.ChangeRole }));
    }

    [Theory]
    [InlineData(nameof(Cause.SeatsFull), "Ask an operator for more seats.")]
    [InlineData(nameof(Cause.NotTheirs), "This person may do more than was asked for.")]
    [InlineData(nameof(Cause.ScopeMissing), "An operator has to add it (accounts:write and accounts:read).")]
    [InlineData(nameof(Cause.AccountDisabled), "The account is disabled.")]
    public void Why_a_role_stays_is_said_with_what_to_do(string cause, string words) =>
        Assert.Contains(
            words,
            WishWords.For(
                An.Invitation(InvitationStatus.AlreadyMember) with
                {
                    Wish = Wish.ChangeRole,
                    WishState = WishState.Refused,
                    WishCause = Enum.Parse<Cause>(cause),
                    PortalRole = DocSpaceRole.RoomAdmin,
                }
            ),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(nameof(Wish.Resend), "The person has joined meanwhile")]
    [InlineData(nameof(Wish.Revoke), "the person has joined already")]
    public void Of_somebody_who_has_joined_it_is_said_that_it_was_too_late(string wish, string words) =>
        Assert.Contains(
            words,
            WishWords.For(An.Invitation(InvitationStatus.Welcomed) with { Wish = Enum.Parse<Wish>(wish), WishState = WishState.Refused }),
            StringComparison.Ordinal
        );
}
