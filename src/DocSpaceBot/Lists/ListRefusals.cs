using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Lists;

/// <summary>Why a whole file cannot be read as a list of people.</summary>
internal static class ListRefusals
{
    public static Refusal WrongType => new("list-wrong-type", ListTexts.WrongType.With(ListTexts.SaveAsCsv));

    public static Refusal Empty => new("list-empty", ListTexts.Empty);

    public static Refusal TooBig => new("list-too-big", ListTexts.TooBig);

    public static Refusal Disguised => new("list-disguised", ListTexts.Disguised.With(ListTexts.SaveAsCsv));

    public static Refusal Binary => new("list-binary", ListTexts.Binary.With(ListTexts.SaveAsCsv));

    public static Refusal UnreadableEncoding => new("list-encoding", ListTexts.UnreadableEncoding.With(ListTexts.SaveAsCsv));

    public static Refusal TooManyColumns => new("list-too-many-columns", ListTexts.TooManyColumns.With(ListLines.MostColumns));

    public static Refusal NoAddressColumn => new("list-no-addresses", ListTexts.NoAddressColumn);

    public static Refusal OnlyInPersonalChat => new("list-not-personal", ListTexts.OnlyInPersonalChat);

    public static Refusal OneAtATime => new("list-several", ListTexts.OneAtATime);

    public static Refusal AddressesBeside => new("list-and-addresses", ListTexts.AddressesBeside);

    public static Refusal NameBeside => new("list-and-name", ListTexts.NameBeside);

    public static Refusal NotToBeHad => new("list-not-to-be-had", ListTexts.NotToBeHad);

    public static Refusal PlaceNotAllowed => new("list-place-not-allowed", ListTexts.PlaceNotAllowed);

    public static Refusal PlaceDoesNotAnswer => new("list-place-does-not-answer", ListTexts.PlaceDoesNotAnswer);

    public static Refusal NotRead => new("list-not-read", ListTexts.NotRead);

    public static Refusal TooManyRows(int rows, int most) => new("list-too-many-rows", ListTexts.TooManyRows.With(rows, most));

    public static Refusal OpenQuote(int line) => new("list-open-quote", ListTexts.OpenQuote.With(line));
}
