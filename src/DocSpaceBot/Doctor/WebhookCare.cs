using DocSpace.Api;
using DocSpaceBot.FollowUps;
using DocSpaceBot.Invitations;
using Microsoft.Extensions.Options;
using Teams.Protocol.Cards;
using Teams.Protocol.Hosting;

namespace DocSpaceBot.Doctor;

/// <summary>
/// Looks whether the portal has a webhook that leads here, and has it make or repair it where the key may. It looks before and after: what is told is what
/// was found, and there is never a second one, because the portal takes no two with the same name and address.
/// </summary>
internal sealed partial class WebhookCare(
    DocSpaceClient docSpace,
    IOptions<DocSpaceOptions> options,
    IOptions<BotOptions> bot,
    IOptions<FollowUpOptions> followUps,
    ILogger<WebhookCare> logger
)
{
    public const string Name = "DocSpaceBot";

    private const string About = "Webhook";

    public async Task<Finding> LookAfterAsync(ApiKeyFacts key, CancellationToken cancellationToken)
    {
        if (options.Value.WebhookSecret.Length == 0)
        {
            return NotUsed(
                "DocSpace:WebhookSecret is empty",
                "Set DocSpace:WebhookSecret and Bot:PublicUrl, restart the bot, and type /doctor again."
            );
        }

        if (bot.Value.PublicUrl.Length == 0)
        {
            return NotUsed(
                "I do not know where DocSpace can reach me, so I cannot look for the webhook",
                "Set Bot:PublicUrl, restart the bot, and type /doctor again. " + ByHand("https://YOUR-BOT-HOST" + TakeWebhook.Path)
            );
        }

        var url = new Uri(bot.Value.PublicUrl.TrimEnd('/') + TakeWebhook.Path);

        if (!key.Allows("*:read"))
        {
            return NotUsed(
                "The key may not look at webhooks: it lacks \\*:read",
                "Add \\*:read and \\*:write to the key. " + ByHand(url.AbsoluteUri)
            );
        }

        try
        {
            return await LookAfterAsync(url, key.Allows("*:write"), cancellationToken);
        }
        catch (DocSpaceException e)
        {
            return PortalFindings.Failed(About, e.Problem) with { Health = Health.Attention };
        }
    }

    private async Task<Finding> LookAfterAsync(Uri url, bool mayWrite, CancellationToken cancellationToken)
    {
        var before = await FindAsync(url, cancellationToken);

        if (before is not null && IsInOrder(before))
        {
            return InOrder(before, "It is registered and switched on.");
        }

        if (!mayWrite)
        {
            return before is null
                ? NotUsed(
                    "DocSpace has no webhook that leads to me",
                    "Add \\*:write to the key and type /doctor again. " + ByHand(url.AbsoluteUri)
                )
                : Bad(before, url);
        }

        if (!(await docSpace.GetPasswordRulesAsync(cancellationToken)).Allow(options.Value.WebhookSecret))
        {
            return NotUsed(
                "DocSpace would not take the secret in DocSpace:WebhookSecret: it does not meet its password rules",
                "Choose another (upper and lower case letters, digits and special characters), restart the bot, and type /doctor again."
            );
        }

        await TryAsync(before, url, cancellationToken);

        return await FindAsync(url, cancellationToken) switch
        {
            null => NotUsed(
                "DocSpace did not take the webhook. It takes none at a private address, and none where it gets no answer",
                $"Look whether DocSpace can reach {CardText.Escape(url.AbsoluteUri)} over the internet, then type /doctor again. {ByHand(url.AbsoluteUri)}"
            ),
            { } after when before is null => InOrder(after, "I have just registered it."),
            { } after when IsSetUp(after) => InOrder(after, "I have just set it up anew. Whether events arrive shows with the next one."),
            { } after => Bad(after, url),
        };
    }

    /// <summary>What comes of it is looked up afterwards, whatever the portal says.</summary>
    private async Task TryAsync(PortalWebhook? before, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            if (before is null)
            {
                await docSpace.CreateWebhookAsync(Name, url, options.Value.WebhookSecret, cancellationToken);
            }
            else
            {
                await docSpace.RepairWebhookAsync(before, url, options.Value.WebhookSecret, cancellationToken);
            }

            Log.SetUp(logger, before is null ? "registered" : "set up anew");
        }
        catch (DocSpaceException e)
        {
            Log.NotSetUp(logger, before is null ? "registered" : "set up anew", e.Message);
        }
    }

    /// <summary>The one that leads here; where somebody has made several by hand, the one that works.</summary>
    private async Task<PortalWebhook?> FindAsync(Uri url, CancellationToken cancellationToken) =>
        (await docSpace.GetWebhooksAsync(cancellationToken))
            .Where(it => it.Url == url)
            .OrderByDescending(IsInOrder)
            .ThenBy(it => it.Id)
            .FirstOrDefault();

    private static bool IsSetUp(PortalWebhook it) => it.IsEnabled && it.TellsOf(DocSpaceClient.TriggersOfPeople);

    private static bool IsInOrder(PortalWebhook it) => IsSetUp(it) && (it.LastFailure is not { } failure || it.LastSuccess > failure);

    private static Finding InOrder(PortalWebhook it, string text) =>
        new(
            About,
            Health.Good,
            it.LastSuccess is { } last ? $"{text} The last event arrived {InvitationCard.Time(last)}."
                : it.LastFailure is null ? $"{text} No event has been sent yet."
                : $"{text} No event has arrived yet."
        );

    private static Finding Bad(PortalWebhook it, Uri url)
    {
        var text =
            !it.IsEnabled ? "It is registered, but switched off. DocSpace does that when nothing arrives for three days."
            : !it.TellsOf(DocSpaceClient.TriggersOfPeople) ? "It is registered, but not for all events about users."
            : $"It is registered, but the last event could not be delivered{(it.LastFailure is { } last ? $" ({InvitationCard.Time(last)})" : "")}.";
        return new(
            About,
            Health.Attention,
            text,
            "Look whether DocSpace can reach me, and add \\*:write to the key so that I can repair it. " + ByHand(url.AbsoluteUri)
        );
    }

    /// <summary>Nothing breaks without it.</summary>
    private Finding NotUsed(string why, string advice) =>
        new(
            About,
            Health.Attention,
            $"{why}. Who has joined is asked for every {Words(followUps.Value.SweepInterval)} in its place.",
            advice
        );

    /// <summary>The secret is named by its setting and never shown.</summary>
    private static string ByHand(string url) =>
        $"Or enter it by hand in DocSpace (Developer tools → Webhooks): name {Name}, payload URL {CardText.Escape(url)}, secret key the value of DocSpace:WebhookSecret, events User created, User invited, User updated, User deleted.";

    private static string Words(TimeSpan time) =>
        time switch
        {
            { TotalMinutes: 1 } => "minute",
            { TotalMinutes: >= 1 } when time.TotalMinutes % 1 == 0 && time.TotalMinutes < 120 => $"{time.TotalMinutes:0} minutes",
            { TotalHours: >= 2 } => $"{Math.Round(time.TotalHours):0} hours",
            { TotalSeconds: 1 } => "second",
            _ => $"{time.TotalSeconds:0} seconds",
        };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The webhook was {Done}")]
        public static partial void SetUp(ILogger logger, string done);

        [LoggerMessage(LogLevel.Warning, "The webhook could not be {Done}: {Problem}")]
        public static partial void NotSetUp(ILogger logger, string done, string problem);
    }
}
