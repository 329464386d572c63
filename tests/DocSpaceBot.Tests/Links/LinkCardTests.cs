using DocSpace.Api;
using DocSpaceBot.Approvals;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Links;

namespace DocSpaceBot.Tests.Links;

/// <summary>The card of whoever asked for a link, from the request to the end.</summary>
public sealed class LinkCardTests
{
    private const string Portal = "docspace.example.com";
    private const string Url = "https://docspace.example.com/s/AbC-dEf_GhIjKlM";

    private static readonly Person Olga = new("33333333-3333-4333-8333-333333333339", "Olga Orlova");

    private static readonly InviteRequest Request = An.Request() with { Reason = "Audit of 2026", People = 10 };

    private static readonly Invitation Row = An.Invitation(InvitationStatus.Approved) with { Email = "", Link = LinkTerms.Usual };

    [Fact]
    public void Before_it_is_approved_it_says_who_is_asked() =>
        ApprovedCard.Same(
            "LinkCard.WaitsForApproval",
            For(null) with
            {
                Request = Request with { Number = 7 },
                Row = Row with
                {
                    Status = InvitationStatus.PendingApproval,
                    SendFrom = null,
                    DecideBy = An.Instant.AddDays(7),
                    Link = LinkTerms.Usual with { Domains = ["contoso.com", "contoso.de"] },
                },
            }
        );

    [Fact]
    public void Denied_it_says_who_and_why() =>
        ApprovedCard.Same(
            "LinkCard.Denied",
            For(null) with
            {
                Request = Request with { Number = 7 },
                Row = Row with
                {
                    Status = InvitationStatus.Denied,
                    SendFrom = null,
                    DecideBy = An.Instant.AddDays(7),
                    Denial = new(An.Dana, An.Instant, "Invite them *by mail*"),
                },
            }
        );

    [Fact]
    public void As_long_as_it_can_be_taken_back_it_says_for_how_long() =>
        ApprovedCard.Same("LinkCard.Undo", For(null) with { Row = Row with { SendFrom = An.Instant.AddSeconds(10) } });

    [Fact]
    public void Then_DocSpace_is_asked() => ApprovedCard.Same("LinkCard.Queued", For(null));

    [Fact]
    public void While_DocSpace_is_away_it_says_when_the_next_try_is() =>
        ApprovedCard.Same(
            "LinkCard.Waiting",
            For(null) with
            {
                Row = Row with { Cause = Cause.PortalUnavailable, NextLookAt = An.Instant.AddMinutes(1), WaitingSince = An.Instant },
            }
        );

    [Fact]
    public void Failed_it_says_why_and_what_to_do() =>
        ApprovedCard.Same(
            "LinkCard.Failed",
            For(null) with
            {
                Row = Row with { Status = InvitationStatus.Failed, Cause = Cause.NoLinkForRole },
            }
        );

    [Fact]
    public void Taken_back_it_says_so() =>
        ApprovedCard.Same("LinkCard.TakenBack", For(null) with { Row = Row with { Status = InvitationStatus.Cancelled } });

    [Fact]
    public void Ready_it_holds_the_link() => ApprovedCard.Same("LinkCard.Ready", For(An.Link()));

    [Fact]
    public void Where_others_read_along_it_holds_no_link()
    {
        var card = For(An.Link()) with { Url = null };

        Assert.DoesNotContain("/s/", LinkCard.For(card).ToJson(), StringComparison.Ordinal);
        ApprovedCard.Same("LinkCard.ReadyInChannel", card);
    }

    [Fact]
    public void Of_the_old_kind_it_says_what_DocSpace_does_not_keep() =>
        ApprovedCard.Same(
            "LinkCard.ReadyOldKind",
            For(An.Link() with { Role = DocSpaceRole.Guest, PortalLink = null, ExpiresAt = An.Instant.AddDays(30) }) with
            {
                Row = Row with { Role = DocSpaceRole.Guest },
            }
        );

    [Fact]
    public void A_link_to_another_host_comes_with_a_warning() =>
        ApprovedCard.Same(
            "LinkCard.OtherHost",
            For(An.Link() with { Host = "evil_[host](http://x)" }) with
            {
                Url = "https://evil_host.example/s/AbC",
            }
        );

