namespace DocSpaceBot.Lists;

/// <summary>One person of a list, as written; nothing of it is decided yet.</summary>
/// <param name="Line">Where it begins in the file, counted from 1.</param>
/// <param name="Email">Trimmed and in lower case; empty when there is none.</param>
/// <param name="Role">As written.</param>
/// <param name="Problems">What is wrong with it, in sentences; empty when it can be invited.</param>
internal sealed record ListRow(
    int Line,
    string Email,
    string? FirstName,
    string? LastName,
    string? Role,
    string? Room,
    string? Language,
    string? Reason,
    IReadOnlyList<string> Problems
);
