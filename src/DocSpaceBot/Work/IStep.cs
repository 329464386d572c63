using DocSpaceBot.Storage;

namespace DocSpaceBot.Work;

/// <summary>What a step has come to.</summary>
internal abstract record StepOutcome
{
    public static readonly StepOutcome Done = new Finished();

    /// <summary>There is more to do, or something to wait for; not a fault. The attempts begin anew.</summary>
    public static StepOutcome Again(DateTimeOffset at) => new GoesOn(at, CountsAsFailure: false);

    /// <summary>It did not work out this time; the attempts go on counting.</summary>
    public static StepOutcome TryAgain(DateTimeOffset at) => new GoesOn(at, CountsAsFailure: true);

    public sealed record Finished : StepOutcome;

    public sealed record GoesOn(DateTimeOffset At, bool CountsAsFailure) : StepOutcome;
}

/// <summary>
/// Does one kind of durable work. It is done at least once, so it must bear being done twice and being stopped anywhere. A fault
/// throws and is tried again later; a refusal is an answer.
/// </summary>
internal interface IStep
{
    Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken);

    /// <summary>All tries have failed, or the fault is one that stays. What is left undone is told here.</summary>
    Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken) => Task.CompletedTask;
}
