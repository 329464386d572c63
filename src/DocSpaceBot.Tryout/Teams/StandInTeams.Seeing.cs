using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>What can be seen, waited for, and done by hand.</summary>
internal sealed partial class StandInTeams
{
    /// <summary>What the person sees in the place now, oldest first; in a channel, the messages of all its threads.</summary>
    public IReadOnlyList<TeamsMessage> Visible(string who, Place where) => directory.Find(where, directory[who]).VisibleTo(who);

    /// <summary>
    /// Whether the person can read these words there, in anything that came from the bot or from a press of theirs, cards beneath links included. What people
    /// typed does not count.
    /// </summary>
    public bool Sees(string who, Place where, string text) => Visible(who, where).Any(message => message.ShowsByBot(text));

    /// <summary>Waits until the person can read these words; false when they cannot within this much real time.</summary>
    public Task<bool> SeesAsync(string who, Place where, string text, TimeSpan timeout) =>
        changes.WaitAsync(() => Sees(who, where, text), timeout);

    /// <summary>Waits until the person can no longer read these words; false when they still can after this much real time.</summary>
    public Task<bool> SeesNoAsync(string who, Place where, string text, TimeSpan timeout) =>
        changes.WaitAsync(() => !Sees(who, where, text), timeout);

    /// <summary>Waits for anything that messages or calls can bring about, looking again at each change.</summary>
    public Task<bool> WaitAsync(Func<bool> condition, TimeSpan timeout) => changes.WaitAsync(condition, timeout);

    /// <summary>Completes when no refresh and no repeated delivery is under way. Those that are due later by the clock do not count.</summary>
    public Task IdleAsync() => background.IdleAsync();

    /// <summary>A token for what the bot receives: the one Teams would send, with whatever is changed about it.</summary>
    public string MintToken(Action<TokenSpec>? change = null) => bot.Mint(change);

    /// <summary>Teams signs with new keys from now on and no longer publishes the old ones.</summary>
    public void RotateKeys() => keys.Rotate();

    /// <summary>The connector no longer accepts the access tokens the bot has.</summary>
    public void RevokeTokens() => identity.RevokeTokens();

    /// <summary>The last typed message that was sent to the bot, to change and send again.</summary>
    public JsonObject LastMessage() =>
        bot.Delivered.LastOrDefault(activity => (string?)activity["type"] is "message")?.DeepClone().AsObject()
        ?? throw new StandInException("Nobody has said anything yet.");

    /// <summary>Sends an activity as it is, with a good token, as Teams does when it delivers one again.</summary>
    public async Task<BotAnswer> DeliverAsync(JsonObject activity) => (await bot.DeliverAsync(activity, Delivery.Once))[0];

    /// <summary>Sends an activity as it is, with this token or none, once.</summary>
    public Task<BotAnswer> PostAsync(JsonObject activity, string? token) =>
        bot.PostAsync(activity, token, BotChannel.Patience, byClock: true);
}
