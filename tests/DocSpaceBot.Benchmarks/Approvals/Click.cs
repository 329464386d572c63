namespace DocSpaceBot.Benchmarks.Approvals;

internal enum Decision
{
    Approve,
    Deny,
}

/// <summary>Somebody will press a button of an approval card.</summary>
/// <param name="Due">When, counted from the beginning of the rush.</param>
/// <param name="Bytes">The whole HTTP request.</param>
internal sealed record Click(string Request, Decision Decision, Uri Bot, TimeSpan Due, byte[] Bytes);

/// <summary>What came of it.</summary>
/// <param name="Took">From the moment at which it was to be pressed until the answer was there.</param>
/// <param name="IsCard">Answered with a card, as a press has to be, and not with an error.</param>
/// <param name="IsTooLate">The card says that nothing was changed.</param>
internal sealed record Clicked(Click Click, long DueAt, TimeSpan Took, bool IsCard, bool IsTooLate);
