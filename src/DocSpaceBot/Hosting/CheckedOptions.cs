using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.Hosting;

/// <summary>Options that are read and checked at the start, and whose faults name the setting as it is written in the settings file.</summary>
internal static partial class CheckedOptions
{
    public static void AddCheckedOptions<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        services.AddSingleton<IValidateOptions<TOptions>>(new Annotated<TOptions>(section));
        services
            .AddOptions<TOptions>()
            .Configure<IConfiguration>((options, configuration) => Bind(options, configuration, section))
            .ValidateOnStart();
    }

    private static void Bind<TOptions>(TOptions options, IConfiguration configuration, string section)
        where TOptions : class
    {
        if (SettingShape.Fault(configuration.GetSection(section), typeof(TOptions)) is { } fault)
        {
            throw new OptionsValidationException(section, typeof(TOptions), [fault]);
        }

        try
        {
            configuration.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            // What was written is not repeated: it may have been meant for another setting, such as a password.
            throw new OptionsValidationException(section, typeof(TOptions), [Unreadable(e, section)]);
        }
    }

    private static string Unreadable(Exception? e, string section)
    {
        for (; e is not null; e = e.InnerException)
        {
            if (ConversionFault().Match(e.Message) is { Success: true } fault)
            {
                return $"{fault.Groups["setting"].Value}: it must be {Kind(fault.Groups["type"].Value)}.";
            }

            if (UnknownSetting().Match(e.Message) is { Success: true } unknown)
            {
                return $"{section}: there is no setting {unknown.Groups["setting"].Value} at that place.";
            }
        }

        return $"{section}: it cannot be read.";
    }

    private static string Kind(string type) =>
        type switch
        {
            "System.TimeSpan" => "a time such as 00:05:00 or 7.00:00:00",
            "System.Int32" => "a whole number",
            "System.Boolean" => "true or false",
            _ when typeof(CheckedOptions).Assembly.GetType(type.TrimEnd('?')) is { IsEnum: true } names => "one of "
                + string.Join(", ", Enum.GetNames(names)),
            _ => "something else",
        };

    [GeneratedRegex(@"at '(?<setting>[^']+)' to type '(?<type>[^']+)'", RegexOptions.NonBacktracking)]
    private static partial Regex ConversionFault();

    [GeneratedRegex(@"properties were not found on the instance of .*: (?<setting>'.+')", RegexOptions.NonBacktracking)]
    private static partial Regex UnknownSetting();

    /// <summary>Checks the annotations of the options, and the options' own rules where they have some.</summary>
    private sealed class Annotated<TOptions>(string section) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var faults = new List<ValidationResult>();

            return Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(faults.Select(fault => $"{section}:{fault.MemberNames.First()}: {fault.ErrorMessage}"));
        }
    }
}
