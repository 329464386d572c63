using System.Globalization;
using Spectre.Console;

namespace DocSpaceBot.Tryout.Terminal;

/// <summary>The chat in the terminal: the lines of a script, typed one at a time, and numbers for buttons.</summary>
internal static class Chat
{
    private static readonly string Help = $"""
        as NAME                      somebody else speaks: alice, bob, dana, max, olga, gus
        in personal|group|channel    it is said somewhere else
        1, 2, 3 …                    presses that button of the newest card; fields go after it: 1 role=user
        press "Title" field=value …  presses a button by its title, or the words it begins with
        upload FILE [with TEXT]      sends a file in the personal chat
        join ADDRESS [by link]       the invitee registers on the portal
        pass 3d                      time moves on (s, m, h, d)
        see "text", see no "text"    checks what can be seen here
        mails ADDRESS N              checks how many mails the portal has sent
        portal down|up               the portal is away, and back without any fault
        portal slow 20s              every answer takes it so long
        portal limit on|off          it takes no more invitations for now
        ?                            this list
        exit                         leaves
        Anything else is typed as a message. Try: /help
        Only users at example.com are invited at once; what else is asked for dana or max approve, unless --set Policy:… says otherwise:
        /invite carol@partner.com, then: as dana, then: press "Approve invitation"
        The portal has the rooms {string.Join(
            " and ",
            TryoutWorld.Rooms.Select(room => $"“{room}”")
        )}: /invite carol@example.com --room "{TryoutWorld.Rooms[0]}"
        """;

    public static async Task RunAsync(TryoutSession session, ChatScreen screen, IAnsiConsole console, CancellationToken cancellationToken)
    {
        screen.Note("Type to the bot. ? lists what else can be done, exit leaves.");
        session.Show();
        while (!cancellationToken.IsCancellationRequested)
        {
            console.Markup($"[grey]{session.Who}, {session.Where.ToString().ToLowerInvariant()}>[/] ");
            // Reading from a terminal cannot be cancelled; so it is left alone where Ctrl+C ends the chat.
            var typed = await Task.Run(Console.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
            if (typed?.Trim() is null or "exit" or "quit")
                return;

            await AnswerAsync(typed.Trim(), session, screen, cancellationToken);
        }
    }

    private static async Task AnswerAsync(string typed, TryoutSession session, ChatScreen screen, CancellationToken cancellationToken)
    {
        try
        {
            switch (typed)
            {
                case "":
                    session.Show();
                    break;
                case "?":
                    screen.Note(Help);
                    break;
                default:
                    await session.RunAsync(Line(typed, session), cancellationToken);
                    break;
            }
        }
        catch (Exception failed) when (failed is LineFailedException or FormatException)
        {
            screen.Failed(typed, failed.Message);
        }
    }

    private static ScriptLine Line(string typed, TryoutSession session)
    {
        var digits = typed.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? typed[..end] : typed;
        var isNumber = digits.Length is > 0 and < 4 && (digits.Length == typed.Length || typed[digits.Length] == ' ');
        return isNumber
            ? ((ScriptLine.Press)ScriptLine.Parse($"press Button {typed[digits.Length..]}")) with
            {
                Title = session.ButtonTitle(int.Parse(digits, CultureInfo.InvariantCulture)),
            }
            : ScriptLine.Parse(typed);
    }
}
