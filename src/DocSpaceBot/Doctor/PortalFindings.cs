using DocSpace.Api;
using DocSpaceBot.Invitations;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Doctor;

/// <summary>Looks at the portal and at the key. What needs a permission that the key lacks is left out: that it lacks it is told.</summary>
internal sealed class PortalFindings(DocSpaceClient docSpace, TimeProvider clock)
{
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(14);

    private static readonly (string Scope, Health Without, string For)[] Scopes =
    [
        ("accounts:read", Health.Broken, "looking people up"),
        ("accounts:write", Health.Broken, "inviting people"),
        ("*:read", Health.Attention, "seats, limits and links"),
        ("rooms:write", Health.Attention, "guests and rooms"),
        ("*:write", Health.Attention, "links that end, and the webhook"),
    ];

    /// <summary>The key is null when the rest cannot be looked at.</summary>
    public async Task<(IReadOnlyList<Finding> Findings, ApiKeyFacts? Key)> LookAsync(CancellationToken cancellationToken)
    {
        var all = new List<Finding> { await TriedAsync("DocSpace", PortalAsync) };

        if (all[0].Health is Health.Broken)
        {
            return (all, null);
        }

        ApiKeyFacts? key = null;
        all.Add(
            await TriedAsync(
                "API key",
                async token =>
                {
                    key = await docSpace.GetKeyAsync(token);
                    return OfKey(key);
                }
            )
        );

        if (key is null || all[^1].Health is Health.Broken)
        {
            return (all, null);
        }

        all.Add(OfScopes(key));
        all.Add(await TriedAsync("Inviting", InvitingAsync));

        if (key.Allows("*:read"))
        {
            all.Add(await TriedAsync("Account of the key", AccountAsync));
            all.Add(await TriedAsync("Paid seats", SeatsAsync));
            all.Add(await TriedAsync("Invitations left", LimitAsync));
        }

        return (all, key);

        async Task<Finding> TriedAsync(string about, Func<CancellationToken, Task<Finding>> look)
        {
            try
            {
                return await look(cancellationToken);
            }
            catch (DocSpaceException e)
            {
                return Failed(about, e.Problem);
            }
        }
    }

    /// <summary>What a failed look means, in our words.</summary>
    public static Finding Failed(string about, DocSpaceProblem problem) =>
        problem.Kind switch
        {
            DocSpaceProblemKind.NotAuthorised => new(
                about,
                Health.Broken,
                "DocSpace does not accept the API key. It is unknown, has expired or was switched off, or the account of whoever made it is disabled.",
                "Make a new key in DocSpace with an account that stays, put it into DocSpace:ApiKey, and restart the bot."
            ),
            DocSpaceProblemKind.PortalUnavailable => new(
                about,
                Health.Broken,
                "DocSpace cannot be reached, or something else answers at its address.",
                "Look whether DocSpace runs and whether DocSpace:BaseUrl is its address, then type /doctor again."
            ),
            DocSpaceProblemKind.PortalUnpaid => new(
                about,
                Health.Broken,
                "The tariff of the DocSpace portal has run out.",
                "Renew it in DocSpace."
            ),
            DocSpaceProblemKind.Forbidden when problem.IsIpRestriction => new(
                about,
                Health.Broken,
                "DocSpace does not let the IP address of this machine in.",
                "Add it in DocSpace under Settings → Security → IP security."
            ),
            DocSpaceProblemKind.ScopeMissing or DocSpaceProblemKind.Forbidden => new(
                about,
                Health.Attention,
                "The key may not look at this.",
                "If it is to be looked at, use a key of a DocSpace admin with the permission *:read."
            ),
            DocSpaceProblemKind.CallMissing or DocSpaceProblemKind.NotFound => new(
                about,
                Health.Attention,
                "This version of DocSpace does not tell.",
                "Nothing, or update DocSpace."
            ),
            DocSpaceProblemKind.LimitReached => new(
                about,
                Health.Attention,
                "It could not be looked up: DocSpace takes no more calls for the moment.",
                "Type /doctor again in some minutes."
            ),
            _ => new(
                about,
                Health.Attention,
                "It could not be looked up: DocSpace gave no clear answer.",
                "Type /doctor again in a minute."
            ),
        };

    private async Task<Finding> PortalAsync(CancellationToken cancellationToken)
    {
        const string About = "DocSpace";
        var settings = await docSpace.GetSettingsAsync(anonymous: true, cancellationToken);

        if (settings.IsSetupUnfinished)
        {
            return new(
                About,
                Health.Broken,
                "It answers, but nobody has finished setting it up.",
                "Open DocSpace in a browser and finish the wizard."
            );
        }

        if (settings.State != 0)
        {
            return new(
                About,
                Health.Broken,
                "It answers, but it is suspended, or being moved or restored.",
                "Wait until that is over, or ask its administrator."
            );
        }

        var version = await VersionAsync(cancellationToken);
        return version switch
        {
            { IsTooOld: true } => new(
                About,
                Health.Broken,
                "It can be reached, but its version is older than 3.0, in which the roles mean other things.",
                "Update DocSpace before anybody is invited."
            ),
            { DocSpace: { } text } when System.Version.TryParse(text.Split('-')[0], out var number) => new(
                About,
                Health.Good,
                $"It can be reached. Version {number}."
            ),
            _ => new(About, Health.Good, "It can be reached. Which version it is, it does not tell."),
        };
    }

