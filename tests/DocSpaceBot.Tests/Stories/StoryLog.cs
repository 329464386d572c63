using System.Collections.Concurrent;
using System.Globalization;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;

namespace DocSpaceBot.Tests.Stories;

/// <summary>What the bot of one story logs, by way of its own logging with its own levels: only the console is replaced.</summary>
internal sealed class StoryLog : IDisposable
{
    private static readonly ConcurrentDictionary<string, StoryLog> All = new(StringComparer.Ordinal);

    private readonly string name = Guid.NewGuid().ToString("N");
    private readonly ConcurrentQueue<string> lines = new();

    public StoryLog() => All[name] = this;

    /// <summary>One for each event: level, message, values and exception.</summary>
    public IReadOnlyList<string> Lines => [.. lines];

    public IReadOnlyDictionary<string, string?> Settings =>
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Serilog:Using:0"] = typeof(StoryLog).Assembly.GetName().Name,
            ["Serilog:WriteTo:0:Name"] = nameof(StoryLogConfiguration.StoryLog),
            ["Serilog:WriteTo:0:Args:name"] = name,
            ["Serilog:MinimumLevel:Default"] = "Information",
            ["Serilog:MinimumLevel:Override:Microsoft.AspNetCore"] = "Warning",
            ["Serilog:MinimumLevel:Override:System.Net.Http"] = "Warning",
        };

    public static ILogEventSink Named(string name) => new Sink(All[name]);

    private void Add(LogEvent logEvent) =>
        lines.Enqueue(
            $"{logEvent.Level} {logEvent.RenderMessage(CultureInfo.InvariantCulture)} {string.Join(' ', logEvent.Properties.Values)} {logEvent.Exception}"
        );

    /// <summary>None of these words stands in the log, and nothing that looks like an e-mail address.</summary>
    public void HoldsNone(params string[] words)
    {
        foreach (var line in Lines)
        {
            Assert.DoesNotContain("@", line, StringComparison.Ordinal);
            Assert.All(words, word => Assert.DoesNotContain(word, line, StringComparison.OrdinalIgnoreCase));
        }
    }

    public void Dispose() => All.TryRemove(name, out _);

    /// <summary>Ends with each bot of the story; the log does not.</summary>
    private sealed class Sink(StoryLog log) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => log.Add(logEvent);
    }
}

/// <summary>How the settings of the log name a <see cref="StoryLog"/>.</summary>
public static class StoryLogConfiguration
{
    public static LoggerConfiguration StoryLog(this LoggerSinkConfiguration sinks, string name)
    {
        ArgumentNullException.ThrowIfNull(sinks);
        return sinks.Sink(Stories.StoryLog.Named(name));
    }
}
