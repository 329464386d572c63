using static DocSpace.Api.DocSpaceProblemKind;

namespace DocSpace.Api.Tests;

public sealed partial class RecordedExchangeTests
{
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

    private static readonly Guid Bob = Guid.Parse("b1e7a7d2-77c4-4f0d-8f4b-2d0f6d0c9a22");
    private static readonly Guid Cara = Guid.Parse("c4a1d9f8-5b6e-4c3d-9e21-7f8e9d0c1b33");
    private static readonly Guid Olga = Guid.Parse("0d9c1f6a-2a0e-4a70-8a5b-2f5c52fb0a01");
    private static readonly Guid Nobody = Guid.Parse("00000000-0000-0000-0000-000000000001");
    private static readonly DateTimeOffset YearsEnd = new(2026, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>Calls the client makes: the request has to be the recorded one.</summary>
    private static readonly Dictionary<string, Exchange> Ours = new(StringComparer.Ordinal)
    {
        ["invitation-settings"] = new(
            it => it.GetInvitationSettingsAsync(default).BoxedAsync(),
            it => Assert.Equal(new InvitationSettings(AllowInvitingMembers: true, AllowInvitingGuests: true), it)
        ),
        ["invitationlink-create"] = new(
            it => it.CreateInvitationLinkAsync(DocSpaceRole.User, YearsEnd, 25, default).BoxedAsync(),
            it =>
                Assert.Equal(
                    new InvitationLink
                    {
                        Id = Guid.Parse("9a4f6f0e-3a57-4c42-9a0e-0b7f5d1c2e77"),
                        Role = DocSpaceRole.User,
                        Expires = YearsEnd,
                        MaxUses = 25,
                        Url = "https://docspace.example.com/s/gPyxN4j-fnb9WKB",
                    },
                    it
                )
        ),
        ["invitationlink-create-guest-rejected"] = new(
            it => it.CreateInvitationLinkAsync(DocSpaceRole.Guest, null, 5, default).BoxedAsync(),
            Refused(new(Invalid) { HttpStatus = 400 })
        ),
        ["invitationlink-get-none"] = new(it => it.GetInvitationLinkAsync(DocSpaceRole.User, default).BoxedAsync(), Assert.Null),
        ["ip-restricted-403"] = new(
            it => it.GetSelfAsync(default).BoxedAsync(),
            Refused(new(Forbidden) { HttpStatus = 403, IsIpRestriction = true })
        ),
        ["keys-self"] = new(it => it.GetKeyAsync(default).BoxedAsync(), AssertKey),
        ["people-by-email-not-found"] = new(it => it.FindByEmailAsync("nobody@example.com", default).BoxedAsync(), Assert.Null),
        ["people-by-email-pending"] = new(it => it.FindByEmailAsync("bob.johnson@example.com", default).BoxedAsync(), AssertPendingBob),
        ["people-create-email-exists"] = new(
            Create("Alice", "Smith", "alice.smith@example.com"),
            Refused(new(Invalid) { HttpStatus = 400 })
        ),
        ["people-create-guest-forbidden"] = new(
            Create("Gus", "Guest", "gus@partner.example", DocSpaceRole.Guest),
            Refused(new(Forbidden) { HttpStatus = 403 })
        ),
        ["people-create-invalid-email"] = new(
            Create("Alice", "Smith", "not-an-email"),
            Refused(
                new(Invalid)
                {
                    HttpStatus = 400,
                    Fields = ["Email"],
                    Reference = Trace,
                }
            )
        ),
        ["people-create-with-type-user"] = new(
            Create("Alice", "Smith", "alice.smith@example.com"),
            it =>
            {
                var alice = Assert.IsType<DocSpacePerson>(it);
                Assert.Equal(DocSpaceRole.User, alice.Role);
                Assert.Equal("Alice Smith", alice.DisplayName);
                Assert.False(alice.HasJoined); // Active at once, but the activation mail is not used yet.
                Assert.Equal(PersonStatus.Active, alice.Status);
            }
        ),
        ["people-disable"] = new(
            it => it.SetStatusAsync([Bob], PersonStatus.Terminated, default).BoxedAsync(),
            it => Assert.Equal(PersonStatus.Terminated, Assert.Single(Assert.IsType<List<DocSpacePerson>>(it)).Status)
        ),
        ["people-exists-no"] = new(
            it => it.ExistsAsync("nobody@example.com", default).BoxedAsync(),
            it => Assert.Equal(new Existence(Exists: false, null), it)
        ),
        ["people-exists-pending"] = new(
            it => it.ExistsAsync("bob.johnson@example.com", default).BoxedAsync(),
            it => Assert.Equal(new Existence(Exists: true, PersonStatus.Pending), it)
        ),
        ["people-filter-pending-fields"] = new(
            it =>
                it.GetPeopleAsync(new PeopleFilter { Status = PersonStatus.Pending, Fields = PeopleFilter.StatesOnly }, default)
                    .BoxedAsync(),
            it =>
            {
                var page = Assert.IsType<PeoplePage>(it);
                Assert.Equal(2, page.Total);
                Assert.Equal(
                    ["bob.johnson@example.com", "cara.o'neil@example.com"],
                    page.People.Select(person => person.Email),
                    StringComparer.Ordinal
                );
                Assert.All(page.People, person => Assert.False(person.HasJoined));
                Assert.All(page.People, person => Assert.Null(person.Role));
            }
        ),
        ["people-invite-401-bad-key"] = new(Invite("bob.johnson@example.com"), Refused(new(NotAuthorised) { HttpStatus = 401 })),
        ["people-invite-403-missing-scope"] = new(Invite("bob.johnson@example.com"), Refused(new(ScopeMissing) { HttpStatus = 403 })),
        ["people-invite-bad-culture-creates-unmailed-user"] = new(
            it => it.InviteAsync([new("erin@example.com", DocSpaceRole.User)], "some text", default).BoxedAsync(),
            Refused(new(Invalid) { HttpStatus = 400, MayHaveHappened = true })
        ),
        ["people-invite-disabled-user"] = new(Invite("old.user@example.com"), Refused(new(Invalid) { HttpStatus = 400 })),
        ["people-invite-email-fails-strict-regex"] = new(Invite("user@localhost"), Refused(new(Invalid) { HttpStatus = 400 })),
        ["people-invite-email-linked-500"] = new(
            Invite("frank@example.com"),
            Refused(new(Unknown) { HttpStatus = 500, MayHaveHappened = true })
        ),
        ["people-invite-guest-forbidden"] = new(
            it => it.InviteAsync([new("gus@partner.example", DocSpaceRole.Guest)], null, default).BoxedAsync(),
            Refused(new(Forbidden) { HttpStatus = 403 })
        ),
        ["people-invite-invalid-email-validation"] = new(
            Invite("not-an-email"),
            Refused(
                new(Invalid)
                {
                    HttpStatus = 400,
                    Fields = ["Invitations[0].Email"],
                    Reference = Trace,
                }
            )
        ),
        ["people-invite-limit-exceeded"] = new(
            Invite("user1@example.com", "user2@example.com", "user3@example.com"),
            Refused(
                new(LimitReached)
                {
                    HttpStatus = 400,
                    Fields = ["Invitations"],
                    Reference = Trace,
                }
            )
        ),
        ["people-invite-ok"] = new(
            it => it.InviteAsync([new("bob.johnson@example.com", DocSpaceRole.User)], "en-US", default).BoxedAsync(),
            Assert.Null
        ),
        ["people-invite-seats-exceeded"] = new(
            it =>
                it.InviteAsync(
                        [new("ra1@example.com", DocSpaceRole.RoomAdmin), new("ra2@example.com", DocSpaceRole.RoomAdmin)],
                        null,
                        default
                    )
                    .BoxedAsync(),
            Refused(new(SeatsFull) { HttpStatus = 402, MayHaveHappened = true })
        ),
        ["people-resend-429-sensitive"] = new(
            it => it.ResendAsync([Bob], default).BoxedAsync(),
            Refused(new(LimitReached) { HttpStatus = 429, RetryAfter = TimeSpan.FromMinutes(15) })
        ),
        ["people-resend-ok"] = new(it => it.ResendAsync([Bob, Cara], default).BoxedAsync(), Assert.Null),
        ["portal-invite-link-guest"] = new(
            it => it.GetInviteLinkAsync(DocSpaceRole.Guest, default).BoxedAsync(),
            it => Assert.Equal("https://docspace.example.com/s/5XzpDt6wZRdsTrJ", it)
        ),
        ["portal-suspended-404"] = new(
            it => it.GetSelfAsync(default).BoxedAsync(),
            Refused(new(PortalUnavailable) { HttpStatus = 404, Reference = Trace })
        ),
        ["portal-unpaid-402"] = new(Invite("bob.johnson@example.com"), Refused(new(PortalUnpaid) { HttpStatus = 402, Reference = Trace })),
        ["portal-user-active"] = new(
            it => it.GetPortalUserAsync(Bob, default).BoxedAsync(),
            it =>
            {
                var bob = Assert.IsType<DocSpacePerson>(it);
                Assert.True(bob.HasJoined);
                Assert.True(bob.IsEmailConfirmed);
                Assert.Null(bob.Role);
                Assert.Equal("Bob Johnson", bob.DisplayName);
                Assert.Equal("en-US", bob.Culture);
                Assert.Equal(Olga, bob.CreatedById);
                Assert.Equal(new DateTimeOffset(2026, 9, 1, 8, 30, 0, TimeSpan.Zero), bob.Created);
            }
        ),
        ["portal-user-disabled-still-isactive"] = new(
            it => it.GetPortalUserAsync(Bob, default).BoxedAsync(),
            it =>
            {
                var bob = Assert.IsType<DocSpacePerson>(it);
                Assert.True(bob.IsEmailConfirmed);
                Assert.False(bob.HasJoined);
                Assert.Equal(PersonStatus.Terminated, bob.Status);
            }
        ),
        ["portal-user-not-found"] = new(it => it.GetPortalUserAsync(Nobody, default).BoxedAsync(), Assert.Null),
        ["portal-user-pending"] = new(
            it => it.GetPortalUserAsync(Bob, default).BoxedAsync(),
            it => Assert.False(Assert.IsType<DocSpacePerson>(it).HasJoined)
        ),
        ["quota-seats"] = new(
            it => it.GetQuotaAsync(default).BoxedAsync(),
            it =>
            {
                Assert.Equal(new Seats(3, 2), it);
                Assert.Equal(1, ((Seats)it!).Free);
            }
        ),
        ["room-invite-by-email"] = new(
            it =>
                it.ShareRoomAsync(4211, [new("gus@partner.example", null, RoomAccess.Editing)], "Welcome", "en-US", notify: true, default)
                    .BoxedAsync(),
            it =>
            {
                var sharing = Assert.IsType<RoomSharing>(it);
                Assert.False(sharing.HasWarning);
                Assert.Empty(sharing.Members); // Who was named by address is not in the answer.
            }
        ),
        ["sendcongratulations-guide-key-rejected"] = new(Congratulate("welcome_guest"), it => Assert.False(Assert.IsType<bool>(it))),
        ["sendcongratulations-narrow-key"] = new(Congratulate("welcome_guest"), it => Assert.False(Assert.IsType<bool>(it))),
        ["settings-anonymous"] = new(it => it.GetSettingsAsync(anonymous: true, default).BoxedAsync(), AssertSettings),
        ["webhook-create"] = new(
            it =>
                it.CreateWebhookAsync("Teams invite bot", new Uri("https://bot.example.com/webhooks/docspace"), "Harness-secret-1", default)
                    .BoxedAsync(),
            Assert.Null
        ),
    };

    private static void AssertPendingBob(object? person)
    {
        var bob = Assert.IsType<DocSpacePerson>(person);
        Assert.Equal(Bob, bob.Id);
        Assert.Equal("bob.johnson@example.com", bob.Email);
        Assert.Equal(PersonStatus.Pending, bob.Status);
        Assert.Equal(ActivationStatus.Pending, bob.Activation);
        Assert.Equal(DocSpaceRole.User, bob.Role);
        Assert.False(bob.HasJoined);
        Assert.False(bob.IsEmailConfirmed);
        Assert.Equal(Olga, bob.CreatedById);
        Assert.Equal(new DateTimeOffset(2026, 9, 1, 8, 30, 0, TimeSpan.Zero), bob.Created);
    }

    private static void AssertKey(object? facts)
    {
        var key = Assert.IsType<ApiKeyFacts>(facts);
        Assert.Equal("ab12", key.Postfix);
        Assert.Equal("Olga Admin", key.OwnerName);
        Assert.Equal(Olga, key.OwnerId);
        Assert.True(key.IsActive);
        Assert.Equal(new DateTimeOffset(2027, 8, 1, 8, 0, 0, TimeSpan.Zero), key.ExpiresAt);
        Assert.True(key.Allows("accounts:write"));
        Assert.True(key.Allows("rooms:read")); // Through *:read.
        Assert.False(key.Allows("*:write"));
    }

    private static void AssertSettings(object? facts)
    {
        var settings = Assert.IsType<PortalSettings>(facts);
        Assert.Equal("Contoso DocSpace", settings.Name);
        Assert.Equal("3.7.2", settings.Version);
        Assert.Equal(0, settings.State);
        Assert.Equal(TimeSpan.Zero, settings.UtcOffset);
        Assert.Equal(@"^[\p{L}\p{M}' \-]+$", settings.UserNamePattern);
        Assert.Null(settings.OwnerId);
        Assert.Null(settings.InvitationsLeft);
        Assert.True(settings.IsStandalone);
        Assert.False(settings.IsSetupUnfinished);
    }
}
