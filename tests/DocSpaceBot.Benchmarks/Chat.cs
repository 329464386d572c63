using System.Diagnostics;

namespace DocSpaceBot.Benchmarks;

/// <summary>Many people who say the same to one bot.</summary>
internal sealed class Chat(World world, Uri bot, string text, IReadOnlyList<string> tokens)
{
    /// <summary>The same for all bots. So many turns are under way at a time.</summary>
    private const int Connections = 256;

    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly Messages messages = new(text, bot, world.Connector.ServiceUrl, world.TenantId, world.BotId, tokens);

    /// <summary>Shared by chats with the same bot, because no number may be used twice.</summary>
    public MessageNumbers Numbers { get; init; } = new();

    /// <summary>Messages that were answered with 2xx and whose reply arrived, per second from the first message to the last reply.</summary>
    public async Task<double> RepliesPerSecondAsync(TimeSpan time)
    {
        var burst = await TalkAsync(long.MaxValue, time);
        return burst.Accepted / Stopwatch.GetElapsedTime(burst.Started, world.Connector.LastAt).TotalSeconds;
    }

    public Task CountRepliesAsync(int messagesToSend) => TalkAsync(messagesToSend, LongestWait);

    /// <summary>Sends only; replies are not waited for.</summary>
    public Task<Burst> SendAsync(long count, TimeSpan longest) =>
        new LoadGenerator(bot, Connections).RunAsync(messages, Numbers, count, longest);

    private async Task<Burst> TalkAsync(long count, TimeSpan longest)
    {
        world.Connector.Reset();
        var first = Numbers.Next;
        var burst = await SendAsync(count, longest);
        var waiting = Stopwatch.GetTimestamp();

        while (world.Connector.Replies < burst.Accepted && Stopwatch.GetElapsedTime(waiting) < LongestWait)
        {
            await Task.Delay(5);
        }

        Verify(first, burst);
        return burst;
    }

    /// <exception cref="InvalidOperationException">Not every message got its one reply in its own conversation.</exception>
    private void Verify(long first, Burst burst)
    {
        var expected = new int[Messages.Conversations];

        for (var number = first; number < Numbers.Next; number++)
        {
            expected[Messages.ConversationOf(number)]++;
        }

        var wrong = expected.Where((count, conversation) => world.Connector.RepliesTo(conversation) != count).Count();

        if (burst.Accepted != burst.Sent || wrong > 0)
        {
            throw new InvalidOperationException(
                $"{burst.Sent} messages were sent to {bot}, {burst.Accepted} accepted, {world.Connector.Replies} replied to; {wrong} conversations have too many or too few replies."
            );
        }
    }
}
