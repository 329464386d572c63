using System.Diagnostics.CodeAnalysis;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>How a <see cref="StandInTeams"/> is to behave.</summary>
internal sealed record TeamsSetup
{
    /// <summary>The bot's registration. Empty means that nobody is authenticated, in either direction.</summary>
    public string AppId { get; init; } = "5b0715ac-e5b0-4715-8ace-5b0715ace001";

    public string AppPassword { get; init; } = "stand-in~secret.of.the.bot";

    /// <summary>The tenant in which all people but gus work.</summary>
    public string TenantId { get; init; } = "c0a705a0-1000-4000-8000-000000000001";

    public string OtherTenantId { get; init; } = "fab12ca0-2000-4000-8000-000000000002";

    public string BotName { get; init; } = "DocSpaceBot";

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Language of everybody's Teams client, unless a person or a message has another.</summary>
    public string Locale { get; init; } = "en-US";

    public string Timezone { get; init; } = "UTC";

    /// <summary>The domains of the app's link handler: <c>host</c>, or <c>*.host</c> for one label before it; without a port. None asks about no link.</summary>
    public IReadOnlyList<string> LinkDomains { get; init; } = [];

    /// <summary>False keeps neither messages nor calls, for measuring: any activity id is then known to the connector.</summary>
    public bool KeepMessages { get; init; } = true;

    /// <summary>Keeps to the limits Teams has per bot and conversation and answers 429 beyond them.</summary>
    public bool RateLimits { get; init; }

    /// <summary>Answers 412 to a write that arrives while another one in the same conversation is still under way.</summary>
    public bool RefuseConcurrentWrites { get; init; }

    /// <summary>Sends an activity once more, with the same id, when the bot answers 5xx, not at all, or not within 15 seconds.</summary>
    public bool Redeliver { get; init; } = true;

    /// <summary>How long after the failure it is sent again, by <see cref="Clock"/>.</summary>
    public TimeSpan RedeliverAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the bot's own access tokens are good for, by <see cref="Clock"/>.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromSeconds(3599);

    internal bool IsAuthenticated => AppId.Length > 0;

    /// <summary>The bot's id as a member of conversations.</summary>
    internal string BotId => "28:" + (IsAuthenticated ? AppId : "5b0715ac-0000-4000-8000-000000000000");
}

/// <summary>Where something is said or seen.</summary>
internal enum Place
{
    /// <summary>The person's own chat with the bot.</summary>
    Personal,

    /// <summary>The group chat of everybody in the tenant.</summary>
    Group,

    /// <summary>The channel "Onboarding" of the team.</summary>
    Channel,

    /// <summary>The team's General channel.</summary>
    General,
}

/// <summary>Something that nobody could do in Teams was asked of the stand-in. The message is a sentence for the person at the keyboard.</summary>
[SuppressMessage("Design", "S3871", Justification = "The try-out is a program: nobody outside can catch it.")]
internal sealed class StandInException(string message) : Exception(message);
