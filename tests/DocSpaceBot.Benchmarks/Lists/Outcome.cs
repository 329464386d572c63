namespace DocSpaceBot.Benchmarks.Lists;

/// <summary>How one contender got on.</summary>
internal sealed record Outcome(string Who)
{
    /// <summary>Why there is nothing to tell; null when it was measured.</summary>
    public string? WhyNot { get; init; }

    /// <summary>From the request to the card that says what would happen; null where there is no such card.</summary>
    public TimeSpan? Preview { get; init; }

    /// <summary>From the word to go until the last of those who ever came was there.</summary>
    public TimeSpan Took { get; init; }

    public int Wanted { get; init; }

    /// <summary>Who has an account and a letter to get into it with.</summary>
    public int There { get; init; }

    /// <summary>Who has more than one letter.</summary>
    public int Doubled { get; init; }

    /// <summary>Who took a paid seat. Nobody asked for one.</summary>
    public int Seats { get; init; }

    /// <summary>How many calls to the portal, by route.</summary>
    public IReadOnlyDictionary<string, int> Calls { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Anything that is out of the ordinary.</summary>
    public string? Remark { get; init; }

    public int Lost => Wanted - There;

    public bool HasEverybody => WhyNot is null && Lost == 0;

    public static Outcome NotMeasured(string who, string whyNot) => new(who) { WhyNot = whyNot };
}
