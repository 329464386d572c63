using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>What the portal says about itself and about the key: <c>settings</c>, <c>keys</c>, quota, and the congratulations.</summary>
internal static class PortalInfoRoutes
{
    private const RouteTraits Public = RouteTraits.Anonymous | RouteTraits.WorksUnpaid | RouteTraits.WorksBusy;
    private static readonly string[] CultureNames =
    [
        "ar-SA",
        "az",
        "bg",
        "cs",
        "de",
        "el-GR",
        "en-GB",
        "en-US",
        "es",
        "fi",
        "fr",
        "hy-AM",
        "it",
        "ja-JP",
        "ko-KR",
        "lo-LA",
        "lv",
        "nl",
        "pl",
        "pt",
        "pt-BR",
        "ro",
        "ru",
        "si",
        "sk",
        "sl",
        "sq-AL",
        "sr-Cyrl-RS",
        "sr-Latn-RS",
        "tr",
        "uk-UA",
        "vi",
        "zh-CN",
    ];

    public static void Map(PortalRouter routes, PortalState portal)
    {
        routes.Get("settings", call => Settings(call, portal), Public);
        routes.Get("settings/invitationsettings", call => InvitationSettings(call, portal), Public);
        routes.Put("settings/invitationsettings", call => ChangeInvitationSettings(call, portal));
        routes.Get(
            "settings/cultures",
            call => PortalAnswer.Ok(call, new JsonArray([.. CultureNames.Select(name => JsonValue.Create(name))])),
            Public
        );
        routes.Get("settings/version/build", call => PortalAnswer.Ok(call, Build(portal)), Public);
        routes.Get(
            "settings/security/password",
            call => PortalAnswer.Ok(call, PasswordRules()),
            RouteTraits.Unscoped | RouteTraits.WorksUnpaid
        );
        routes.Get("capabilities", call => PortalAnswer.Ok(call, Capabilities()), Public);
        routes.Get("portal", call => PortalAnswer.Ok(call, About(call, portal)), RouteTraits.WorksUnpaid | RouteTraits.WorksBusy);
        routes.Get("portal/payment/quota", call => PortalAnswer.Ok(call, Seats(call, portal)), RouteTraits.WorksUnpaid);
        routes.Get("portal/quota", call => PortalAnswer.Ok(call, RawQuota(call, portal)), RouteTraits.WorksUnpaid);
        routes.Get("portal/tariff", call => PortalAnswer.Ok(call, Tariff(portal)), RouteTraits.WorksUnpaid);
        routes.Get(
            "keys/@self",
            call => PortalAnswer.Ok(call, KeyShape(call.Key!, portal)),
            RouteTraits.Unscoped | RouteTraits.WorksUnpaid
        );
        routes.Get("keys", call => PortalAnswer.Ok(call, Keys(portal)));
        routes.Get(
            "keys/permissions",
            call => PortalAnswer.Ok(call, new JsonArray([.. PortalScopes.All.Select(scope => JsonValue.Create(scope))]))
        );
        routes.Post("portal/sendcongratulations", call => Congratulate(call, portal), Public);
    }

    private static JsonObject Build(PortalState portal) =>
        new()
        {
            ["docSpace"] = Version(portal),
            ["communityServer"] = "",
            ["documentServer"] = "9.4.0",
        };

    private static string Version(PortalState portal) => portal.Dialect == PortalDialect.V36 ? "3.6.1" : "3.7.2";

