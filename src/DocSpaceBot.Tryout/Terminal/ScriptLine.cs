using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Terminal;

/// <summary>One line of a script or of the chat in the terminal, understood.</summary>
internal abstract record ScriptLine
{
    private ScriptLine() { }

    /// <summary>Somebody else speaks from now on.</summary>
    public sealed record As(string Who) : ScriptLine;

    /// <summary>From now on it is said in another conversation.</summary>
    public sealed record In(Place Where) : ScriptLine;

    /// <summary>Any text that is none of the other lines is typed as a message.</summary>
    public sealed record Say(string Text) : ScriptLine;

    /// <summary>Presses the button on the newest card that has it.</summary>
    public sealed record Press(string Title, IReadOnlyDictionary<string, string> Fields) : ScriptLine;

    /// <summary>Sends a file in the personal chat, with or without words.</summary>
    public sealed record Upload(string File, string? Text = null) : ScriptLine;

    /// <summary>The invitee registers on the portal, from the mail or through the newest link.</summary>
    public sealed record Join(string Address, bool ByLink) : ScriptLine;

    /// <summary>Time moves on.</summary>
    public sealed record Pass(TimeSpan Time) : ScriptLine;

    /// <summary>Succeeds if this person can see the text.</summary>
    public sealed record See(string Text) : ScriptLine;

    /// <summary>Succeeds if this person cannot see the text.</summary>
    public sealed record SeeNo(string Text) : ScriptLine;

    /// <summary>Succeeds if the portal has sent that address exactly so many mails.</summary>
    public sealed record Mails(string Address, int Count) : ScriptLine;

    /// <summary>The portal does not answer any more.</summary>
    public sealed record PortalDown : ScriptLine;

    /// <summary>The portal is as it was in the beginning: no fault of any kind.</summary>
    public sealed record PortalUp : ScriptLine;

    /// <summary>Every answer of the portal takes so long.</summary>
    public sealed record PortalSlow(TimeSpan By) : ScriptLine;

    /// <summary>The portal's rate limits are on or off.</summary>
    public sealed record PortalLimit(bool On) : ScriptLine;

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">The line begins like one of ours but is not complete; the message says what is wrong and how it is written.</exception>
    public static ScriptLine Parse(string text) => ScriptLineParser.Parse(text);
}
