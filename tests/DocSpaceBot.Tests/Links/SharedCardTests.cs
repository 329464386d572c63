using DocSpace.Api;
using DocSpaceBot.Approvals;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Links;

namespace DocSpaceBot.Tests.Links;

/// <summary>The cards of a link that others than its owner see: in channels, with those who took it, in lists and alarms.</summary>
public sealed class SharedCardTests
{
    private const string Portal = "docspace.example.com";
    private const string Url = "https://docspace.example.com/s/AbC-dEf_GhIjKlM";

    private static readonly Person Olga = new("33333333-3333-4333-8333-333333333339", "Olga Orlova");

    private static readonly SharedLink Link = An.Link() with { Taken = 3 };

    private static readonly SharedLink Stopped = Link with { StoppedAt = An.Instant, StoppedBy = Olga };

    [Fact]
    public void In_a_channel_there_is_a_button_and_no_link() =>
        ApprovedCard.Same("JoinCard.Open", JoinCard.For(Link, Portal, An.Instant, refreshFor: ["29:alice", "29:olga"]));

    [Fact]
    public void Whoever_shared_it_can_stop_it() =>
        ApprovedCard.Same("JoinCard.CanStop", JoinCard.For(Link, Portal, An.Instant, canStop: true, refreshFor: ["29:alice"]));

    [Fact]
    public void One_place_is_left() => ApprovedCard.Same("JoinCard.LastOne", JoinCard.For(Link with { Taken = 9 }, Portal, An.Instant));

    [Fact]
    public void When_none_is_left_nothing_can_be_pressed() =>
        ApprovedCard.Same("JoinCard.UsedUp", JoinCard.For(Link with { Taken = 10 }, Portal, An.Instant, refreshFor: ["29:alice"]));

    [Fact]
    public void When_its_time_is_over_nothing_can_be_pressed() =>
        ApprovedCard.Same("JoinCard.Expired", JoinCard.For(Link with { ExpiresAt = An.Instant }, Portal, An.Instant, refreshFor: ["29:a"]));

    [Theory]
    [InlineData("Revoked", Revocation.Done)]
    [InlineData("CannotBeRevoked", Revocation.CannotBe)]
    [InlineData("RevokingFailed", Revocation.Failed)]
    internal void Stopped_it_says_by_whom_and_whether_copies_still_work(string name, Revocation revoked) =>
        ApprovedCard.Same(
            $"JoinCard.Stopped{name}",
            JoinCard.For(
                Stopped with
                {
                    Revoked = revoked,
                    PortalLink = revoked is Revocation.CannotBe ? null : Link.PortalLink,
                },
                Portal,
                An.Instant,
                canStop: true,
                refreshFor: ["29:alice"]
            )
        );

    [Fact]
    public void It_says_for_which_domains_it_is() =>
        ApprovedCard.Same(
            "JoinCard.OnlyFor",
            JoinCard.For(
                Link with
                {
                    Role = DocSpaceRole.RoomAdmin,
                    Terms = LinkTerms.Usual with { Domains = ["contoso.com", "contoso.de"] },
                },
                Portal,
                An.Instant,
                notice: Refusal.NotYourLink.Text
            )
        );

    [Fact]
    public void What_people_and_portals_are_called_is_text_and_nothing_else()
    {
        var hostile = Link with
        {
            Owner = new(An.Alice.Id, "**Bill** [IT](https://evil.example) group"),
            Terms = LinkTerms.Usual with { Domains = ["a_b_c.example", "[x](http://evil.example)"] },
            Host = "*evil*.example",
        };
        var all = new[]
        {
            JoinCard.For(hostile, "docspace_a_b.example", An.Instant),
            TakenCard.For(hostile, Url, "docspace_a_b.example", An.Instant),
        };

        Assert.All(
            all,
            card => Assert.DoesNotContain("](http", Body(card).Replace($"]({Url})", "", StringComparison.Ordinal), StringComparison.Ordinal)
        );
        ApprovedCard.Same("JoinCard.Hostile", all[0]);
        ApprovedCard.Same("TakenCard.Hostile", all[1]);

        // The text for notifications is not formatted.
        static string Body(Teams.Protocol.Cards.AdaptiveCard card) => (card with { FallbackText = null }).ToJson();
    }

