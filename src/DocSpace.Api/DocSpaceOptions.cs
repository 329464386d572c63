namespace DocSpace.Api;

/// <summary>How a person whose name is known is brought in.</summary>
public enum Provisioning
{
    /// <summary>Create, then invite, when first and last name are known; invite only when just the address is.</summary>
    Auto,
    CreateThenInvite,
    InviteOnly,
}

/// <summary>The settings of section <c>DocSpace</c>; checked when the program starts, see <see cref="DocSpaceOptionsValidator"/>.</summary>
public sealed class DocSpaceOptions
{
    public const string Section = "DocSpace";

    /// <summary>Where the portal is: https, or http on a loopback address. A path is kept as a prefix; a trailing <c>/api/2.0</c> is not needed.</summary>
    public string BaseUrl { get; set; } = string.Empty;

    /// <summary>The API key (<c>sk-…</c>); it acts as the person who made it and dies with that person's account. A leading <c>Bearer </c> is dropped.</summary>
    public string ApiKey { get; set; } = string.Empty;

    /// <summary>How many calls may be under way at once, 1 to 16. The portal itself stops at 15 writes a person (<c>BaseStartup.cs:200</c>).</summary>
    public int MaxConcurrency { get; set; } = 4;

    public Provisioning Provisioning { get; set; } = Provisioning.Auto;

    /// <summary>The role of an invitee when none is named. A name in any case or the number; <c>All</c> is refused because it is a paid seat.</summary>
    public DocSpaceRole DefaultRole { get; set; } = DocSpaceRole.User;

    /// <summary>The key of the portal's welcome letter, <see cref="DocSpaceClient.SendCongratulationsAsync"/>.</summary>
    public string WelcomeKey { get; set; } = "welcome_guest";

    /// <summary>Signs the portal's webhooks; empty = webhooks are not taken. 8 to 30 printable ASCII characters, the portal's own rule.</summary>
    public string WebhookSecret { get; set; } = string.Empty;
}
