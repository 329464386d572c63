using System.Security.Cryptography;
using System.Text;
using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Lists;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;
using Teams.Protocol.Files;

namespace DocSpaceBot.Invitations;

/// <summary>
/// A file that comes with a message is a list of people to invite. The options of <c>/invite</c> beside it hold for everybody of whom the list
/// says nothing else; other words beside it are a remark to the eye. Fetching and reading is left as a step.
/// </summary>
internal sealed class ListCommand : IChatCommand
{
    public const string Name = "list";

    /// <summary>All that Teams says of a file in a group chat or channel, where it says anything.</summary>
    private const string MentionedFile = "reference";

    /// <summary>Whether the message is one of these, whatever words are in it.</summary>
    public static bool IsAbout(Activity activity) => activity.Attachments?.Any(IsFile) is true;

    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        var (list, wrong) = Read(turn);

        if (list is null)
        {
            await turn.ReplyAsync(wrong!);
            return;
        }

        // The download is slow and may fail: the step does it, and Teams is answered now.
        await StepQueue.AddAsync(turn.Unit, StepKind.ReadList, IdFor(turn.Activity).Value, turn.Now, list.ToJson());
        await turn.ReplyAsync(OutgoingActivity.Typing);
    }

    private static (ListToRead? List, string? Wrong) Read(ChatTurn turn)
    {
        if (turn.Activity.Conversation?.ConversationType != "personal")
        {
            return (null, ListRefusals.OnlyInPersonalChat.Text);
        }

        if (turn.From.Id.Length == 0)
        {
            return (null, Refusal.NobodyAsks.Text);
        }

        if (turn.Activity.Attachments!.Count(IsFile) > 1)
        {
            return (null, ListRefusals.OneAtATime.Text);
        }

        if (FileDownloadInfo.From(turn.Activity) is not [var file])
        {
            return (null, ListRefusals.NotToBeHad.Text);
        }

        if (!PeopleList.IsNamedLikeOne(file.Name))
        {
            return (null, ListRefusals.WrongType.Text);
        }

        var (said, wrong) = OptionsIn(CommandText.Of(turn.Activity));
        return wrong is not null || said is null
            ? (null, wrong)
            : (
                new ListToRead(turn.TenantId, turn.From, turn.ConversationId, turn.Now, file.Name, file.DownloadUrl)
                {
                    Role = said.Role,
                    Language = said.Language,
                    Room = said.Room,
                    Reason = said.Reason,
                    IsDryRun = said.DryRun,
                },
                null
            );
    }

    /// <summary>With or without the command in front. Words that are neither options nor addresses count only behind the command.</summary>
    private static (InviteArguments? Said, string? Wrong) OptionsIn(string text)
    {
        var line = CommandLine.Parse(text);

        if (!string.Equals(line.Word, InviteCommand.Name, StringComparison.OrdinalIgnoreCase))
        {
            line = CommandLine.Parse($"/{InviteCommand.Name} {text}");

            if (!line.Words.Any(word => InviteWords.OptionOf(word) is not null || PastedAddresses.IsAddress(word)))
            {
                return (new(), null);
            }
        }

        return InviteArguments.Read(line) switch
        {
            (_, { } wrong) => (null, wrong),
            ({ Emails.Count: > 0 }, _) => (null, ListRefusals.AddressesBeside.Text),
            ({ } said, _) when said.Given.Contains("name") => (null, ListRefusals.NameBeside.Text),
            var (said, _) => (said, null),
        };
    }

    /// <summary>
    /// The request that the list becomes. The same message always becomes the same one, so that neither Teams, which may deliver a message
    /// twice, nor a crash makes two of it.
    /// </summary>
    private static RequestId IdFor(Activity activity) =>
        activity.Id is { Length: > 0 } id
            ? new(
                new Guid(
                    SHA256
                        .HashData(Encoding.UTF8.GetBytes($"{activity.ChannelId}\n{activity.Conversation?.Id}\n{id}\n{Name}"))
                        .AsSpan(0, 16)
                ).ToString()
            )
            : RequestId.New();

    private static bool IsFile(Attachment? attachment) =>
        string.Equals(attachment?.ContentType, FileDownloadInfo.ContentType, StringComparison.OrdinalIgnoreCase)
        || string.Equals(attachment?.ContentType, MentionedFile, StringComparison.OrdinalIgnoreCase);
}
