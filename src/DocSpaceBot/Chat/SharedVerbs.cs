namespace DocSpaceBot.Chat;

/// <summary>The verbs of buttons that stand on cards of several slices; each card says in its data which one it is.</summary>
internal static class SharedVerbs
{
    public const string Refresh = "card/refresh";

    public const string Undo = "invite/undo";

    public const string ShareLink = "link/share";

    public const string TakeLink = "link/take";

    public const string StopLink = "link/revoke";

    public const string RenewLink = "link/renew";
}
