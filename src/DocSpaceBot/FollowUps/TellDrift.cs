using System.Globalization;
using DocSpace.Api;
using DocSpaceBot.Approvals;
using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;
using Teams.Protocol.Hosting;

namespace DocSpaceBot.FollowUps;

/// <summary>
/// Tells operators once a day, where <see cref="FollowUpOptions.Drift"/> is set, who was invited or created and which invitation links were made in DocSpace
/// around the bot since the day before. It only reads.
/// </summary>
internal sealed partial class TellDrift(
    Database database,
    PortalFacts facts,
    DriftLook look,
    TellOperators operators,
    IOptions<FollowUpOptions> options,
    IOptions<BotOptions> bot,
    TimeProvider clock,
    ILogger<TellDrift> logger
) : IStep
{
    private const int MostNamed = 10;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (options.Value.Drift)
        {
            try
            {
                await TellAsync(cancellationToken);
            }
            catch (DocSpaceException e)
            {
                Log.NotNow(logger, e.Message);
                return StepOutcome.TryAgain(clock.GetUtcNow() + StepWorker.Backoff(step.Attempts));
            }
        }

        return StepOutcome.Again(clock.GetUtcNow() + Day);
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var told = DriftTold.Read(await facts.FindAsync(PortalFacts.DriftTold, cancellationToken));
        var news = await look.SinceAsync(told, cancellationToken);
        var messages = new List<(string Place, string Text)>();

        if (news.People.Count + news.Links.Count > 0)
        {
            foreach (var tenant in bot.Value.AllowedTenants)
            {
                foreach (var chat in await operators.ListChatsAsync(tenant, cancellationToken))
                {
                    CultureInfo.CurrentUICulture = chat.Language;
                    messages.Add((chat.ConversationId, Words(news)));
                }
            }
        }

        // What was told and up to when is kept together, so that nothing is told twice or left out.
        await database.WriteAsync(
            async unit =>
            {
                foreach (var (place, text) in messages.Distinct())
                {
                    await ChatTurn.ReplyAsync(unit, place, OutgoingActivity.FromText(text), now);
                }

                await facts.KeepAsync(unit, PortalFacts.DriftTold, new DriftTold(news.Newest, news.AllLinks).Write(), DriftTold.ValidFor);
            },
            cancellationToken
        );
        Log.Told(logger, news.People.Count, news.Links.Count, messages.Count);
    }

    private static string Words(Drift news)
    {
        var guests = news.People.Where(it => it.IsGuest).ToList();
        var others = news.People.Where(it => !it.IsGuest).ToList();
        return string.Join(
            "\n\n",
            [
                FollowUpTexts.DriftTitle,
                .. others switch
                {
                    [] => [],
                    [var one] => [FollowUpTexts.DriftOnePerson.With(one.Email)],
                    _ => new[] { FollowUpTexts.DriftManyPeople.With(others.Count, Names(others)) },
                },
                .. guests switch
                {
                    [] => [],
                    [var one] => [FollowUpTexts.DriftOneGuest.With(one.Email)],
                    _ => new[] { FollowUpTexts.DriftManyGuests.With(guests.Count, Names(guests)) },
                },
                .. news.Links.Select(role => FollowUpTexts.DriftLink.With(Invitations.DocSpaceRoleNames.For(role))),
                FollowUpTexts.DriftAdvice,
            ]
        );
    }

    private static string Names(IReadOnlyList<DriftPerson> people)
    {
        var names = string.Join(", ", people.Take(MostNamed).Select(it => it.Email));
        return people.Count > MostNamed ? FollowUpTexts.DriftAndMore.With(names, people.Count - MostNamed) : names;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What was invited around the bot could not be looked up; it is tried again: {Problem}")]
        public static partial void NotNow(ILogger logger, string problem);

        [LoggerMessage(LogLevel.Information, "Around the bot {People} people and {Links} links were made; {Operators} operators are told.")]
        public static partial void Told(ILogger logger, int people, int links, int operators);
    }
}
