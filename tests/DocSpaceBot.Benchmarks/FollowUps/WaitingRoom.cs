using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Benchmarks.FollowUps;

/// <summary>A Teams and a portal in which many people have been invited, each by a request of its own, and nobody has joined yet.</summary>
internal sealed class WaitingRoom : IAsyncDisposable
{
    public const string Secret = "Benchmark-Secret-1";

    /// <summary>Teams takes two messages or edits a second in a chat, so that many chats are needed for many who join.</summary>
    private const int Conversations = 300;

    private const string Before = "newcomer";
    private const int Digits = 5;

    private readonly IReadOnlyList<PortalPerson> people;
    private readonly IReadOnlyList<TeamsPerson> requesters;
    private readonly TimeProvider clock;

    private WaitingRoom(StandInTeams teams, StandInPortal portal, IReadOnlyList<PortalPerson> people, TimeProvider clock)
    {
        (Teams, Portal, this.people, this.clock) = (teams, portal, people, clock);
        requesters =
        [
            .. Enumerable
                .Range(0, Conversations)
                .Select(number =>
                    teams.AddPerson(string.Create(CultureInfo.InvariantCulture, $"requester{number:D3}"), joinsPlaces: false)
                ),
        ];
    }

    public StandInTeams Teams { get; }

    public StandInPortal Portal { get; }

    /// <summary>How many wait.</summary>
    public int Count => people.Count;

    public IEnumerable<Guid> PortalUsers => people.Select(person => person.Id);

    public static async Task<WaitingRoom> StartAsync(int count, TimeProvider clock)
    {
        var teams = await StandInTeams.StartAsync(new TeamsSetup { KeepMessages = false, Clock = clock }, CancellationToken.None);
        var portal = await StandInPortal.StartAsync(new PortalSetup { Seats = -1, Clock = clock }, CancellationToken.None);
        var emails = Enumerable.Range(0, count).Select(EmailOf).ToList();
        using var http = ClientOf(portal);
        using var answer = await http.PostAsJsonAsync(
            "api/2.0/people/invite",
            new { invitations = emails.Select(email => new { email, type = "User" }) }
        );
        answer.EnsureSuccessStatusCode();
        return new(teams, portal, [.. emails.Select(email => portal.Find(email)!)], clock);
    }

    /// <summary>Calls the portal with the bot's key.</summary>
    public static HttpClient ClientOf(StandInPortal portal)
    {
        var http = new HttpClient { BaseAddress = portal.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", portal.ApiKey);
        return http;
    }

    public Dictionary<string, string?> Settings(Uri address, string database) =>
        new(BotSettings.For(Teams, Portal, address, database), StringComparer.OrdinalIgnoreCase) { ["DocSpace:WebhookSecret"] = Secret };

    /// <summary>Puts into a bot's file what it has to know of all of them.</summary>
    public async Task KeepAsync(string file)
    {
        await using var database = await PastInvitations.OpenAsync(StorageProvider.Sqlite, $"Data Source={file}");
        await PastInvitations.AddAsync(database, people.Select((person, number) => RequestOf(number, person)), clock);
    }

    /// <summary>The next of them opens the letter and registers; the portal tells it to its webhooks.</summary>
    public Task JoinAsync(int number) => Portal.JoinAsync(EmailOf(number));

    public async ValueTask DisposeAsync()
    {
        await Teams.DisposeAsync();
        await Portal.DisposeAsync();
    }

    /// <summary>The message that carries the card of this person's request.</summary>
    public static string CardOf(int number) => string.Create(CultureInfo.InvariantCulture, $"17{number:D11}");

    /// <summary>Whose request has its card there; null when it is none of these.</summary>
    public static int? NumberOfCard(string? activity) =>
        activity is { Length: 13 } && int.TryParse(activity.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Who is named in a message; null when nobody is.</summary>
    public static int? NumberIn(string text) =>
        text.IndexOf(Before, StringComparison.Ordinal) is var at and >= 0
        && int.TryParse(text.AsSpan(at + Before.Length, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string EmailOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Before}{number:D5}@joining.example");

    private PastRequest RequestOf(int number, PortalPerson person)
    {
        // One after the other, so that nobody's chat gets several at once.
        var requester = requesters[number % Conversations];
        return new(
            new Person(requester.AadObjectId, requester.DisplayName),
            new ConversationReference(Teams.ServiceUrl, requester.ChatId, "personal", requester.TenantId, Teams.BotId),
            CardOf(number),
            [new(person.Email, person.Id)]
        );
    }
}
