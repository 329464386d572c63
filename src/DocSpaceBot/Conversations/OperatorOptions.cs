using DocSpaceBot.Lifecycle;
using Microsoft.Extensions.Options;
using Teams.Protocol.Hosting;

namespace DocSpaceBot.Conversations;

/// <summary>The people who may use operator commands, and the tenant in which they are those people.</summary>
internal sealed class OperatorOptions
{
    public const string Section = "Operators";

    public IReadOnlyList<PersonEntry> Entries { get; set; } = [];
}

/// <summary>Reads the list, which stands at the root of the settings.</summary>
internal sealed class OperatorOptionsSetup(IConfiguration configuration) : IConfigureOptions<OperatorOptions>
{
    public void Configure(OperatorOptions options) =>
        options.Entries = [
            .. Setting
                .GetChildren()
                .Where(item => !string.IsNullOrWhiteSpace(item.Value))
                .Select(item => new PersonEntry(item.Value!.Trim())),
        ];

    /// <summary>What is written there and is no list of words.</summary>
    public bool IsList => string.IsNullOrWhiteSpace(Setting.Value) && !Setting.GetChildren().Any(item => item.GetChildren().Any());

    private IConfigurationSection Setting => configuration.GetSection(OperatorOptions.Section);
}

/// <summary>What was written is not repeated: it may have been meant for another setting.</summary>
internal sealed class OperatorOptionsValidator(OperatorOptionsSetup setup, IOptions<BotOptions> bot) : IValidateOptions<OperatorOptions>
{
    public ValidateOptionsResult Validate(string? name, OperatorOptions options)
    {
        if (!setup.IsList)
        {
            return ValidateOptionsResult.Fail($"{OperatorOptions.Section}: it must be a list, such as {OperatorOptions.Section}:0.");
        }

        if (options.Entries.Any(entry => !IsObjectId(entry) && !IsAddress(entry)))
        {
            return ValidateOptionsResult.Fail(
                $"{OperatorOptions.Section}: each entry must be an address or an Entra object id, such as 12345678-1234-1234-1234-123456789abc."
            );
        }

        return options.Entries.Count > 0 && !HasTenant()
            ? ValidateOptionsResult.Fail(
                $"{OperatorOptions.Section}: several tenants are allowed, so MicrosoftAppTenantId must say which of them operators are of."
            )
            : ValidateOptionsResult.Success;
    }

    /// <summary>Written as Teams writes it: another way of writing the same id would match nobody.</summary>
    private static bool IsObjectId(PersonEntry entry) => Guid.TryParseExact(entry.Text, "D", out _);

    private static bool IsAddress(PersonEntry entry) =>
        entry.Text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && at == entry.Text.LastIndexOf('@')
        && at < entry.Text.Length - 1
        && !entry.Text.Any(c => char.IsWhiteSpace(c) || c is ',' or ';' or '*' or '<' or '>');

    private bool HasTenant()
    {
        try
        {
            return OperatorTenant.Of(bot.Value) is not null;
        }
        catch (OptionsValidationException)
        {
            // Told by itself.
            return true;
        }
    }
}

/// <summary>
/// Whoever runs another tenant can give an account there any address. So operators are of the bot's own tenant, or of the only one that is allowed.
/// </summary>
internal static class OperatorTenant
{
    public const string Any = "";

    /// <summary>Null when it cannot be told; <see cref="Any"/> where nobody is authenticated.</summary>
    public static string? Of(BotOptions bot) =>
        bot.MicrosoftAppId.Length == 0 ? Any
        : bot.AllowedTenants.Contains(bot.MicrosoftAppTenantId, StringComparer.OrdinalIgnoreCase) ? bot.MicrosoftAppTenantId
        : bot.AllowedTenants is [var only] ? only
        : null;
}
