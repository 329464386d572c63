using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Overview;

/// <summary>The newest invitation of an address, and how many older ones there are.</summary>
internal sealed record NewestInvitation(InviteRequest Request, Invitation Invitation, int Older, StandingCard? Card);

/// <summary>What is known of an address that somebody asks about.</summary>
/// <param name="IsUnconfirmed">It is on a list of whoever asks that is not confirmed yet.</param>
internal sealed record AddressStatus(string Email, bool IsUnconfirmed, NewestInvitation? Newest);

/// <summary>How the invitations of some addresses stand.</summary>
internal static class AddressCard
{
    public static string Summary(IReadOnlyList<AddressStatus> all, bool isOperator, Reader reader, DateTimeOffset now) =>
        all switch
        {
            [{ Newest: { Invitation: { } it } }] => OverviewTexts.AddressAndStatus.With(it.Email, OverviewWords.For(it, null, now)),
            [var one] => Unknown(one, isOperator, reader)(one.Email),
            _ => Title(all),
        };

    public static AdaptiveCard For(
        IReadOnlyList<AddressStatus> all,
        Reader reader,
        bool isOperator,
        DateTimeOffset now,
        TimeSpan? lookEvery = null
    ) =>
        new()
        {
            FallbackText = Summary(all, isOperator, reader, now),
            Body =
            [
                CardFrame.Heading(
                    Title(all),
                    all is [{ Newest: { Invitation: { } only } }] ? InvitationCard.StyleOf(only) : ContainerStyle.Emphasis
                ),
                .. all.SelectMany((one, i) => One(one, reader, isOperator, lookEvery, isFirst: i == 0)),
                .. reader.IsPersonal
                    ? []
                    : new[]
                    {
                        new TextBlock(OverviewTexts.RestInPersonalChat) { IsSubtle = true, Spacing = Spacing.Medium },
                    },
            ],
        };

    private static string Title(IReadOnlyList<AddressStatus> all) =>
        all.Count == 1 ? OverviewTexts.OneAddress : OverviewTexts.ManyAddresses;

    private static IEnumerable<CardElement> One(AddressStatus one, Reader reader, bool isOperator, TimeSpan? lookEvery, bool isFirst)
    {
        if (one.Newest is not { } newest)
        {
            yield return new TextBlock(Unknown(one, isOperator, reader)(CardText.Escape(one.Email))) { Separator = !isFirst };
            yield break;
        }

        yield return new TextBlock(CardText.Escape(one.Email)) { Weight = TextWeight.Bolder, Separator = !isFirst };
        yield return new FactSet([
            new(OverviewTexts.Status, Words.For(newest.Invitation.Status)),
            new(OverviewTexts.Role, DocSpaceRoleNames.Short(newest.Invitation.Role)),
            .. newest.Invitation.Room is { } room ? [new Fact(OverviewTexts.Room, CardText.Escape(room))] : Array.Empty<Fact>(),
            .. InvitationSteps.For(newest.Request, newest.Invitation, lookEvery),
        ])
        {
            Spacing = Spacing.Small,
        };

        foreach (var line in Lines(one, newest))
        {
            yield return new TextBlock(line) { Spacing = Spacing.Small };
        }

        foreach (var way in OverviewFrame.WayTo(new(newest.Request, newest.Card), reader))
        {
            yield return way;
        }
    }

    private static IEnumerable<string> Lines(AddressStatus one, NewestInvitation newest)
    {
        foreach (var line in InvitationSteps.Reason(newest.Invitation))
        {
            yield return line;
        }

        if (one.IsUnconfirmed)
        {
            yield return OverviewTexts.OnUnconfirmedList.With(CardText.Escape(one.Email));
        }

        if (newest.Older > 0)
        {
            yield return Wording.Count(newest.Older, OverviewTexts.OneOlder, OverviewTexts.ManyOlder);
        }
    }

    /// <summary>The sentence about an address of which nothing may be told, or nothing is known.</summary>
    private static Func<string, string> Unknown(AddressStatus one, bool isOperator, Reader reader) =>
        email =>
            (
                one.IsUnconfirmed ? OverviewTexts.OnUnconfirmedList
                : isOperator ? OverviewTexts.UnknownToAll
                : reader.IsPersonal ? OverviewTexts.UnknownOfYours
                : OverviewTexts.UnknownHere
            ).With(email);
}
