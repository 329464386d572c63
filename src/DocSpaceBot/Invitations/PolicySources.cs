using System.Text;
using Microsoft.Extensions.Configuration;

namespace DocSpaceBot.Invitations;

/// <summary>What each source of the settings says about the policy: to tell that nothing has changed, and that a source has fallen silent.</summary>
internal sealed class PolicySources
{
    private readonly Dictionary<IConfigurationProvider, (string Text, bool SaysSomething)> texts = [];

    public static PolicySources Of(IConfigurationRoot configuration)
    {
        var sources = new PolicySources();

        foreach (var source in configuration.Providers)
        {
            var text = new StringBuilder();
            var saysSomething = Write(text, source, PolicyOptions.Section);
            sources.texts[source] = (text.ToString(), saysSomething);
        }

        return sources;
    }

    public bool SaysTheSameAs(PolicySources other) =>
        texts.Count == other.texts.Count && texts.All(it => other.texts.TryGetValue(it.Key, out var there) && there.Text == it.Value.Text);

    /// <summary>
    /// The name of a source that spoke of the policy before and does not any more: a file that was deleted, emptied, or could not be read, which looks just
    /// like a file without rules.
    /// </summary>
    public string? SilentSince(PolicySources before) =>
        before
            .texts.Where(it => it.Value.SaysSomething && !(texts.GetValueOrDefault(it.Key).SaysSomething))
            .Select(it => NameOf(it.Key))
            .FirstOrDefault();

    public static string NameOf(IConfigurationProvider source) =>
        source is FileConfigurationProvider { Source.Path: { } path } ? Path.GetFileName(path) : "one of the sources of settings";

    private static bool Write(StringBuilder text, IConfigurationProvider source, string setting)
    {
        var saysSomething = false;

        if (source.TryGet(setting, out var value))
        {
            saysSomething = value is not null;
            text.Append(setting).Append(value is null ? '-' : '=').Append(value).Append('\0');
        }

        foreach (var key in source.GetChildKeys([], setting).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            saysSomething |= Write(text, source, ConfigurationPath.Combine(setting, key));
        }

        return saysSomething;
    }
}
