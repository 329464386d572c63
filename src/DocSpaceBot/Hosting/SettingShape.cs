using System.ComponentModel.DataAnnotations;
using System.Reflection;
using DocSpaceBot.Chat;

namespace DocSpaceBot.Hosting;

/// <summary>
/// Whether settings have the shape of the options that they are for. The binder passes over much of what has not: a text where a list belongs leaves the list
/// empty, and nothing where a value belongs becomes the first value there is.
/// </summary>
internal static class SettingShape
{
    /// <summary>Null when they have; else one line that names the first setting that has not.</summary>
    public static string? Fault(IConfigurationSection setting, Type type) =>
        ItemOf(type, typeof(List<>)) is { } item ? FaultOfList(setting, item)
        : ItemOf(type, typeof(Dictionary<,>)) is { } value ? FaultBelow(setting, value)
        : type.Assembly == typeof(SettingShape).Assembly && type.IsClass ? FaultOfGroup(setting, type)
        : setting.GetChildren().Any() ? $"{setting.Path}: it must be one value."
        : null;

    private static string? FaultOfList(IConfigurationSection setting, Type item) =>
        setting.Value is { Length: > 0 } ? $"{setting.Path}: it must be a list, such as [\"…\"]."
        : item == typeof(string)
        && setting.GetChildren().FirstOrDefault(it => string.IsNullOrWhiteSpace(it.Value) && !it.GetChildren().Any()) is { } empty
            ? $"{empty.Path}: it must not be empty."
        : FaultBelow(setting, item);

    private static string? FaultBelow(IConfigurationSection setting, Type type) =>
        setting.Value is { Length: > 0 }
            ? $"{setting.Path}: it must have settings below it."
            : setting.GetChildren().Select(child => Fault(child, type)).FirstOrDefault(fault => fault is not null);

    private static string? FaultOfGroup(IConfigurationSection setting, Type type)
    {
        if (setting.Value is { Length: > 0 })
        {
            return $"{setting.Path}: it must have settings below it.";
        }

        var properties = type.GetProperties().Where(property => property.CanWrite).ToList();

        foreach (var child in setting.GetChildren())
        {
            var property = properties.Find(property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));

            if (property is null)
            {
                var closest = ClosestWord.To(child.Key, properties.Select(it => it.Name));
                return $"{child.Path} is not a setting.{(closest is null ? "" : $" Did you mean {setting.Path}:{closest}?")}";
            }

            if (IsEmpty(child) && MustNotBeEmpty(property))
            {
                return $"{child.Path}: it must not be empty. Leave it out, or say something there.";
            }

            if (Fault(child, property.PropertyType) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static bool IsEmpty(IConfigurationSection setting) => setting.Value is null or "" && !setting.GetChildren().Any();

    /// <summary>Lists say so; what is null in JSON may be left out only where the options know a null.</summary>
    private static bool MustNotBeEmpty(PropertyInfo property) =>
        property.IsDefined(typeof(MinLengthAttribute))
        || (
            ItemOf(property.PropertyType, typeof(List<>)) is null
            && property.PropertyType.IsValueType
            && Nullable.GetUnderlyingType(property.PropertyType) is null
        );

    private static Type? ItemOf(Type type, Type collection) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == collection ? type.GetGenericArguments()[^1] : null;
}
