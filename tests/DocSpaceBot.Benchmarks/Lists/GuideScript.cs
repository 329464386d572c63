using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace DocSpaceBot.Benchmarks.Lists;

/// <summary>A script that calls the portal in the manner of the guide "Invite users", as a process of its own.</summary>
internal sealed record GuideScript(string Who, string Interpreter, string File)
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    public static GuideScript JavaScript { get; } = new("the guide's JavaScript way", "node", "invite.mjs");

    public static GuideScript Python { get; } =
        new("the guide's Python way", OperatingSystem.IsWindows() ? "python" : "python3", "invite.py");

    public async Task<Outcome> RunAsync(Scenario scenario, IReadOnlyList<Newcomer> newcomers)
    {
        await using var portal = await scenario.StartPortalAsync();

        try
        {
            using var script = ChildProcess.Start(
                Interpreter,
                [Path.Combine(BuiltWith.GuideSource, File)],
                BuiltWith.GuideSource,
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["PORTAL_URL"] = portal.Url.AbsoluteUri,
                    ["PORTAL_KEY"] = portal.ApiKey,
                },
                listens: true
            );

            if (await script.FirstLine.WaitAsync(LongestStart) != "ready")
            {
                return Outcome.NotMeasured(Who, script.LastWords);
            }

            var arrivals = new Arrivals(portal, scenario, newcomers);
            var started = Stopwatch.GetTimestamp();
            await script.TellAsync(JsonSerializer.Serialize(newcomers, JsonSerializerOptions.Web));
            var exitCode = await script.EndAsync(LongestRun);
            return arrivals.Outcome(Who, started) with { Remark = exitCode == 0 ? null : $"{Who} ended badly. {script.LastWords}" };
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or TimeoutException)
        {
            return Outcome.NotMeasured(Who, $"{Interpreter} is needed for it: {e.Message}");
        }
    }
}
