using System.Text.Encodings.Web;
using System.Text.Json;

namespace Teams.Protocol;

/// <summary>How this library writes JSON.</summary>
internal static class Wire
{
    /// <summary>
    /// Letters of all languages are written as they are, not as \u escapes: the size limit of a message counts characters. Safe because the content
    /// type is always application/json and never a page.
    /// </summary>
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
