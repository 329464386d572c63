using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Teams.Protocol.Activities;

namespace Teams.Protocol.Hosting;

/// <summary>Reads the body of a request into an activity, with a bound on everything a sender decides.</summary>
internal static class ActivityReader
{
    /// <summary>Teams' own limit for a message is about 100 KB.</summary>
    public const int LargestBody = 256 * 1024;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = ActivityJsonContext.MaxDepth };

    public static bool IsJson(string? contentType)
    {
        if (contentType is null)
        {
            return false;
        }

        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        var type = (end < 0 ? contentType : contentType.AsSpan(0, end)).Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Equals("text/json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The activity, or the status that says why there is none: 400 or 413.</summary>
    public static async ValueTask<(Activity? Activity, int Status)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > LargestBody)
        {
            return (null, StatusCodes.Status413PayloadTooLarge);
        }

        var body = request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            if (read.Buffer.Length > LargestBody)
            {
                body.AdvanceTo(read.Buffer.End);
                return (null, StatusCodes.Status413PayloadTooLarge);
            }

            if (read.IsCompleted)
            {
                var activity = Parse(read.Buffer);
                body.AdvanceTo(read.Buffer.End);
                return (activity, activity is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static Activity? Parse(ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
        {
            return Parse(body.FirstSpan);
        }

        var rented = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(rented);
            return Parse(rented.AsSpan(0, (int)body.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Null for everything that is not exactly one well-formed activity with what its type needs.</summary>
    internal static Activity? Parse(ReadOnlySpan<byte> json)
    {
        json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        try
        {
            // Text is decoded when it is asked for, also long after this; broken text has to be noticed here.
            if (!Utf8.IsValid(json) || (json.IndexOf("\\u"u8) >= 0 && !EscapesAreWhole(json)))
            {
                return null;
            }

            var reader = new Utf8JsonReader(json, ReaderOptions);
            var activity = JsonSerializer.Deserialize(ref reader, ActivityJsonContext.Default.Activity);
            return activity is not null && !reader.Read() && IsComplete(activity) ? activity : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool EscapesAreWhole(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, ReaderOptions);
        var rented = ArrayPool<char>.Shared.Rent(json.Length);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.CopyString(rented);
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // Half a surrogate pair.
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    private static bool IsComplete(Activity activity)
    {
        if (string.IsNullOrEmpty(activity.Type) || HasHoles(activity))
        {
            return false;
        }

        var needsPlace =
            activity.Type
            is ActivityTypes.Message
                or ActivityTypes.Invoke
                or ActivityTypes.ConversationUpdate
                or ActivityTypes.InstallationUpdate;
        return !needsPlace
            || (
                activity.Conversation?.Id is { Length: > 0 }
                && activity.From?.Id is { Length: > 0 }
                && activity.ServiceUrl is { Length: > 0 }
                && activity.ChannelId is { Length: > 0 }
            );
    }

    /// <summary>A list may be missing but not have a null in it: nobody who reads one expects that.</summary>
    private static bool HasHoles(Activity activity) =>
        HasHole(activity.Attachments) || HasHole(activity.MembersAdded) || HasHole(activity.MembersRemoved);

    private static bool HasHole<T>(IReadOnlyList<T>? list)
        where T : class
    {
        for (var i = 0; i < list?.Count; i++)
        {
            if (list[i] is null)
            {
                return true;
            }
        }

        return false;
    }
}
