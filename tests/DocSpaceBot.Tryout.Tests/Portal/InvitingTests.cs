using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout.Tests.Portal;

public sealed class InvitingTests
{
    [Fact]
    public async Task A_new_address_becomes_pending_gets_one_letter_and_joins_from_it()
    {
        await using var it = await PortalFixture.StartAsync();

        var reply = await it.InviteAsync("bob@example.com", culture: "de");

        Assert.Equal(200, reply.Status);
        Assert.Equal(MailKind.Invitation, Assert.Single(it.Portal.MailsTo("bob@example.com")).Kind);
        Assert.Equal((PortalStatus.Pending, PortalActivation.Pending), StateOf(it, "bob@example.com"));

        var joined = await it.Portal.JoinAsync("bob@example.com");

        Assert.True(joined.HasJoined);
        Assert.Equal((PortalStatus.Active, PortalActivation.Activated), StateOf(it, "bob@example.com"));
        Assert.Equal([MailKind.Invitation, MailKind.Welcome], it.Portal.MailsTo("bob@example.com").Select(mail => mail.Kind));
        Assert.Equal(1, it.Portal.InvitationMailsTo("bob@example.com"));
    }

    private static (PortalStatus, PortalActivation) StateOf(PortalFixture it, string email) =>
        it.Portal.Find(email) is { } person ? (person.Status, person.Activation) : default;
}
