using DocSpace.Api;
using DocSpaceBot.FollowUps;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
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

    private static string About => DoctorTexts.AboutWebhook;

    public async Task<Finding> LookAfterAsync(ApiKeyFacts key, CancellationToken cancellationToken)
    {
        if (options.Value.WebhookSecret.Length == 0)
        {
            return NotUsed(DoctorTexts.SecretEmpty, DoctorTexts.SecretEmptyAdvice);
        }

        if (bot.Value.PublicUrl.Length == 0)
        {
            return NotUsed(DoctorTexts.UrlUnknown, $"{DoctorTexts.UrlUnknownAdvice} {ByHand(DoctorTexts.YourHost + TakeWebhook.Path)}");
        }

        var url = new Uri(bot.Value.PublicUrl.TrimEnd('/') + TakeWebhook.Path);

        if (!key.Allows("*:read"))
        {
            return NotUsed(DoctorTexts.MayNotLookAtWebhooks, $"{DoctorTexts.MayNotLookAtWebhooksAdvice} {ByHand(url.AbsoluteUri)}");
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
            return InOrder(before, DoctorTexts.Registered);
        }

        if (!mayWrite)
        {
            return before is null
                ? NotUsed(DoctorTexts.NoWebhook, $"{DoctorTexts.NoWebhookAdvice} {ByHand(url.AbsoluteUri)}")
                : Bad(before, url);
        }

        if (!(await docSpace.GetPasswordRulesAsync(cancellationToken)).Allow(options.Value.WebhookSecret))
        {
            return NotUsed(DoctorTexts.SecretRefused, DoctorTexts.SecretRefusedAdvice);
        }

        await TryAsync(before, url, cancellationToken);

        return await FindAsync(url, cancellationToken) switch
        {
            null => NotUsed(
                DoctorTexts.NotTaken,
                $"{DoctorTexts.NotTakenAdvice.With(CardText.Escape(url.AbsoluteUri))} {ByHand(url.AbsoluteUri)}"
            ),
            { } after when before is null => InOrder(after, DoctorTexts.JustRegistered),
            { } after when IsSetUp(after) => InOrder(after, DoctorTexts.JustSetUp),
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
            it.LastSuccess is { } last ? $"{text} {DoctorTexts.LastEvent.With(InvitationCard.Time(last))}"
                : it.LastFailure is null ? $"{text} {DoctorTexts.NoEventSent}"
                : $"{text} {DoctorTexts.NoEventArrived}"
        );

    private static Finding Bad(PortalWebhook it, Uri url)
    {
        var text =
            !it.IsEnabled ? DoctorTexts.WebhookOff
            : !it.TellsOf(DocSpaceClient.TriggersOfPeople) ? DoctorTexts.WebhookNotForAll
            : it.LastFailure is { } last ? DoctorTexts.NotDeliveredAt.With(InvitationCard.Time(last))
            : DoctorTexts.NotDelivered;
        return new(About, Health.Attention, text, $"{DoctorTexts.WebhookBadAdvice} {ByHand(url.AbsoluteUri)}");
    }

    /// <summary>Nothing breaks without it.</summary>
    private Finding NotUsed(string why, string advice) =>
        new(About, Health.Attention, $"{why} {AskedInstead(followUps.Value.SweepInterval)}", advice);

    /// <summary>The secret is named by its setting and never shown.</summary>
    private static string ByHand(string url) => DoctorTexts.ByHand.With(Name, CardText.Escape(url));

    private static string AskedInstead(TimeSpan time) =>
        time switch
        {
            { TotalMinutes: 1 } => DoctorTexts.AskedEveryMinute,
            { TotalMinutes: >= 1 } when time.TotalMinutes % 1 == 0 && time.TotalMinutes < 120 => DoctorTexts.AskedEveryMinutes.With(
                Math.Round(time.TotalMinutes)
            ),
            { TotalHours: >= 2 } => DoctorTexts.AskedEveryHours.With(Math.Round(time.TotalHours)),
            { TotalSeconds: 1 } => DoctorTexts.AskedEverySecond,
            _ => DoctorTexts.AskedEverySeconds.With(Math.Round(time.TotalSeconds)),
        };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The webhook was {Done}")]
        public static partial void SetUp(ILogger logger, string done);

        [LoggerMessage(LogLevel.Warning, "The webhook could not be {Done}: {Problem}")]
        public static partial void NotSetUp(ILogger logger, string done, string problem);
    }
}
