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
            ? $"The ledger holds nothing about {email}.{Reads(history)}"
            : string.Join(
                "\n\n",
                [
                    $"{email}: {Counted(history.Requests, "request")}, {Counted(history.Records, "record")}.{LeftOut(history)}{Reads(history)}",
                    .. history.Newest.GroupBy(record => record.RequestId).Select(Request),
                ]
            );

    private static string Request(IGrouping<string?, LedgerRecord> request) =>
        string.Join(
            '\n',
            [request.Key is { } id ? $"Request {new RequestId(id).Reference}" : "Without a request", .. request.Select(Line)]
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
                record.AfterStatus is { } after && after != record.BeforeStatus ? $"now {StatusWords(after)}" : null,
            }.Where(part => !string.IsNullOrEmpty(part))
        );

    /// <summary>A newer bot may have written words that this one does not know.</summary>
    public static string WhatHappened(string kind) => Enum.TryParse<LedgerKind>(kind, out var known) ? LedgerWords.For(known) : kind;

    private static string StatusWords(string status) =>
        Enum.TryParse<InvitationStatus>(status, out var known) ? $"“{Words.For(known)}”" : status;

    private static string Who(LedgerRecord record) =>
        record switch
        {
            { ActorId: null, ActorName: null, ByRight: null } => "the bot",
            { ActorId: null, ActorName: null } => $"the bot, {Short(record.ByRight, LongestName)}",
            { ByRight: null } => NameOf(record),
            _ => $"{NameOf(record)}, {Short(record.ByRight, LongestName)}",
        };

    private static string NameOf(LedgerRecord record) =>
        Short(string.IsNullOrWhiteSpace(record.ActorName) ? record.ActorId : record.ActorName, LongestName);

    private static string Short(string? text, int most) =>
        text is null ? ""
        : text.Length <= most ? text
        : $"{ListCell.Cut(text, most)}…";

    private static string LeftOut(AddressHistory history) =>
        history.Records > history.Newest.Count
            ? $" The oldest {Counted(history.Records - history.Newest.Count, "record")} of it are left out here: /audit export gives all of them."
            : "";

    private static string Reads(AddressHistory history) =>
        history.Reads > 0 ? $" Operators have looked it up {(history.Reads == 1 ? "once" : $"{history.Reads} times")} before." : "";

    private static string Counted(long count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
