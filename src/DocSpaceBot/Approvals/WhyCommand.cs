using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Hosting;

namespace DocSpaceBot.Approvals;

/// <summary>
/// <c>/why ADDRESS</c>, with the options of <c>/invite</c>: which rule an invitation would meet, who would decide about it, and what would come of it.
/// Nothing is changed.
/// </summary>
internal sealed class WhyCommand(
    AskForInvitations ask,
    CurrentPolicy policy,
    PeopleStore people,
    RequesterAddress requesters,
    IOptions<ApprovalOptions> approvals,
    IOptions<BotOptions> bot
) : IChatCommand
{
    public const string Name = "why";

    private const string Example = $"/{Name} alice@example.com --role user";

    /// <summary>Longer groups are not read to the end.</summary>
    private const int MostNamed = 10;

    public async Task PrepareAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        if (Read(line).Wrong is null)
        {
            await requesters.LearnAsync(turn.Activity.Reference, turn.From, cancellationToken);
        }
    }

    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        var (asked, wrong) = Read(line);

        if (wrong is not null || turn.From.Id.Length == 0)
        {
            await turn.ReplyAsync(wrong ?? Refusal.NobodyAsks.Text);
            return;
        }

        var rules = policy.Policy;
        var row = ask.RowsOf(asked, language: null)[0];
        var by = new AskedBy(turn.TenantId, turn.From, turn.ConversationId, turn.Now);
        var questions = await ask.QuestionsAsync(by, count: 1, cancellationToken);
        var verdict = rules.Decide(questions.For(row));

        await turn.ReplyAsync(
            WhyWords.For(
                new(asked, row, verdict, questions.Asker)
                {
                    Impossible = ask.WhyImpossible(row),
                    LooksOdd = LooksOdd(questions.Guard.Check(row.Email)),
                    Deciding = await NameAsync(verdict, questions.Asker, turn.TenantId, cancellationToken),
                    CountsAgainst = questions.Asker.Email is null && rules.Rules.Any(rule => rule.Requesters.Any(it => it.Contains('@'))),
                },
                approvals.Value
            )
        );
    }

    private async Task<IReadOnlyList<Deciding>> NameAsync(
        Verdict verdict,
        Asker asker,
        string tenantId,
        CancellationToken cancellationToken
    )
    {
        var deciding = new List<Deciding>();

        foreach (var group in verdict.Approvers)
        {
            var names = new List<string>();

            foreach (var person in group.People.Take(MostNamed))
            {
                names.Add(person.Is(asker.Id, asker.Email) ? ApprovalTexts.You : await NameAsync(person, tenantId, cancellationToken));
            }

            if (group.People.Count > MostNamed)
            {
                names.Add(ApprovalTexts.More.With(group.People.Count - MostNamed));
            }

            deciding.Add(new(group, names));
        }

        return deciding;
    }

    private async Task<string> NameAsync(PersonEntry person, string tenantId, CancellationToken cancellationToken)
    {
        var known = person.IsObjectId
            ? await people.FindAsync(tenantId, person.Text, cancellationToken)
            : await people.FindByEmailAsync(tenantId, person.Text, cancellationToken);

        return known?.Name is { Length: > 0 } name ? name
            : IsOurs(tenantId) ? person.Text
            : ApprovalTexts.SomebodyElsewhere;
    }

    /// <summary>People of another tenant are not told addresses that they do not know.</summary>
    private bool IsOurs(string tenantId) =>
        bot.Value.MicrosoftAppTenantId.Length == 0
        || string.Equals(bot.Value.MicrosoftAppTenantId, tenantId, StringComparison.OrdinalIgnoreCase);

    private static string LooksOdd(IReadOnlyList<AddressWarning> warnings) =>
        warnings.Any(warning => warning.IsAlarming) ? string.Join(' ', warnings.Select(warning => warning.Text)) : "";

    /// <summary>What is asked about, or the sentence that says what is wrong with it and how it is typed.</summary>
    private static (InviteArguments Asked, string? Wrong) Read(CommandLine line)
    {
        var (meant, wrong) = InviteArguments.ReadMeant(line);
        wrong ??= meant.Emails.Count switch
        {
            0 => ApprovalTexts.SayWhom,
            1 => null,
            _ => ApprovalTexts.OneAddressOnly,
        };

        return (meant, wrong is null ? null : ApprovalTexts.CannotTell.With(wrong, ExampleOf(meant)));
    }

    /// <summary>What was probably meant, if that can be understood.</summary>
    private static string ExampleOf(InviteArguments meant)
    {
        var example = new InviteArguments
        {
            Emails = [.. meant.Emails.Take(1)],
            Role = meant.Role,
            Room = meant.Room,
        }.ToCommand(Name);

        return InviteArguments.Read(CommandLine.Parse(example)) is ({ Emails.Count: 1 }, null) ? example : Example;
    }
}