    [Fact]
    public void Whoever_took_it_can_open_it() => ApprovedCard.Same("TakenCard.Good", TakenCard.For(Link, Url, Portal, An.Instant));

    [Fact]
    public void Whoever_took_the_last_one_can_open_it_too() =>
        Assert.Contains(Url, TakenCard.For(Link with { Taken = 10 }, Url, Portal, An.Instant).ToJson(), StringComparison.Ordinal);

    [Fact]
    public void Of_the_old_kind_it_ends_when_DocSpace_ends_it() =>
        ApprovedCard.Same(
            "TakenCard.OldKind",
            TakenCard.For(
                Link with
                {
                    Role = DocSpaceRole.Guest,
                    PortalLink = null,
                    ExpiresAt = An.Instant.AddDays(30),
                },
                Url,
                Portal,
                An.Instant
            )
        );

    [Fact]
    public void Where_it_leads_elsewhere_whoever_took_it_is_warned() =>
        ApprovedCard.Same("TakenCard.OtherHost", TakenCard.For(Link with { Host = "proxy.internal" }, Url, Portal, An.Instant));

    [Fact]
    public void While_the_link_is_not_known_it_comes_later() =>
        ApprovedCard.Same("TakenCard.LinkUnknown", TakenCard.For(Link, null, Portal, An.Instant));

    [Fact]
    public void Stopped_it_is_taken_off_the_card()
    {
        var card = TakenCard.For(Stopped, Url, Portal, An.Instant);

        Assert.DoesNotContain("/s/", card.ToJson(), StringComparison.Ordinal);
        ApprovedCard.Same("TakenCard.Stopped", card);
    }

    [Fact]
    public void Expired_it_is_taken_off_the_card()
    {
        var card = TakenCard.For(Link with { ExpiresAt = An.Instant }, Url, Portal, An.Instant);

        Assert.DoesNotContain("/s/", card.ToJson(), StringComparison.Ordinal);
        ApprovedCard.Same("TakenCard.Expired", card);
    }

    [Fact]
    public void One_open_link_is_listed() =>
        ApprovedCard.Same("LinkListCard.One", LinkListCard.For(new([(Link, 0)], IsEverybodys: false), An.Instant, null, null));

    [Fact]
    public void None_is_listed_any_more() =>
        ApprovedCard.Same("LinkListCard.None", LinkListCard.For(new([], IsEverybodys: false), An.Instant, null, null));

    [Fact]
    public void In_a_channel_each_can_be_shared_there() =>
        ApprovedCard.Same(
            "LinkListCard.InChannel",
            LinkListCard.For(new([(Link, 1), (Link with { Taken = 10 }, 2)], IsEverybodys: false), An.Instant, "19:here", null)
        );

    [Fact]
    public void Operators_see_whose_each_is() =>
        ApprovedCard.Same(
            "LinkListCard.Operator",
            LinkListCard.For(
                new(
                    [
                        (Link, 0),
                        (Link with { Owner = new("b", "Bob *Brandt*"), Role = DocSpaceRole.DocSpaceAdmin, RenewAskedAt = An.Instant }, 3),
                    ],
                    IsEverybodys: true
                ),
                An.Instant,
                null,
                Refusal.NotYourLink.Text
            )
        );

