using DocSpaceBot.Chat;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Conversations;

/// <summary><c>/help</c>, a greeting, thanks: what the bot can do, with examples to copy.</summary>
internal sealed class HelpCommand : IChatCommand
{
    public const string Name = "help";

    public Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken) =>
        SendHelp.AddAsync(turn.Unit, turn.ConversationId, turn.Now);
}

internal static class HelpCard
{
    public const string Summary = "I bring people into DocSpace. Type /invite and an e-mail address.";

    public static AdaptiveCard Card { get; } = For("What I can do");

    public static AdaptiveCard For(string heading) =>
        new()
        {
            FallbackText = Summary,
            Body =
            [
                new TextBlock(heading)
                {
                    Size = TextSize.Large,
                    Weight = TextWeight.Bolder,
                    Style = TextBlockStyle.Heading,
                },
                new TextBlock("I invite people to ONLYOFFICE DocSpace, watch until they have joined, welcome them and tell you."),
                new TextBlock("Copy one of these and change the address:") { Spacing = Spacing.Medium, IsSubtle = true },
                Example("/invite alice@example.com", "invites one person as user"),
                Example(
                    "/invite alice@example.com bob@example.com --role roomadmin",
                    "invites several people, here as room admins (uses paid seats)"
                ),
                Example("/invite carol@example.com --room \"Q4 Audit\"", "invites a guest into a room"),
                new TextBlock(
                    "/invite alone shows a form. For many people, send me a CSV file in the personal chat; you see it before anything is sent."
                )
                {
                    Spacing = Spacing.Medium,
                },
                new TextBlock(
                    "/link gives you an invitation link, for you alone; its Share button puts a card into a channel with which everybody gets one without the link being there."
                )
                {
                    Spacing = Spacing.Small,
                },
                new TextBlock("/cancel and an address withdraws what you asked for, as long as the person has not joined.")
                {
                    Spacing = Spacing.Small,
                },
                new TextBlock("/status, /pending and /mine show where things stand.") { Spacing = Spacing.Small },
                new TextBlock(
                    "Do you decide about requests? /approvals lists what waits for you, /approve and /deny do what the cards do, /quiet stops the cards."
                )
                {
                    Spacing = Spacing.Small,
                },
                new TextBlock("In a channel or group chat, mention me first. /help shows this again.")
                {
                    Spacing = Spacing.Medium,
                    IsSubtle = true,
                },
            ],
        };

    private static Container Example(string command, string does) =>
        new()
        {
            Spacing = Spacing.Small,
            Items =
            [
                new TextBlock(CardText.Escape(command)) { Weight = TextWeight.Bolder },
                new TextBlock(does) { IsSubtle = true, Spacing = Spacing.None },
            ],
        };
}
