using System.Globalization;
using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Links;

/// <summary>
/// The Get my invitation button: gives the link to the one who presses, in the answer that only they see and in their personal chat. It is counted in the
/// transaction that says yes, under a lock of the link's row, so that of many who press at once as many get it as are left. Who has it gets it again.
/// </summary>
internal sealed partial class TakeLink(
    Database database,
    LinkStore links,
    LinkCards cards,
    CurrentPolicy policy,
    ConversationStore conversations,
    MemberAddress addresses,
    HomeTenant home,
    TimeProvider clock,
    ILogger<TakeLink> logger
) : ICardAction
{
    public const string Verb = SharedVerbs.TakeLink;

    /// <summary>More at once than people who read a card and think.</summary>
    private const int AlarmAt = 10;

    private static readonly TimeSpan AlarmWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenAlarms = TimeSpan.FromHours(1);

    public async Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(click.Request, cancellationToken) is not { } known || known.TenantId != click.TenantId)
        {
            return LinkCards.Unknown;
        }

        if (!await cards.IsSharedAsync(known.Id, click.ConversationId, cancellationToken))
        {
            return InvokeAnswer.Message(Refusal.LinkElsewhere.Text);
        }

        // Whose address does not matter is not looked up: fifty people press at once.
        if (
            IsAboutAddress(known)
            && await conversations.FindAsync(ConversationReference.RootOf(click.ConversationId), cancellationToken) is { } here
        )
        {
            await addresses.LearnAsync(here, click.By, cancellationToken);
        }

        var (link, why) = await database.WriteAsync(unit => TakeAsync(unit, click), cancellationToken);

        if (why is not null || link is null)
        {
            Log.NotGiven(logger, known.Id.Value, why?.Code ?? "unknown");
            return InvokeAnswer.Message((why ?? Refusal.UnknownLink).Text);
        }

        return InvokeAnswer.Card(TakenCard.For(link, cards.UrlOf(link), cards.Portal, clock.GetUtcNow()));
    }

    private async Task<(SharedLink? Link, Refusal? Why)> TakeAsync(Unit unit, CardClick click)
    {
        var now = clock.GetUtcNow();

        if (await LinkStore.FindForChangeAsync(unit, click.Request) is not { } link)
        {
            return (null, null);
        }

        var person = await PeopleStore.FindAsync(unit, click.TenantId, click.By.Id);
        var email = home.AddressOf(person)?.ToLowerInvariant();

        if (person?.Locale is null && click.By.Id.Length > 0)
        {
            // Their own card comes later, and this may be the first that the bot hears of them.
            await PeopleStore.LearnLanguageAsync(unit, click.TenantId, click.By, CultureInfo.CurrentUICulture);
        }

        // It was sealed with another key, or its days are over: it is asked for before anybody gets it.
        if (link.IsGoodAt(now) && cards.UrlOf(link) is null)
        {
            await StepQueue.AddAsync(unit, StepKind.TendLinks, link.Role.ToString(), now);
        }

        if (await LinkStore.HasTakenAsync(unit, link.Id, click.By.Id))
        {
            return link.IsGoodAt(now)
                ? (link, null)
                : (link, link.StateAt(now) is LinkState.Stopped ? Refusal.LinkStopped : Refusal.LinkExpired);
        }

        if (await WhyNotAsync(unit, link, click, email, now) is { } why)
        {
            // Of a card that is out of date everybody may press the button, as often as they like.
            if (why == Refusal.LinkNotForYou || why == Refusal.LinkAddressUnknown)
            {
                unit.Record(Told(LedgerKind.LinkNotGiven, why.Code));
            }

            return (link, why);
        }

        var taken = link with { Taken = link.Taken + 1 };
        await LinkStore.AddTakeAsync(unit, link.Id, new(click.By, now));

        if (
            await LinkStore.CountTakesAsync(unit, link.Id, now - AlarmWithin) >= AlarmAt
            && (link.AlarmedAt is not { } last || now - last >= BetweenAlarms)
        )
        {
            taken = taken with { AlarmedAt = now };
            await StepQueue.AddAsync(unit, StepKind.RaiseAlarm, link.Id.Value, now);
            unit.Record(
                new LedgerEntry(LedgerKind.LinkAlarm, now, link.TenantId)
                {
                    Request = link.Id,
                    Detail = $"{taken.Taken} of {link.Terms.Uses}",
                }
            );
        }

        await LinkStore.SaveAsync(unit, taken);

        await StepQueue.AddAsync(unit, StepKind.HandLink, HandLink.SubjectOf(link.Id, click.By), now);
        await LinkStore.ShowAsync(unit, link.Id, now);
        unit.Record(Told(LedgerKind.LinkTaken, $"{taken.Taken} of {link.Terms.Uses}"));
        return (taken, null);

        LedgerEntry Told(LedgerKind kind, string detail) =>
            new(kind, now, link.TenantId)
            {
                Request = link.Id,
                Actor = click.By,
                Email = email,
                Detail = detail,
            };
    }

    /// <summary>What the rules forbid for an address they forbid by this way too.</summary>
    private async Task<Refusal?> WhyNotAsync(Unit unit, SharedLink link, CardClick click, string? email, DateTimeOffset now)
    {
        var domain = email is null ? null : email[(email.LastIndexOf('@') + 1)..];

        if (click.By.Id.Length == 0)
        {
            return Refusal.LinkNotForYou;
        }

        if (link.WhyNotFor(click.TenantId, domain, now) is { } why)
        {
            return why;
        }

        if (email is null && IsAboutAddress(link))
        {
            return Refusal.LinkAddressUnknown;
        }

        var owner = await PeopleStore.FindAsync(unit, link.TenantId, link.Owner.Id);
        var verdict = policy.Policy.Decide(
            new PolicyQuestion(new(link.Owner.Id, home.AddressOf(owner)), email, link.Role) { People = link.Terms.Uses }
        );
        return verdict.Answer is PolicyAnswer.Deny ? Refusal.LinkNotForYou : null;
    }

    private bool IsAboutAddress(SharedLink link) => link.Terms.Domains.Count > 0 || policy.AsksForDomain;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Link {LinkId} was not given to somebody who pressed: {Why}")]
        public static partial void NotGiven(ILogger logger, string linkId, string why);
    }
}