    [Fact]
    public void A_hundred_fit_into_a_message()
    {
        var all = Enumerable.Range(0, 100).Select(number => (Link with { Id = RequestId.New(), Taken = number % 11 }, number)).ToList();
        var card = LinkListCard.For(new(all, IsEverybodys: true), An.Instant, "19:here", null);

        Assert.InRange(card.ToJson().Length, 1, 28_000);
        Assert.Contains("100 open links", card.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_alarm_can_be_answered_with_one_click() =>
        ApprovedCard.Same(
            "AlarmCard.Raised",
            AlarmCard.For(
                Link with
                {
                    Taken = 10,
                    Terms = LinkTerms.Usual with { Uses = 100 },
                },
                An.Request() with
                {
                    Reason = "Audit *2026*",
                },
                Portal,
                An.Instant
            )
        );

    [Fact]
    [InGerman]
    public void For_whoever_has_Teams_in_German_they_are_in_German()
    {
        var known = PortalLinkText.Read(new Uri("https://docspace.example.com"), Url)!;

        ApprovedCard.Same("JoinCard.Open.de", JoinCard.For(Link, Portal, An.Instant, canStop: true, refreshFor: ["29:alice"]));
        ApprovedCard.Same("TakenCard.Good.de", TakenCard.For(Link, Url, Portal, An.Instant));
        ApprovedCard.Same(
            "LinkListCard.Operator.de",
            LinkListCard.For(
                new([(Link, 1), (Link with { Taken = 10, RenewAskedAt = An.Instant }, 2)], IsEverybodys: true),
                An.Instant,
                null,
                null
            )
        );
        ApprovedCard.Same("PastedLinkCard.Known.de", PastedLinkCard.For(known, Link, isLast: true, Portal, An.Instant, canShare: true));
        ApprovedCard.Same(
            "AlarmCard.Raised.de",
            AlarmCard.For(
                Link with
                {
                    Taken = 10,
                    Terms = LinkTerms.Usual with { Uses = 100 },
                },
                An.Request() with
                {
                    Reason = "Audit *2026*",
                },
                Portal,
                An.Instant
            )
        );
    }

    [Fact]
    public void Whoever_decides_about_a_link_reads_what_it_is_for()
    {
        var row = An.Invitation() with
        {
            Email = "",
            Role = DocSpaceRole.RoomAdmin,
            Link = LinkTerms.Usual with { Domains = ["contoso.com"] },
            Rule = "links",
            DecideBy = An.Instant.AddDays(7),
        };

        ApprovedCard.Same(
            "ApprovalCard.Link",
            ApprovalCard.For(
                An.Request() with
                {
                    Number = 17,
                    People = 10,
                    Reason = "Audit of 2026",
                },
                [row],
                An.Instant,
                TimeSpan.FromSeconds(10),
                new ApprovalView
                {
                    Reader = An.Dana,
                    Decidable = [row],
                    RefreshFor = ["29:dana"],
                }
            )
        );
    }

    [Theory]
    [InlineData("Known", "https://docspace.example.com/s/AbC-dEf_GhIjKlM", true, true)]
    [InlineData("KnownElsewhere", "https://docspace.example.com/s/AbC-dEf_GhIjKlM", true, false)]
    [InlineData("Unknown", "https://docspace.example.com/s/AbC-dEf_GhIjKlM", false, true)]
    [InlineData(
        "Personal",
        "https://docspace.example.com/confirm/LinkInvite?type=LinkInvite&key=532965600000.ABC&encemail=x&uid=1&emplType=4",
        false,
        true
    )]
    [InlineData(
        "Room",
        "https://docspace.example.com/confirm/LinkInvite?type=LinkInvite&key=532965600000.ABC&uid=1&emplType=4&roomId=7",
        false,
        true
    )]
    [InlineData(
        "Old",
        "https://docspace.example.com/confirm/LinkInvite?type=LinkInvite&key=532965600000.ABC&uid=1&emplType=1",
        false,
        true
    )]
    public void What_is_said_of_a_pasted_link_holds_no_link(string name, string url, bool known, bool canShare)
    {
        var read = PortalLinkText.Read(new Uri("https://docspace.example.com"), url)!;
        var card = PastedLinkCard.For(read, known ? Link : null, isLast: true, Portal, An.Instant, canShare);

        Assert.DoesNotContain("AbC", card.ToJson(), StringComparison.OrdinalIgnoreCase);
        ApprovedCard.Same($"PastedLinkCard.{name}", card);
    }

    [Fact]
    public void A_pasted_link_that_was_stopped_or_replaced_is_called_that()
    {
        var read = PortalLinkText.Read(new Uri("https://docspace.example.com"), Url)!;

        ApprovedCard.Same(
            "PastedLinkCard.Stopped",
            PastedLinkCard.For(read, Stopped with { Revoked = Revocation.Done }, isLast: true, Portal, An.Instant, canShare: true)
        );
        ApprovedCard.Same("PastedLinkCard.Replaced", PastedLinkCard.For(read, Link, isLast: false, Portal, An.Instant, canShare: true));
    }
}
