using DocSpace.Api;
using DocSpaceBot.Invitations;

namespace DocSpaceBot.Tests.Invitations;

/// <summary>The form, as people see it. The files beside this are the cards.</summary>
public sealed class InviteFormTests
{
    private static readonly PortalOffer Offer = new(
        new Seats(3, 1),
        ["en-US", "de", "fr"],
        [new(7, "Q4 Audit"), new(8, "Design *drafts*")]
    );

    [Fact]
    public void Everything_can_be_chosen_that_the_portal_offers() =>
        ApprovedCard.Same("InviteForm.Empty", InviteForm.For(An.Request().Id, Offer, DocSpaceRole.User, FormEntries.None));

    [InGerman]
    [Fact]
    public void Who_reads_German_has_the_form_and_the_names_of_languages_in_German() =>
        ApprovedCard.Same("InviteForm.Empty.de", InviteForm.For(An.Request().Id, Offer, DocSpaceRole.User, FormEntries.None));

    [Fact]
    public void What_is_wrong_stands_at_its_field_and_the_rest_is_kept() =>
        ApprovedCard.Same(
            "InviteForm.Wrong",
            InviteForm.For(
                An.Request().Id,
                Offer,
                DocSpaceRole.User,
                new(
                    new Dictionary<string, string>
                    {
                        [InviteForm.Emails] = "carol@example.com",
                        [InviteForm.Role] = "guest",
                        [InviteForm.Language] = "de",
                        [InviteForm.Reason] = "Audit",
                    },
                    new Dictionary<string, string> { [InviteForm.Room] = "Guests are invited into a room. Say which one." }
                )
            )
        );

    [Fact]
    public void Without_the_portal_the_room_is_typed() =>
        ApprovedCard.Same(
            "InviteForm.WithoutPortal",
            InviteForm.For(An.Request().Id, PortalOffer.Nothing, DocSpaceRole.User, FormEntries.None)
        );
}