    /// <summary>DocSpace asks its document server for it and may be slow; that is no fault.</summary>
    private async Task<PortalVersion?> VersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await docSpace.GetVersionAsync(cancellationToken);
        }
        catch (DocSpaceException)
        {
            return null;
        }
    }

    private Finding OfKey(ApiKeyFacts key)
    {
        var owner = key.OwnerName is { Length: > 0 } name ? $"It acts as {CardText.Escape(name)}" : "It acts as whoever made it";
        var now = clock.GetUtcNow();
        const string Renew = "Make a new key in DocSpace, put it into DocSpace:ApiKey, and restart the bot.";

        return key switch
        {
            { IsActive: false } => new("API key", Health.Broken, "The key is switched off.", "Switch it on in DocSpace."),
            { ExpiresAt: { } end } when end <= now => new("API key", Health.Broken, $"The key expired {InvitationCard.Time(end)}.", Renew),
            { ExpiresAt: { } end } when end - now < ExpiresSoon => new(
                "API key",
                Health.Attention,
                $"{owner}, and expires {InvitationCard.Time(end)}.",
                Renew
            ),
            { ExpiresAt: { } end } => new("API key", Health.Good, $"{owner}, and expires {InvitationCard.Time(end)}."),
            _ => new("API key", Health.Good, $"{owner}, and does not expire. It dies with that account."),
        };
    }

    private static Finding OfScopes(ApiKeyFacts key)
    {
        var missing = Scopes.Where(it => !key.Allows(it.Scope)).ToList();
        return missing.Count == 0
            ? new("Permissions", Health.Good, "The key may do everything that the bot can use.")
            : new(
                "Permissions",
                missing.Max(it => it.Without),
                $"The key lacks {string.Join(", ", missing.Select(it => $"{CardText.Escape(it.Scope)} ({it.For})"))}.",
                "Add what you want to use to the key in DocSpace, or make a new one."
            );
    }

    private async Task<Finding> AccountAsync(CancellationToken cancellationToken)
    {
        const string About = "Account of the key";
        const string Other = "Make the key with the account of a DocSpace admin.";
        return (await docSpace.GetSelfAsync(cancellationToken)).Role switch
        {
            DocSpaceRole.DocSpaceAdmin => new(About, Health.Good, "It is that of a DocSpace admin."),
            DocSpaceRole.RoomAdmin => new(
                About,
                Health.Attention,
                "It is that of a room admin, who cannot invite admins and does not see who is disabled.",
                Other
            ),
            _ => new(About, Health.Broken, "It is that of a user or guest, who cannot invite anybody.", Other),
        };
    }

    private async Task<Finding> InvitingAsync(CancellationToken cancellationToken)
    {
        const string About = "Inviting";
        const string SwitchOn = "Switch it on in DocSpace under Settings → Security → Invitations.";

        try
        {
            return await docSpace.GetInvitationSettingsAsync(cancellationToken) switch
            {
                { AllowInvitingMembers: false, AllowInvitingGuests: false } => new(
                    About,
                    Health.Broken,
                    "Inviting is switched off.",
                    SwitchOn
                ),
                { AllowInvitingMembers: false } => new(
                    About,
                    Health.Broken,
                    "Inviting members is switched off; only guests can be invited.",
                    SwitchOn
                ),
                { AllowInvitingGuests: false } => new(About, Health.Attention, "Inviting guests is switched off.", SwitchOn),
                _ => new(About, Health.Good, "It is switched on for members and guests."),
            };
        }
        catch (DocSpaceException e) when (e.Problem.Kind is DocSpaceProblemKind.CallMissing or DocSpaceProblemKind.NotFound)
        {
            return new(About, Health.Good, "This version of DocSpace has no switch for it.");
        }
    }

    private async Task<Finding> SeatsAsync(CancellationToken cancellationToken)
    {
        const string About = "Paid seats";
        var seats = await docSpace.GetQuotaAsync(cancellationToken);
        return seats switch
        {
            { Total: null } => new(About, Health.Good, $"{seats.Used} are taken, and there is no limit."),
            { Free: 0 } => new(
                About,
                Health.Attention,
                $"All {seats.Total} are taken: room admins and DocSpace admins cannot be invited. Users and guests can.",
                "Free a seat or buy more in DocSpace, if you need them."
            ),
            _ => new(About, Health.Good, $"{seats.Used} of {seats.Total} are taken."),
        };
    }

    private async Task<Finding> LimitAsync(CancellationToken cancellationToken)
    {
        const string About = "Invitations left";
        return (await docSpace.GetSettingsAsync(anonymous: false, cancellationToken)).InvitationsLeft switch
        {
            null => new(About, Health.Good, "DocSpace sets no limit."),
            <= 0 => new(
                About,
                Health.Broken,
                "None: DocSpace sends no more invitations for now.",
                "Wait until people have joined, or a day."
            ),
            var left => new(About, Health.Good, $"{left} for now."),
        };
    }
}
