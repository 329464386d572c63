namespace DocSpaceBot.Tryout.Teams;

/// <summary>Where the stand-in listens; known once it does.</summary>
internal sealed class StandInAddress
{
    // A path before the calls, as Teams has one for each region: it shows who joins URLs wrongly.
    public const string ServicePath = "/emea";

    public Uri Root { get; set; } = new("http://127.0.0.1/");

    /// <summary>Ends with a slash, as Teams sends it.</summary>
    public string ServiceUrl => new Uri(Root, $"{ServicePath}/").AbsoluteUri;

    public Uri At(string path) => new(Root, path);
}
