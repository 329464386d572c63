using System.Globalization;
using DocSpace.Api;
using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Lists;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;
using Teams.Protocol.Files;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Fetches a list that somebody sent, reads it, and shows what would happen. Nothing is sent before it is confirmed. The subject is the id that
/// the request will have, so that after a crash the same request is found and no second one is made.
/// </summary>
internal sealed class ReadList(
    Database database,
    DraftStore drafts,
    AskForInvitations ask,
    ConversationStore conversations,
    PeopleStore people,
    RequesterAddress requesters,
    FileDownloader files,
    IOptions<DocSpaceOptions> docSpace,
    TimeProvider clock
) : IStep
{
    /// <summary>The link to the file is good for a short time, and somebody is waiting.</summary>
    private const int MostAttempts = 3;

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        var id = new RequestId(step.Subject);

        if (ListToRead.FromJson(step.Payload) is not { } list || await drafts.FindAsync(id, cancellationToken) is not null)
        {
            return StepOutcome.Done;
        }

        CultureInfo.CurrentUICulture = await people.LanguageAsync(list.TenantId, list.Requester.Id, cancellationToken);

        ReadOnlyMemory<byte> file;

        try
        {
            file = await files.DownloadAsync(list.DownloadUrl, PeopleList.MostBytes, cancellationToken);
        }
        catch (FileDownloadException e) when (step.Attempts < MostAttempts && MayPass(e))
        {
            return StepOutcome.TryAgain(clock.GetUtcNow() + StepWorker.Backoff(step.Attempts));
        }
        catch (FileDownloadException e)
        {
            await TellAsync(list, WhyNot(e), cancellationToken);
            return StepOutcome.Done;
        }

        switch (PeopleList.Read(file, list.FileName))
        {
            case PeopleList.Refused { Why: var no }:
                await TellAsync(list, no, cancellationToken);
                break;
            case PeopleList.People read:
                await AskAsync(id, list, read, cancellationToken);
                break;
        }

        return StepOutcome.Done;
    }

    public async Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken)
    {
        if (ListToRead.FromJson(step.Payload) is { } list)
        {
            CultureInfo.CurrentUICulture = await people.LanguageAsync(list.TenantId, list.Requester.Id, cancellationToken);
            await TellAsync(list, ListRefusals.NotRead, cancellationToken);
        }
    }

    private async Task AskAsync(RequestId id, ListToRead list, PeopleList.People read, CancellationToken cancellationToken)
    {
        if (await conversations.FindAsync(list.ConversationId, cancellationToken) is { } where)
        {
            await requesters.LearnAsync(where, list.Requester, cancellationToken);
        }

        var by = new AskedBy(list.TenantId, list.Requester, list.ConversationId, list.AskedAt);
        var asked = ListedPeople.Asked(read, list, docSpace.Value.DefaultRole);

        await database.WriteAsync(
            async unit =>
            {
                // Another instance, whose lease has ended while it was still at work, may have been faster.
                if (await DraftStore.FindAsync(unit, id) is not null)
                {
                    return;
                }

                await ask.AskAsync(unit, by, asked, id, cancellationToken);

                if (read.IgnoredColumns.Count > 0)
                {
                    await SayAsync(unit, list, DraftTexts.IgnoredColumns.With(Quoted(read.IgnoredColumns)));
                }
            },
            cancellationToken
        );
    }

    private Task TellAsync(ListToRead list, Refusal no, CancellationToken cancellationToken) =>
        database.WriteAsync(unit => SayAsync(unit, list, no.Text), cancellationToken);

    private Task SayAsync(Unit unit, ListToRead list, string text) =>
        ChatTurn.ReplyAsync(unit, list.ConversationId, OutgoingActivity.FromText(text), clock.GetUtcNow());

    /// <summary>The place where the file lies did not answer, or not with a yes or no.</summary>
    private static bool MayPass(FileDownloadException e) =>
        e is { Kind: FileFault.TooSlow } or { Kind: FileFault.Unavailable, Status: null or 408 or 429 or >= 500 };

    private static Refusal WhyNot(FileDownloadException e) =>
        e.Kind switch
        {
            FileFault.NotAllowed => ListRefusals.PlaceNotAllowed,
            FileFault.TooBig => ListRefusals.TooBig,
            _ when MayPass(e) => ListRefusals.PlaceDoesNotAnswer,
            _ => ListRefusals.NotToBeHad,
        };

    private static string Quoted(IReadOnlyList<string> names) => string.Join(", ", names.Select(name => DraftTexts.Quoted.With(name)));
}
