using System.Text;
using DocSpace.Api;
using DocSpaceBot.Chat;

namespace DocSpaceBot.Invitations;

/// <summary>An address that the portal takes, in lower case, and the name that stood beside it.</summary>
internal sealed record NamedAddress(string Email, PersonName? Name = null);

/// <summary>What somebody asks for with <c>/invite</c>, read from what they typed and pasted; what they did not say is null.</summary>
internal sealed record InviteArguments
{
    public const int LongestReason = 500;

    /// <summary>No room in DocSpace has a longer title.</summary>
    public const int LongestRoom = 170;

    /// <summary>Each address once, in the order in which they were typed; empty when none was.</summary>
    public IReadOnlyList<NamedAddress> Emails { get; init; } = [];

    public DocSpaceRole? Role { get; init; }

    /// <summary>In the spelling de-DE or de; whether the portal knows it is another question.</summary>
    public string? Language { get; init; }

    /// <summary>The title of a room.</summary>
    public string? Room { get; init; }

    public string? Reason { get; init; }

    /// <summary>Only show what would happen.</summary>
    public bool DryRun { get; init; }

    /// <summary>The options that were used, by their usual names: role, name, lang, room, reason, dry-run.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];

    /// <summary>The name of the only person; several have their names beside their addresses.</summary>
    public string? FirstName => Emails is [var only] ? only.Name?.First : null;

    public string? LastName => Emails is [var only] ? only.Name?.Last : null;

    /// <summary>What was asked for, or the sentence that says what is wrong with it and, where that can be guessed, a command to copy.</summary>
    public static (InviteArguments? Asked, string? Wrong) Read(CommandLine line) => new InviteArgumentsReader(new(line.Words)).Read();

    /// <summary>The same for a command that takes the same words; what was probably meant is there also where something is wrong with it.</summary>
    public static (InviteArguments Meant, string? Wrong) ReadMeant(CommandLine line) =>
        new InviteArgumentsReader(new(line.Words)).ReadMeant();

    /// <summary>The same as a command to type.</summary>
    public string ToCommand(string word = InviteCommand.Name)
    {
        var command = new StringBuilder($"/{word}");

        foreach (var (email, name) in Emails)
        {
            command.Append(' ').Append(name is null ? email : $"\"{name}\" <{email}>");
        }

        Append("role", Role is { } role ? DocSpaceRoleNames.Typed.First(typed => DocSpaceRoleNames.Read(typed) == role) : null);
        Append("lang", Language);
        Append("room", Quoted(Room));
        Append("reason", Quoted(Reason));

        return command.Append(DryRun ? " --dry-run" : "").ToString();

        void Append(string option, string? value) => command.Append(value is null ? "" : $" --{option} {value}");
    }

    private static string? Quoted(string? text) => text is null ? null : $"\"{text.Replace('"', '\'')}\"";
}
