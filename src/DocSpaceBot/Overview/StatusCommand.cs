using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;
using DocSpaceBot.FollowUps;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.Overview;

/// <summary>
/// <c>/status</c> counts what is open and what has come to its end; <c>/status ADDRESS…</c> shows how somebody's newest invitation stands. Operators see
/// everybody's in the personal chat; others learn nothing about requests of others.
/// </summary>
internal sealed class StatusCommand(Operators operators, IOptions<FollowUpOptions> followUps) : IChatCommand
{
    public const string Name = "status";

    public static readonly TimeSpan Lately = TimeSpan.FromDays(7);

    private const int MostAddresses = 5;

    public Task PrepareAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken) =>
        Reader.Of(turn).IsPersonal ? operators.LearnAsync(turn.Activity.Reference, turn.From, cancellationToken) : Task.CompletedTask;

    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        var reader = Reader.Of(turn);
        var (emails, wrong) = Read(line);

        if (reader.Who.Id.Length == 0 || wrong is not null)
        {
            await turn.ReplyAsync(wrong is null ? OverviewTexts.WhoAreYou : OverviewTexts.NothingLookedUp.With(wrong));
            return;
        }

        var isOperator = reader.IsPersonal && await operators.IsOneAsync(reader.TenantId, reader.Who, cancellationToken);

        if (emails.Count == 0)
        {
            var own = await CountAsync(turn, reader.Own);
            var everybodys = isOperator ? await CountAsync(turn, reader.Everybodys) : null;
            var portal = isOperator
                ? new PortalNews(await PortalFacts.FindLastAskedAsync(turn.Unit), await PortalEvents.FindLastAsync(turn.Unit))
                : null;
            await turn.ReplyAsync(StatusCard.For(own, everybodys, portal, reader), OverviewTexts.StatusTitle);
            return;
        }

        var found = new List<AddressStatus>();

        foreach (var email in emails)
        {
            found.Add(await FindAsync(turn, reader, isOperator, email));
        }

        var card = AddressCard.For(found, reader, isOperator, turn.Now, followUps.Value.SweepInterval);
        await turn.ReplyAsync(card, AddressCard.Summary(found, isOperator, reader, turn.Now));
    }

    private static async Task<StandingCounts> CountAsync(ChatTurn turn, OverviewScope scope) =>
        new(
            await InvitationStore.CountOpenAsync(turn.Unit, scope),
            await InvitationStore.CountOpenLinksAsync(turn.Unit, scope, turn.Now),
            await InvitationStore.CountEndedAsync(turn.Unit, scope, turn.Now - Lately)
        );

    private static async Task<AddressStatus> FindAsync(ChatTurn turn, Reader reader, bool isOperator, string email)
    {
        var newest = await InvitationStore.FindNewestAsync(turn.Unit, isOperator ? reader.Everybodys : reader.Own, email);
        var draft = (await OverviewLists.UnconfirmedAsync(turn.Unit, reader)).FirstOrDefault(draft =>
            draft.Rows.Any(row => row.Email == email)
        );

        // What waits on an unconfirmed list is what was asked for last.
        var isUnconfirmed = draft is not null && !(newest?.Invitation.AskedAt > draft.AskedAt);

        if (newest is not var (request, it, older))
        {
            return new(email, isUnconfirmed, null);
        }

        var cards = await SentCardStore.ListStandingAsync(turn.Unit, [request.Id]);
        return new(email, isUnconfirmed, new(request, it, older, cards.GetValueOrDefault(request.Id)));
    }

    private static (IReadOnlyList<string> Emails, string? Wrong) Read(CommandLine line)
    {
        var addresses = new PastedAddresses();
        string? wrong = null;

        foreach (var word in line.Words)
        {
            if (word.Option is not null)
            {
                wrong ??= OverviewTexts.UnknownOption.With(InviteArgumentsReader.Short(word.Text));
            }
            else if (PastedAddresses.IsAddress(word))
            {
                wrong ??= addresses.Read(word);
            }
            else
            {
                addresses.KeepWord(word);
            }
        }

        if (addresses.LeftOver() is { } words)
        {
            wrong ??= OverviewTexts.NoAddress.With(InviteArgumentsReader.Short(words), Refusal.NotAnAddress.Text);
        }

        IReadOnlyList<string> emails = [.. addresses.Found.Select(it => it.Email)];
        wrong ??= emails.Count > MostAddresses ? OverviewTexts.TooManyAddresses.With(emails.Count, MostAddresses) : null;
        return (emails, wrong);
    }
}
