namespace DocSpaceBot.Benchmarks.Approvals;

internal enum Decision
{
    Approve,
    Deny,
}

/// <summary>Somebody will press a button of a card, or paste a link.</summary>
/// <param name="Request">Which request, or link, it is about.</param>
/// <param name="Due">When, counted from the beginning of the rush.</param>
/// <param name="Bytes">The whole HTTP request.</param>
internal sealed record Click(string Request, Uri Bot, TimeSpan Due, byte[] Bytes)
{
    /// <summary>Of an approver; null for other buttons.</summary>
    public Decision? Decision { get; init; }
}

/// <summary>What came of it.</summary>
/// <param name="Took">From the moment at which it was to be pressed until the answer was there.</param>
/// <param name="IsCard">Answered with a card, as a press has to be, and not with an error.</param>
/// <param name="IsTooLate">The card says that nothing was changed.</param>
internal sealed record Clicked(Click Click, long DueAt, TimeSpan Took, bool IsCard, bool IsTooLate);