    private static PortalAnswer Settings(PortalExchange call, PortalState portal)
    {
        var isKnown = call.CallerOrNull is not null;
        var settings = new JsonObject { ["trustedDomainsType"] = 0 };
        if (isKnown)
        {
            settings["trustedDomains"] = new JsonArray();
            settings["timezone"] = "UTC";
        }
        settings["culture"] = "en-US";
        settings["utcOffset"] = "00:00:00";
        settings["utcHoursOffset"] = 0;
        settings["greetingSettings"] = "Contoso DocSpace";
        settings["ownerId"] = isKnown ? portal.Owner.Id : Guid.Empty;
        if (isKnown)
            settings["invitationLimit"] = portal.InvitationsLeft;
        foreach (var name in new[] { "enabledJoin", "enableAdmMess", "thirdpartyEnable" })
            settings[name] = false;
        settings["docSpace"] = true;
        settings["standalone"] = true;
        settings["isAmi"] = false;
        settings["baseDomain"] = "localhost";
        settings["version"] = Version(portal);
        settings["recaptchaType"] = 0;
        settings["debugInfo"] = false;
        settings["tenantStatus"] = 0;
        settings["tenantAlias"] = "docspace";
        settings["displayAbout"] = true;
        foreach (
            var name in new[]
            {
                "cookieSettingsEnabled",
                "limitedAccessSpace",
                "limitedAccessDevToolsForUsers",
                "displayBanners",
                "aiEnabled",
            }
        )
            settings[name] = false;
        settings["userNameRegex"] = @"^[\p{L}\p{M}' \-]+$";
        settings["maxImageUploadSize"] = 0;
        settings["logoText"] = "ONLYOFFICE";
        settings["defaultFolderType"] = 0;
        settings["externalDbEnabled"] = false;
        return PortalAnswer.Ok(call, settings);
    }

    private static PortalAnswer InvitationSettings(PortalExchange call, PortalState portal) =>
        PortalAnswer.Ok(
            call,
            new JsonObject { ["allowInvitingMembers"] = portal.AllowInvitingMembers, ["allowInvitingGuests"] = portal.AllowInvitingGuests }
        );

    private static PortalAnswer ChangeInvitationSettings(PortalExchange call, PortalState portal)
    {
        DemandAdmin(
            call,
            "ASC.Web.Api.Controllers.Settings.SettingsController.SaveTenantUserInvitationSettings(TenantUserInvitationSettingsRequestDto inDto)"
        );
        portal.AllowInvitingMembers = call.Json.Flag("allowInvitingMembers");
        portal.AllowInvitingGuests = call.Json.Flag("allowInvitingGuests");
        return InvitationSettings(call, portal);
    }

    private static JsonObject PasswordRules() =>
        new()
        {
            ["minLength"] = 8,
            ["upperCase"] = false,
            ["digits"] = false,
            ["specSymbols"] = false,
            ["allowedCharactersRegexStr"] = @"[\x21-\x7E]",
            ["digitsRegexStr"] = @"(?=.*\d)",
            ["upperCaseRegexStr"] = "(?=.*[A-Z])",
            ["specSymbolsRegexStr"] = @"(?=.*[\x21-\x2F\x3A-\x40\x5B-\x60\x7B-\x7E])",
        };

    private static JsonObject Capabilities() =>
        new()
        {
            ["ldapEnabled"] = false,
            ["ldapDomain"] = "",
            ["providers"] = new JsonArray(),
            ["ssoLabel"] = "",
            ["oauthEnabled"] = false,
            ["ssoUrl"] = "",
            ["identityServerEnabled"] = false,
        };

    private static JsonObject About(PortalExchange call, PortalState portal)
    {
        var about = new JsonObject();
        if (call.Caller.Role == PortalRole.DocSpaceAdmin)
        {
            about["tenantAlias"] = "docspace";
            about["name"] = "Contoso DocSpace";
            about["ownerId"] = portal.Owner.Id;
            about["status"] = 0;
            about["timeZone"] = "UTC";
        }
        about["tenantId"] = 1;
        return about;
    }

    private static JsonObject Seats(PortalExchange call, PortalState portal)
    {
        if (call.Caller.Role == PortalRole.Guest)
            throw PortalException.Denied("ASC.Web.Api.Controllers.PaymentController.GetQuota(PaymentInformationRequestDto inDto)");
        var manager = Feature("manager", "Admins", portal.Seats < 0 ? -1 : portal.Seats, "count", portal.People.PaidSeats(), "Admins");
        manager["priceTitle"] = "Number of admins";
        var guests = portal.People.Entries.Count(entry => entry.Person.Role == PortalRole.Guest);
        var users = Feature("users", "", -1, "count", guests, usedTitle: null);
        return new JsonObject
        {
            ["id"] = -3,
            ["title"] = "Startup",
            ["price"] = new JsonObject
            {
                ["value"] = 0,
                ["currencySymbol"] = "$",
                ["isoCurrencySymbol"] = "USD",
            },
            ["nonProfit"] = false,
            ["free"] = true,
            ["trial"] = false,
            ["features"] = new JsonArray(
                manager,
                Feature("total_size", "2 GB of storage", 2147483648, "size", 104857600, "Storage space"),
                users,
                Feature("room", "", 12, "count", portal.Rooms.All.Count, "Rooms")
            ),
        };
    }

