namespace DocSpaceBot.Tests.Stories;

/// <summary>Stories in which dana and max decide about everything, by a rule called "everybody".</summary>
internal static class Asked
{
    private static readonly Dictionary<string, string?> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Policy:Rules:0:Name"] = "everybody",
        ["Policy:Rules:0:Then"] = "Ask",
        ["Policy:Rules:0:Approvers:0"] = "managers",
        ["Policy:ApproverGroups:managers:People:0"] = "dana@example.com",
        ["Policy:ApproverGroups:managers:People:1"] = "max@example.com",
    };

    public static readonly StorySetup Managers = new() { Settings = Settings };

    /// <summary>With other settings too; null takes one away.</summary>
    public static StorySetup With(params (string Key, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>(Settings, StringComparer.OrdinalIgnoreCase);

        foreach (var (key, value) in settings)
        {
            if (value is null)
            {
                all.Remove(key);
            }
            else
            {
                all[key] = value;
            }
        }

        return new() { Settings = all };
    }
}
