using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;
using DocSpaceBot.Tryout.Terminal;

namespace DocSpaceBot.Tryout;

/// <summary>One try-out: who speaks where, and what a line does to Teams, the portal, the clock and so to the bot.</summary>
internal sealed class TryoutSession : IAsyncDisposable
{
    /// <summary>How long a check waits, in real time, for what it wants to see.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long the bot may be at work, in real time, before a line is given up. A slow portal is slow on purpose.</summary>
    private static readonly TimeSpan LongestWork = TimeSpan.FromMinutes(3);

    /// <summary>A long time passes in this many parts, so that what is due on the third day happens before what is due on the tenth.</summary>
    private const int PartsOfTime = 24;

    /// <summary>The card of a list under way is edited every two seconds only; so long, in real time, a line waits to show what became of it.</summary>
    private static readonly TimeSpan LongestList = TimeSpan.FromSeconds(2.5);

    private const string UnderWay = "Cancel the rest";

    private static readonly Place[] Places = [Place.Personal, Place.Group, Place.Channel, Place.General];

    private readonly ChatScreen screen;
    private readonly TryoutWorld world;
    private readonly StandInTeams teams;

    private TryoutSession(ChatScreen screen, TryoutWorld world) => (this.screen, this.world, teams) = (screen, world, world.Teams);

    /// <summary>Who speaks.</summary>
    public string Who { get; private set; } = "alice";

    /// <summary>Where it is said.</summary>
    public Place Where { get; private set; } = Place.Personal;

    public static async Task<TryoutSession> StartAsync(
        TryoutOptions options,
        ChatScreen screen,
        StartBot startBot,
        CancellationToken cancellationToken
    )
    {
        var session = new TryoutSession(screen, await TryoutWorld.StartAsync(options, startBot, cancellationToken));
        await session.teams.InstallAsync();
        await session.SettleAsync(cancellationToken);

        // The bot greets in every chat it was installed in; the first that is printed is what the first line causes.
        screen.Skip(session.Sights());
        return session;
    }

    /// <summary>Does what the line says, waits until the bot has nothing more to do, and shows what became of it.</summary>
    /// <exception cref="LineFailedException">It could not be done, or what is checked is not so.</exception>
    public async Task RunAsync(ScriptLine line, CancellationToken cancellationToken)
    {
        try
        {
            await DoAsync(line, cancellationToken);
        }
        catch (Exception refused)
            when (refused is Teams.StandInException or Portal.StandInException or IOException or UnauthorizedAccessException)
        {
            throw new LineFailedException(refused.Message);
        }
        finally
        {
            Show();
        }
    }

    /// <summary>The title of a numbered button of the newest card the speaker sees here.</summary>
    /// <exception cref="LineFailedException">There is no such number.</exception>
    public string ButtonTitle(int number)
    {
        var newest = teams.Visible(Who, Where).LastOrDefault(message => message.Card is { } card && CardReader.Buttons(card).Any());
        var buttons = newest?.Card is { } card ? CardPicture.Of(card).Buttons : [];
        return number >= 1 && number <= buttons.Count
            ? buttons[number - 1]
            : throw new LineFailedException(
                buttons.Count == 0 ? $"{Who} sees no buttons here." : $"The newest card has the buttons 1 to {buttons.Count}."
            );
    }

    /// <summary>Prints what changed since it was last printed.</summary>
    public void Show() => screen.Show(Sights());

    public ValueTask DisposeAsync() => world.DisposeAsync();

    /// <summary>Everything that everybody sees of the bot now: its messages, and its cards beneath what people typed.</summary>
    private IEnumerable<Sight> Sights() =>
        from person in teams.People.OrderBy(person => person.Name, StringComparer.Ordinal)
        from place in Places
        where place is Place.Personal || person.TenantId == teams.TenantId
        from message in teams.Visible(person.Name, place)
        where message.IsFromBot || message.IsUnfurled
        select new Sight(person.Name, place, message.IsUnfurled ? message with { Text = null } : message);

