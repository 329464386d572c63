using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Tests;

/// <summary>A card as a file that can be pasted into the Adaptive Cards Designer.</summary>
internal static class ApprovedCard
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Same(string name, AdaptiveCard card, [CallerFilePath] string test = "")
    {
        using var json = JsonDocument.Parse(card.ToJson());
        Approved.Same($"{name}.approved.json", JsonSerializer.Serialize(json.RootElement, Readable), test);
    }
}
