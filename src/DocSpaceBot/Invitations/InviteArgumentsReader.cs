using DocSpace.Api;
using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Reads the words behind <c>/invite</c> in any order. What is wrong is noted once, at its first place, and reading goes on with what was probably meant, so
/// that in the end there is a whole command to propose.
/// </summary>
internal sealed class InviteArgumentsReader(InviteWords words, bool isProposal = false)
{
    private const int LongestProposal = 1_500;

    private readonly PastedAddresses addresses = new();
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private readonly List<string> given = [];
    private DocSpaceRole? role;
    private string? wrong;
    private bool canPropose = true;

    public (InviteArguments? Asked, string? Wrong) Read()
    {
        var (meant, fault) = ReadMeant();
        return fault is null ? (meant, null) : (null, AskTexts.NobodyInvited.With(fault) + Proposal(meant));
    }

    /// <summary>What was probably meant, also where something is wrong with it.</summary>
    public (InviteArguments Meant, string? Wrong) ReadMeant()
    {
        while (words.Take() is { } word)
        {
            if (InviteWords.OptionOf(word) is var (name, value))
            {
                EndOfEntry();
                ReadOption(name, value);
            }
            else if (PastedAddresses.IsAddress(word))
            {
                Note(addresses.Read(word));
            }
            else if (!ReadPhrase(word) && !(addresses.AwaitsEntry && InviteWords.IsFiller(word)))
            {
                addresses.KeepWord(word);
            }
        }

        EndOfEntry();
        var emails = WithName(addresses.Found);
        var asked = new InviteArguments
        {
            Emails = emails,
            Role = role,
            Language = texts.GetValueOrDefault("lang"),
            Room = texts.GetValueOrDefault("room"),
            Reason = texts.GetValueOrDefault("reason"),
            DryRun = given.Contains(InviteWords.DryRun),
            Given = given,
        };

        if (asked.Reason is { Length: > InviteArguments.LongestReason } reason)
        {
            Refuse(AskTexts.ReasonTooLong.With(reason.Length, InviteArguments.LongestReason));
        }

        if (asked.Room is { Length: > InviteArguments.LongestRoom } room)
        {
            Refuse(AskTexts.RoomTitleTooLong.With(room.Length, InviteArguments.LongestRoom));
        }

        return (asked, wrong);
    }

    /// <summary>Whatever is proposed has been read by the same rules: nobody copies a command that is refused in its turn.</summary>
    private string Proposal(InviteArguments meant) =>
        canPropose
        && !isProposal
        && meant.Emails.Count > 0
        && meant.ToCommand() is { Length: <= LongestProposal } command
        && new InviteArgumentsReader(new(CommandLine.Parse(command).Words), isProposal: true).Read().Asked is { Emails.Count: > 0 }
            ? $" {AskTexts.YouCanCopy.With(command)}"
            : "";

    /// <summary>Wrong, and what was meant can be guessed.</summary>
    private void Note(string? sentence) => wrong ??= sentence;

    /// <summary>Wrong, and there is nothing to propose.</summary>
    private void Refuse(string sentence)
    {
        Note(sentence);
        canPropose = false;
    }

    /// <summary>Words that no address followed.</summary>
    private void EndOfEntry()
    {
        if (addresses.LeftOver() is not { } left)
        {
            return;
        }

        // Somebody who writes only "guest" means the role.
        role ??= InviteWords.Role(left);
        Note(AskTexts.IsNot.With(Short(left), Refusal.NotAnAddress.Text));
    }

    private IReadOnlyList<NamedAddress> WithName(IReadOnlyList<NamedAddress> emails)
    {
        if (!texts.TryGetValue("name", out var text))
        {
            return emails;
        }

        if (emails.Count > 1)
        {
            Note(AskTexts.NameIsForOne);
            return emails;
        }

        if (!PersonName.IsClean(text) || PersonName.Read(text) is not { } name)
        {
            Refuse(AskTexts.NotAName.With(Short(text), PersonName.MaxLength));
            return emails;
        }

        return [.. emails.Select(it => it with { Name = name })];
    }

