using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout;

/// <summary>Everything that runs in a try-out: the stand-ins, the bot between them, and the clock all of them go by.</summary>
internal sealed class TryoutWorld : IAsyncDisposable
{
    /// <summary>Guests are invited into a room, so there have to be some.</summary>
    public static readonly IReadOnlyList<string> Rooms = ["Q4 Audit", "Design"];

    private readonly DirectoryInfo? temporary;

    private TryoutWorld(MovableClock clock, StandInTeams teams, StandInPortal? portal, BotUnderTrial bot, DirectoryInfo? temporary) =>
        (Clock, Teams, Portal, Bot, this.temporary) = (clock, teams, portal, bot, temporary);

    public MovableClock Clock { get; }

    public StandInTeams Teams { get; }

    /// <summary>Null when the bot works with a real portal.</summary>
    public StandInPortal? Portal { get; }

    public BotUnderTrial Bot { get; }

    public static async Task<TryoutWorld> StartAsync(TryoutOptions options, StartBot startBot, CancellationToken cancellationToken)
    {
        var now = new MovableClock();
        var scratch = options.Keep is null ? Directory.CreateTempSubdirectory("docspacebot-") : null;
        StandInTeams? chat = null;
        StandInPortal? docSpace = null;
        try
        {
            var folder = scratch ?? Directory.CreateDirectory(options.Keep!);
            docSpace = options.Portal is null
                ? await StandInPortal.StartAsync(new PortalSetup { Dialect = options.Dialect, Clock = now }, cancellationToken)
                : null;
            var links = (options.Portal ?? docSpace!.Url).Host;
            chat = await StandInTeams.StartAsync(new TeamsSetup { Clock = now, LinkDomains = [links] }, cancellationToken);

            foreach (var room in Rooms)
                docSpace?.AddRoom(room);

            var settings = TryoutSettings.For(options, chat, docSpace, folder.FullName);
            // A real portal cannot reach this machine by its loopback address.
            var started = await startBot(docSpace is null ? settings : TryoutSettings.WithAddress(settings), now, cancellationToken);
            chat.BotUrl = started.Url;
            return new TryoutWorld(now, chat, docSpace, started, scratch);
        }
        catch
        {
            await EndAsync(chat, docSpace, scratch);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Bot.StopAsync();
        await EndAsync(Teams, Portal, temporary);
    }

    private static async Task EndAsync(StandInTeams? teams, StandInPortal? portal, DirectoryInfo? temporary)
    {
        if (teams is not null)
            await teams.DisposeAsync();
        if (portal is not null)
            await portal.DisposeAsync();
        temporary?.Delete(recursive: true);
    }
}
