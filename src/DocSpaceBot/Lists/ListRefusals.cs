using System.Globalization;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Lists;

/// <summary>Why a whole file cannot be read as a list of people.</summary>
internal static class ListRefusals
{
    private const string AsCsv = "Nobody was invited. In a spreadsheet choose “Save as” and then “CSV UTF-8”, and send me that file.";

    public static readonly Refusal WrongType = new("list-wrong-type", $"I can read CSV files only (.csv, .tsv or .txt). {AsCsv}");

    public static readonly Refusal Empty = new(
        "list-empty",
        "There is nobody in the file. Nobody was invited. Write one person a line, with the e-mail address in a column of its own."
    );

    public static readonly Refusal TooBig = new(
        "list-too-big",
        "The file is larger than 1 MB. Nobody was invited. Send the list in smaller files."
    );

    public static readonly Refusal Disguised = new(
        "list-disguised",
        $"The file's name says CSV, but inside it is a spreadsheet, an archive or a document. {AsCsv}"
    );

    public static readonly Refusal Binary = new("list-binary", $"The file does not hold text. {AsCsv}");

    public static readonly Refusal UnreadableEncoding = new(
        "list-encoding",
        $"Some letters in the file cannot be read: it is damaged, or saved in several encodings at once. {AsCsv}"
    );

    public static readonly Refusal TooManyColumns = new(
        "list-too-many-columns",
        $"A line of the file has more than {ListLines.MostColumns} columns. Nobody was invited. Write one person a line."
    );

    public static readonly Refusal NoAddressColumn = new(
        "list-no-addresses",
        "I cannot find a column with e-mail addresses in the file. Nobody was invited. Write “email” above that column."
    );

    public static readonly Refusal OnlyInPersonalChat = new(
        "list-not-personal",
        "I take lists in the personal chat with me only. Nobody was invited. Open that chat and send me the file there."
    );

    public static readonly Refusal OneAtATime = new(
        "list-several",
        "I take one list at a time, and this message has several files. Nobody was invited. Send them one after the other."
    );

    public static readonly Refusal AddressesBeside = new(
        "list-and-addresses",
        "There are addresses beside the file, so I cannot tell who is meant. Nobody was invited. Write them into the file, or ask for them in a message of their own."
    );

    public static readonly Refusal NameBeside = new(
        "list-and-name",
        "--name is for one address. Nobody was invited. Write the names into the file, in columns of their own."
    );

    public static readonly Refusal NotToBeHad = new(
        "list-not-to-be-had",
        "Teams does not give me that file any more: its link has run out, or the file was deleted. Nobody was invited. Send it again."
    );

    public static readonly Refusal PlaceNotAllowed = new(
        "list-place-not-allowed",
        "The file is not in a place that I may fetch files from. Nobody was invited. Upload it from your computer into this chat, or ask an operator."
    );

    public static readonly Refusal PlaceDoesNotAnswer = new(
        "list-place-does-not-answer",
        "The file cannot be fetched at the moment: the place where it lies does not answer in time. Nobody was invited. Send it again later."
    );

    public static readonly Refusal NotRead = new(
        "list-not-read",
        "Something went wrong on our side, and your list was not read. Nobody was invited. Send it again, or tell an operator."
    );

    public static Refusal TooManyRows(int rows, int most) =>
        new(
            "list-too-many-rows",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The file has {rows:N0} people, and one request can hold {most:N0}. Nobody was invited. Send the list in several files."
            )
        );

    public static Refusal OpenQuote(int line) =>
        new(
            "list-open-quote",
            string.Create(
                CultureInfo.InvariantCulture,
                $"A quotation mark in the cells that begin in line {line} is missing or too many, so I cannot tell where a person ends. Nobody was invited. Correct it and send the file again."
            )
        );
}