    private static JsonObject Feature(string id, string title, long value, string type, long used, string? usedTitle)
    {
        var usage = new JsonObject { ["value"] = used };
        if (usedTitle is not null)
            usage["title"] = usedTitle;
        return new JsonObject
        {
            ["id"] = id,
            ["title"] = title,
            ["value"] = value,
            ["type"] = type,
            ["used"] = usage,
        };
    }

    private static JsonObject RawQuota(PortalExchange call, PortalState portal)
    {
        DemandAdmin(call, PortalException.InPortal("GetQuota()"));
        return new JsonObject
        {
            ["tenantId"] = -3,
            ["name"] = "startup",
            ["maxFileSize"] = 1073741824,
            ["maxTotalSize"] = 2147483648,
            ["countUser"] = int.MaxValue,
            ["countRoomAdmin"] = portal.Seats < 0 ? int.MaxValue : portal.Seats,
            ["countRoom"] = 12,
            ["free"] = true,
            ["trial"] = false,
        };
    }

    private static JsonObject Tariff(PortalState portal) =>
        new()
        {
            ["id"] = 1,
            ["state"] = portal.Faults.Now.Unpaid ? 3 : 1,
            ["dueDate"] = "9999-12-31T23:59:59.0000000Z",
            ["delayDueDate"] = "9999-12-31T23:59:59.0000000Z",
            ["licenseDate"] = "9999-12-31T23:59:59.0000000Z",
            ["customerId"] = "",
            ["quotas"] = new JsonArray(),
        };

    private static JsonArray Keys(PortalState portal) => new([.. portal.Keys.All.Select(key => KeyShape(key, portal))]);

    private static JsonObject KeyShape(PortalKey key, PortalState portal)
    {
        var shape = new JsonObject
        {
            ["id"] = key.Id,
            ["name"] = key.Name,
            ["key"] = $"sk-***{key.Postfix}",
            ["keyPostfix"] = key.Postfix,
            ["permissions"] = new JsonArray([.. key.Scopes.Select(scope => JsonValue.Create(scope))]),
        };
        if (key.LastUsed is { } used)
            shape["lastUsed"] = PortalShapes.Time(used);
        shape["createOn"] = PortalShapes.Time(key.Created);
        if (portal.People.Find(key.CreatedBy) is { } creator)
            shape["createBy"] = portal.Shapes.Brief(creator);
        if (key.Expires is { } expires)
            shape["expiresAt"] = PortalShapes.Time(expires);
        shape["isActive"] = key.IsActive;
        return shape;
    }

    /// <summary>
    /// On a real server the key is a hash only the portal-registration service can make; the guides say any "message template key" will do.
    /// </summary>
    private static PortalAnswer Congratulate(PortalExchange call, PortalState portal)
    {
        var at = PortalException.InPortal("SendCongratulations(SendCongratulationsDto inDto)");
        var (user, key) = (call.Query("userid"), call.Query("key"));
        if (!Guid.TryParse(user, out var id))
            throw new PortalInvalidException("userid", $"The value '{user}' is not valid for UserId.");
        if (string.IsNullOrEmpty(key))
            throw PortalException.ArgumentNull(at, "key");
        if (portal.Dialect != PortalDialect.Documented)
            throw PortalException.Denied(at);
        var person = portal.People.Find(id) ?? throw PortalException.NotFound(at);
        portal.MailWithoutLink(person, MailKind.Congratulations, key);
        return PortalAnswer.Ok(call, response: null);
    }

    private static void DemandAdmin(PortalExchange call, string at)
    {
        if (call.Caller.Role != PortalRole.DocSpaceAdmin)
            throw PortalException.Denied(at);
    }
}
