using System.Globalization;
using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Approvals;

/// <summary>
/// Reminds somebody of everything that waits for them, in one message, within working hours where they live. Who wants it only once a day gets
/// it when the working day begins.
/// </summary>
internal sealed class RemindApprover(
    Database database,
    PeopleStore people,
    PersonalChats chats,
    DecideRequest decide,
    IOptions<ApprovalOptions> options,
    TimeProvider clock
) : IStep
{
    private const int MostLines = 10;

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        var (tenantId, id) = Read(step.Subject);
        var person = await people.FindAsync(tenantId, id, cancellationToken);
        var waiting = await ListAsync(tenantId, new(id, person?.Name ?? ""), cancellationToken);

        if (waiting.Count == 0 || person?.Notify is Notify.Never)
        {
            return StepOutcome.Done;
        }

        CultureInfo.CurrentUICulture = Language.For(person?.Locale);
        var now = clock.GetUtcNow();
        var zone = ZoneOf(person);
        var plan = waiting.Select(it => new Planned(it, Due(it.Approver, person?.Notify ?? Notify.Each, zone, now))).ToList();

        if (plan.Exists(it => it.Due.IsNow))
        {
            await RemindAsync(tenantId, id, plan, now, cancellationToken);
        }

        return plan.Min(it => it.Due.Next) is { } next ? StepOutcome.Again(next) : StepOutcome.Done;
    }

    /// <summary>What waits for this person and nobody else has to go first.</summary>
    private Task<IReadOnlyList<Item>> ListAsync(string tenantId, Person person, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async unit =>
            {
                var items = new List<Item>();

                foreach (var approver in await ApproverStore.ListWaitingForAsync(unit, tenantId, person.Id))
                {
                    if (!approver.IsReachable || await InvitationStore.FindRequestAsync(unit, new(approver.RequestId)) is not { } request)
                    {
                        continue;
                    }

                    var all = await InvitationStore.ListAsync(unit, request.Id);
                    var open = (await decide.ListDecidableAsync(unit, request, all, person, ""))
                        .Where(it => it.WaitsForYesOf(person))
                        .ToList();

                    if (open.Count > 0)
                    {
                        items.Add(new(approver, request, open));
                    }
                }

                return (IReadOnlyList<Item>)items;
            },
            cancellationToken
        );

    private Due Due(Approver approver, Notify notify, TimeZoneInfo zone, DateTimeOffset now)
    {
        var hours = options.Value.Hours;

        if (notify is Notify.Daily)
        {
            var daily = hours.NextStart(approver.RemindedAt ?? approver.AskedAt, zone);
            return daily <= now ? new(true, approver.Reminded + 1, hours.NextStart(now, zone)) : new(false, approver.Reminded, daily);
        }

        var times = options.Value.Reminders.Select(after => hours.Next(approver.AskedAt + after, zone)).ToList();
        var passed = times.Count(time => time <= now);
        return new(passed > approver.Reminded, passed, passed < times.Count ? times[passed] : null);
    }

    private async Task RemindAsync(
        string tenantId,
        string id,
        IReadOnlyList<Planned> plan,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (await chats.OpenAsync(tenantId, id, cancellationToken) is not { } chat)
        {
            return;
        }

        await database.WriteAsync(
            async unit =>
            {
                foreach (var (item, due) in plan.Where(it => it.Due.Count > it.Item.Approver.Reminded || it.Due.IsNow))
                {
                    await ApproverStore.KeepRemindedAsync(unit, item.Approver, due.Count, now);
                }

                await ChatTurn.ReplyAsync(
                    unit,
                    chat.ConversationId,
                    OutgoingActivity.FromText(Words([.. plan.Select(it => it.Item)])),
                    now
                );
            },
            cancellationToken
        );
    }

    private static string Words(IReadOnlyList<Item> items)
    {
        var first = items[0].Request.Number ?? 0;
        string[] lines =
        [
            Wording.Count(items.Count, ApprovalTexts.ReminderOne, ApprovalTexts.ReminderMany),
            .. items.Take(MostLines).Select(it => WaitingWords.Line(it.Request, it.Waiting)),
            .. items.Count > MostLines ? [ApprovalTexts.ReminderMore.With(items.Count - MostLines)] : Array.Empty<string>(),
            string.Join(' ', [WaitingWords.HowTo(first), .. Cards(items), ApprovalTexts.QuietStops]),
        ];
        return string.Join("\n\n", lines);
    }

    /// <summary>Whoever wants it only once a day has no cards.</summary>
    private static string[] Cards(IReadOnlyList<Item> items) =>
        items.Count(it => it.Approver.ConversationId is not null) switch
        {
            0 => [],
            1 => [ApprovalTexts.CardDoesTheSame],
            _ => [ApprovalTexts.CardsDoTheSame],
        };

    private TimeZoneInfo ZoneOf(KnownPerson? person) =>
        person?.TimeZone is { Length: > 0 } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : options.Value.Zone;

    private static (string TenantId, string Person) Read(string subject)
    {
        var blank = subject.IndexOf(' ', StringComparison.Ordinal);
        return (subject[..blank], subject[(blank + 1)..]);
    }

    private sealed record Item(Approver Approver, InviteRequest Request, IReadOnlyList<Invitation> Waiting);

    private sealed record Planned(Item Item, Due Due);
}

/// <param name="Count">How many reminders there have been after this one.</param>
/// <param name="Next">When the next one is due; null when there is none.</param>
internal sealed record Due(bool IsNow, int Count, DateTimeOffset? Next);