    private async Task DoAsync(ScriptLine line, CancellationToken cancellationToken)
    {
        switch (line)
        {
            case ScriptLine.As(var who):
                Who = teams[who].Name;
                break;
            case ScriptLine.In(var where):
                _ = teams.Visible(Who, where);
                Where = where;
                break;
            case ScriptLine.Say(var text):
                screen.Typed(Who, Where, text);
                await AnsweredAsync(await teams.SayAsync(Who, Where, text), cancellationToken);
                break;
            case ScriptLine.Press(var title, var fields):
                screen.Typed(Who, Where, $"[{title}]{string.Concat(fields.Select(field => $" {field.Key}=\"{field.Value}\""))}");
                await PressAsync(title, fields, cancellationToken);
                break;
            case ScriptLine.Upload(var file, var words):
                screen.Typed(Who, Place.Personal, $"[file {Path.GetFileName(file)}] {words}".TrimEnd());
                var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
                await AnsweredAsync(await teams.UploadAsync(Who, Path.GetFileName(file), bytes, words), cancellationToken);
                break;
            case ScriptLine.Pass(var time):
                await PassAsync(time, cancellationToken);
                screen.Note($"It is {world.Clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC.");
                break;
            case ScriptLine.See(var text):
                await SeeAsync(text, wanted: true);
                break;
            case ScriptLine.SeeNo(var text):
                await SeeAsync(text, wanted: false);
                break;
            default:
                await AtPortalAsync(
                    line,
                    world.Portal ?? throw new LineFailedException("That needs the stand-in portal; this try-out runs against a real one."),
                    cancellationToken
                );
                break;
        }
    }

    private async Task AtPortalAsync(ScriptLine line, StandInPortal standIn, CancellationToken cancellationToken)
    {
        switch (line)
        {
            case ScriptLine.Join(var address, var byLink):
                _ = byLink ? await standIn.JoinByLinkAsync(address) : await standIn.JoinAsync(address);
                screen.Note($"{address} registers on the portal.");
                await PassAsync(TryoutSettings.SweepInterval, cancellationToken);
                break;
            case ScriptLine.Mails(var address, var expected):
                await MailsAsync(standIn, address, expected, cancellationToken);
                screen.Succeeded($"{expected} {(expected == 1 ? "mail" : "mails")} to {address}");
                break;
            case ScriptLine.PortalDown:
                standIn.Faults.Down = true;
                screen.Note("The portal is down.");
                break;
            case ScriptLine.PortalUp:
                standIn.Faults.Clear();
                screen.Note("The portal is up.");
                await SettleAsync(cancellationToken);
                break;
            case ScriptLine.PortalSlow(var by):
                standIn.Faults.Slow = by;
                screen.Note($"The portal takes {by.TotalSeconds:0.#} s for every answer.");
                break;
            case ScriptLine.PortalLimit(var on):
                standIn.Faults.Limited = on;
                screen.Note(on ? "The portal's limit is reached." : "The portal's limit is no longer reached.");
                break;
            default:
                throw new InvalidOperationException($"No code does a line of the kind {line.GetType().Name}.");
        }
    }

    /// <summary>What has not been sent yet may be waiting for the next try; what was sent too often stays so.</summary>
    private async Task MailsAsync(StandInPortal standIn, string address, int expected, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();

        while (standIn.InvitationMailsTo(address) < expected && TimeProvider.System.GetElapsedTime(since) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        await SettleAsync(cancellationToken);

        if (standIn.InvitationMailsTo(address) is var sent && sent != expected)
            throw new LineFailedException($"The portal has sent {sent} mails to {address}, not {expected}.");
    }

    private async Task PressAsync(string title, IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken)
    {
        var result = await teams.PressAsync(Who, Where, title, fields, new PressOptions { Patience = Patience });
        if (result.Url is { } url)
            screen.Note($"This opens {url}");
        await AnsweredAsync(result.Status, cancellationToken);
    }

    /// <summary>That the bot turns somebody away (a person of another tenant, say) is no failure of the line; that it breaks is.</summary>
    private async Task AnsweredAsync(int status, CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        await ListEndsAsync(cancellationToken);
        if (status >= 500)
            throw new LineFailedException($"The bot answered with HTTP {status}.");
        if (status >= 400)
            screen.Note($"The bot answered with HTTP {status}.");
    }

    private async Task ListEndsAsync(CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();

        while (IsListUnderWay() && TimeProvider.System.GetElapsedTime(since) < LongestList)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            await SettleAsync(cancellationToken);
        }
    }

    private bool IsListUnderWay() =>
        teams.Visible(Who, Where).LastOrDefault(message => message.Card is not null)?.Card is { } card
        && CardReader.Buttons(card).Any(button => button.Title == UnderWay);

    private async Task SeeAsync(string text, bool wanted)
    {
        var isSo = wanted ? await teams.SeesAsync(Who, Where, text, Patience) : await teams.SeesNoAsync(Who, Where, text, Patience);
        Show();
        if (!isSo)
            throw new LineFailedException(wanted ? $"{Who} does not see \"{text}\" here." : $"{Who} still sees \"{text}\" here.");
        screen.Succeeded($"{Who} sees {(wanted ? "" : "no ")}\"{text}\"");
    }

    private async Task PassAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var part = TimeSpan.FromTicks(Math.Max(time.Ticks / PartsOfTime, Math.Min(time.Ticks, TimeSpan.TicksPerSecond)));
        for (var left = time; left > TimeSpan.Zero; left -= part)
        {
            world.Clock.Advance(left < part ? left : part);
            await SettleAsync(cancellationToken);
        }
    }

    /// <summary>Waits until the bot and Teams have nothing more to say to each other.</summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LongestWork);
        try
        {
            await world.Bot.WhenIdleAsync(patience.Token);
            // What the bot has just shown may make a client ask it for more.
            await teams.IdleAsync().WaitAsync(patience.Token);
            await world.Bot.WhenIdleAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LineFailedException($"The bot is still at work after {LongestWork.TotalMinutes:0} minutes.");
        }
    }
}