    private void ReadOption(string name, string? value)
    {
        if (!InviteWords.Options.TryGetValue(name, out var option))
        {
            var closest = ClosestWord.To(name, InviteWords.Options.Keys);
            Note($"{AskTexts.UnknownOption.With(Short(name))}{Guess("--", closest)}");

            if (closest is null)
            {
                // What stands behind it belongs to it.
                if (value is null && words.IsPlainNext)
                {
                    words.Take();
                }

                return;
            }

            option = InviteWords.Options[closest];
        }

        switch (option)
        {
            case InviteWords.DryRun:
                if (string.Equals(name, "dry", StringComparison.OrdinalIgnoreCase))
                {
                    words.TakeIf("run");
                }

                Note(value is null ? null : AskTexts.StandsAlone.With(InviteWords.DryRun, Short(value)));
                Give(InviteWords.DryRun);
                break;
            case "role":
                ReadRole(value);
                break;
            case "lang":
                ReadLanguage(value ?? words.TakeValue());
                break;
            default:
                ReadText(option, value);
                break;
        }
    }

    /// <summary><c>as guest</c>, <c>as a room admin</c>, <c>role guest</c>, <c>dry run</c>.</summary>
    private bool ReadPhrase(CommandWord word)
    {
        if (word.Quoted)
        {
            return false;
        }

        if (words.IsPlainNext && (InviteWords.Is(word, "as") || (InviteWords.Is(word, "role") && words.IsRoleNext)))
        {
            EndOfEntry();
            ReadRole(null);
            return true;
        }

        var isDryRun =
            InviteWords.Is(word, InviteWords.DryRun)
            || InviteWords.Is(word, "dryrun")
            || (InviteWords.Is(word, "dry") && words.TakeIf("run"));

        if (isDryRun)
        {
            EndOfEntry();
            Give(InviteWords.DryRun);
        }

        return isDryRun;
    }

    private void ReadRole(string? value)
    {
        if (value is null && !words.IsPlainNext && !words.IsQuotedNext)
        {
            Refuse(AskTexts.RoleMissing);
            return;
        }

        var (read, text) = words.TakeRole(value);

        if (read is null)
        {
            var closest = ClosestWord.To(text, DocSpaceRoleNames.Typed);
            Note($"{AskTexts.NoSuchRole.With(Short(text))}{Guess("--role ", closest)} {AskTexts.RolesAre}");
            read = closest is null ? null : InviteWords.Role(closest);
            canPropose &= read is not null;
        }

        if (!Give("role") && role != read)
        {
            Refuse(AskTexts.TwoRoles);
        }

        role = read;
    }

    private void ReadLanguage(string? value)
    {
        if (value is null)
        {
            Refuse(AskTexts.LanguageMissing);
            return;
        }

        if (LanguageName.Read(value) is not { } language)
        {
            var closest = LanguageName.Called(value);
            Note($"{AskTexts.NotALanguage.With(Short(value))}{Guess("--lang ", closest)}");
            canPropose &= closest is not null;
            language = closest;
        }

        Keep("lang", language);
    }

    private void ReadText(string option, string? value)
    {
        var isOne = value?.Any(char.IsWhiteSpace) ?? words.IsQuotedNext;
        var text = value ?? words.TakeValue();

        if (text is null || string.IsNullOrWhiteSpace(text))
        {
            Refuse((option == "name" ? AskTexts.NameMissing : AskTexts.TextMissing).With(option));
            return;
        }

        if (!isOne && words.TakeRestOfQuotes(text) is { } rest)
        {
            text = rest;
        }
        else if (!isOne && words.TakeRunOn() is { Length: > 0 } run)
        {
            Note(AskTexts.PutInQuotes.With(Short(run), option));
            text = $"{text} {run}";
        }

        Keep(option, string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private void Keep(string option, string? value)
    {
        if (!Give(option) && texts.GetValueOrDefault(option) != value)
        {
            Refuse(AskTexts.GivenTwice.With(option));
        }

        if (value is not null)
        {
            texts[option] = value;
        }
    }

    private bool Give(string option)
    {
        if (given.Contains(option))
        {
            return false;
        }

        given.Add(option);
        return true;
    }

    private static string Guess(string before, string? closest) => closest is null ? "" : $" {AskTexts.DidYouMean.With(before + closest)}";

    internal static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
