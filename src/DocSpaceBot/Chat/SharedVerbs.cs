namespace DocSpaceBot.Chat;

/// <summary>The verbs of buttons that stand on cards of several slices; each card says in its data which one it is.</summary>
internal static class SharedVerbs
{
    public const string Refresh = "card/refresh";

    public const string Undo = "invite/undo";
}
