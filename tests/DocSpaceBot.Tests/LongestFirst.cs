using DocSpaceBot.Tests.Stories;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("DocSpaceBot.Tests.LongestFirst", "DocSpaceBot.Tests")]

namespace DocSpaceBot.Tests;

/// <summary>
/// The classes run beside each other, the tests of one class one after the other. Those that take long by themselves begin first, so that
/// none of them is still at work alone when all others are through.
/// </summary>
internal sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string Crashes = $"{typeof(LongestFirst).Namespace}.{nameof(Crash)}.";

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(Rank).ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);

    private static int Rank(ITestCollection collection) =>
        collection.DisplayName.Contains(Crashes, StringComparison.Ordinal) ? 0
        : collection.DisplayName.Contains(nameof(CancelStories), StringComparison.Ordinal) ? 1
        : 2;
}
