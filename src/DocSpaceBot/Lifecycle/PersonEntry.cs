namespace DocSpaceBot.Lifecycle;

/// <summary>Somebody as a setting names them: by the Entra object id, or by the address that Teams has of them.</summary>
internal readonly record struct PersonEntry(string Text)
{
    public bool IsObjectId => Guid.TryParse(Text, out _);

    /// <param name="email">What Teams told; null when it is not known, which matches no address.</param>
    public bool Is(string objectId, string? email) => IsObjectId ? Same(Text, objectId) : email is not null && Same(Text, email);

    private static bool Same(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Text;
}
