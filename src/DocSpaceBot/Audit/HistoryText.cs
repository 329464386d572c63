using DocSpaceBot.Lifecycle;
using DocSpaceBot.Lists;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Audit;

/// <summary>What the ledger holds about an address, line by line: when, what, who and by which right, what was seen.</summary>
internal static class HistoryText
{
    /// <summary>With the longest names and reasons still within what Teams takes of one message.</summary>
    public const int MostRecords = 40;

    private const int LongestName = 60;
    private const int LongestDetail = 200;

    public static string For(string email, AddressHistory history) =>
        history.Records == 0
            ? Sentences(AuditTexts.NothingAbout.With(email), Reads(history))
            : string.Join(
                "\n\n",
                [
                    Sentences(
                        AuditTexts.About.With(
                            email,
                            Wording.Count((int)history.Requests, AuditTexts.OneRequest, AuditTexts.ManyRequests),
                            Wording.Count((int)history.Records, AuditTexts.OneRecord, AuditTexts.ManyRecords)
                        ),
                        LeftOut(history),
                        Reads(history)
                    ),
                    .. history.Newest.GroupBy(record => record.RequestId).Select(Request),
                ]
            );

    private static string Request(IGrouping<string?, LedgerRecord> request) =>
        string.Join(
            '\n',
            [
                request.Key is { } id ? AuditTexts.Request.With(new RequestId(id).Reference) : AuditTexts.WithoutRequest,
                .. request.Select(Line),
            ]
        );

    private static string Line(LedgerRecord record) =>
        string.Join(
            " · ",
            new[]
            {
                LedgerWords.For(record.At),
                WhatHappened(record.Kind),
                Who(record),
                Short(record.Detail, LongestDetail),
                record.AfterStatus is { } after && after != record.BeforeStatus ? AuditTexts.NowIs.With(StatusWords(after)) : null,
            }.Where(part => !string.IsNullOrEmpty(part))
        );

    /// <summary>A newer bot may have written words that this one does not know.</summary>
    public static string WhatHappened(string kind) => Enum.TryParse<LedgerKind>(kind, out var known) ? LedgerWords.For(known) : kind;

    private static string StatusWords(string status) =>
        Enum.TryParse<InvitationStatus>(status, out var known) ? AuditTexts.Quoted.With(Words.For(known)) : status;

    private static string Who(LedgerRecord record) =>
        record switch
        {
            { ActorId: null, ActorName: null, ByRight: null } => AuditTexts.TheBot,
            { ActorId: null, ActorName: null } => $"{AuditTexts.TheBot}, {RightWords(record)}",
            { ByRight: null } => NameOf(record),
            _ => $"{NameOf(record)}, {RightWords(record)}",
        };

    private static string RightWords(LedgerRecord record) =>
        record.ByRight switch
        {
            LedgerRight.Requester => AuditTexts.RightOfRequester,
            LedgerRight.Policy => AuditTexts.RightOfPolicy,
            LedgerRight.Operator => AuditTexts.RightOfOperator,
            var rule => Short(rule, LongestName),
        };

    private static string NameOf(LedgerRecord record) =>
        Short(string.IsNullOrWhiteSpace(record.ActorName) ? record.ActorId : record.ActorName, LongestName);

    private static string Short(string? text, int most) =>
        text is null ? ""
        : text.Length <= most ? text
        : $"{ListCell.Cut(text, most)}…";

    private static string? LeftOut(AddressHistory history) =>
        history.Records > history.Newest.Count
            ? Wording.Count((int)history.Records - history.Newest.Count, AuditTexts.OneLeftOut, AuditTexts.ManyLeftOut)
            : null;

    private static string? Reads(AddressHistory history) =>
        history.Reads > 0 ? Wording.Count((int)history.Reads, AuditTexts.LookedUpOnce, AuditTexts.LookedUpTimes) : null;

    private static string Sentences(params IEnumerable<string?> sentences) => string.Join(' ', sentences.OfType<string>());
}