    [Fact]
    public void Shared_it_says_in_how_many_places_and_how_many_have_it() =>
        ApprovedCard.Same(
            "LinkCard.Shared",
            For(An.Link() with { Taken = 3, Terms = LinkTerms.Usual with { Domains = ["contoso.com"] } }) with
            {
                Shares = [new("19:a", An.Alice, An.Instant), new("19:b", An.Alice, An.Instant)],
                Notice = "Shared. A card with a button goes there; the link itself is not on it.",
            }
        );

    [Fact]
    public void Used_up_it_can_no_longer_be_shared() =>
        ApprovedCard.Same("LinkCard.UsedUp", For(An.Link() with { Taken = 10 }) with { Shares = [new("19:a", An.Alice, An.Instant)] });

    [Fact]
    public void Where_to_share_it_is_chosen() =>
        ApprovedCard.Same(
            "LinkCard.Places",
            For(An.Link()) with
            {
                Places = [("19:onboarding", "Contoso · Onboarding"), ("19:group", "a group chat")],
            }
        );

    [Theory]
    [InlineData("Revoked", Revocation.Done)]
    [InlineData("CannotBeRevoked", Revocation.CannotBe)]
    [InlineData("RevokingFailed", Revocation.Failed)]
    [InlineData("BeingRevoked", null)]
    internal void Stopped_it_says_what_DocSpace_has_made_of_that(string name, Revocation? revoked)
    {
        var stopped = An.Link() with { StoppedAt = An.Instant, StoppedBy = Olga, Revoked = revoked, Taken = 3 };
        var card = For(revoked is Revocation.CannotBe ? stopped with { PortalLink = null } : stopped);

        Assert.DoesNotContain("/s/", LinkCard.For(card).ToJson(), StringComparison.Ordinal);
        ApprovedCard.Same($"LinkCard.Stopped{name}", card);
    }

    [Fact]
    public void Revoked_by_somebody_in_DocSpace_it_says_that() =>
        ApprovedCard.Same("LinkCard.StoppedInDocSpace", For(An.Link() with { StoppedAt = An.Instant, Revoked = Revocation.Done }));

    [Fact]
    public void Expired_it_no_longer_holds_the_link()
    {
        var card = For(An.Link() with { ExpiresAt = An.Instant, Taken = 3 });

        Assert.DoesNotContain("/s/", LinkCard.For(card).ToJson(), StringComparison.Ordinal);
        ApprovedCard.Same("LinkCard.Expired", card);
    }

    [Fact]
    public void While_a_new_one_is_made_it_says_so() =>
        ApprovedCard.Same("LinkCard.Renewing", For(An.Link() with { RenewAskedAt = An.Instant }));

    [Fact]
    public void Renewed_it_says_that_the_one_before_is_no_longer_good() =>
        ApprovedCard.Same("LinkCard.Renewed", For(An.Link() with { RenewedAt = An.Instant, SecretAt = An.Instant }));

    [Fact]
    public void When_it_could_not_be_renewed_it_says_why() =>
        ApprovedCard.Same("LinkCard.NotRenewed", For(An.Link() with { Cause = Cause.PortalUnavailable }));

    [Fact]
    [InGerman]
    public void Whoever_has_Teams_in_German_reads_of_their_link_in_German()
    {
        ApprovedCard.Same("LinkCard.Ready.de", For(An.Link() with { Taken = 3 }));
        ApprovedCard.Same(
            "LinkCard.StoppedCannotBeRevoked.de",
            For(An.Link() with { PortalLink = null, StoppedAt = An.Instant, StoppedBy = Olga, Revoked = Revocation.CannotBe })
        );
    }

    private static LinkPicture For(SharedLink? link) =>
        new(Request, link is null ? Row : Row with { Status = InvitationStatus.LinkReady }, Portal, An.Instant)
        {
            Link = link,
            Url = link is null ? null : Url,
        };

    private static class ApprovedCard
    {
        public static void Same(string name, LinkPicture picture, [System.Runtime.CompilerServices.CallerFilePath] string test = "") =>
            Tests.ApprovedCard.Same(name, LinkCard.For(picture), test);
    }
}
