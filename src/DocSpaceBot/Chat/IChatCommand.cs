namespace DocSpaceBot.Chat;

/// <summary>Something that can be typed.</summary>
internal interface IChatCommand
{
    /// <summary>What has to be learned from outside before the command is carried out. Nothing is changed here.</summary>
    Task PrepareAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Carries the command out within the unit that also takes in the message, so that it is kept whole or not at all. It only reads and
    /// writes storage; whatever goes out is left as a step.
    /// </summary>
    Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken);
}
