using System.Text.Json.Serialization;

namespace Teams.Protocol.Graph;

/// <summary>Somebody in the directory. Decide by <see cref="Id"/>; the rest is an attribute that may be missing and can change.</summary>
/// <param name="Id">The Entra object id.</param>
/// <param name="Email">The mail address; without one the user principal name, unless that is the made-up one of a guest.</param>
/// <param name="IsEnabled">Whether they can sign in; false also where Graph does not say.</param>
public sealed record GraphPerson(string Id, string? Name, string? Email, bool IsEnabled)
{
    /// <summary>The name to sign in with, which may be another than the address; null for a guest, whose is made up.</summary>
    public string? UserPrincipalName { get; init; }
}

/// <summary>What Graph says of a user, or of something else in the directory.</summary>
internal sealed record DirectoryObject(string? Id, string? DisplayName, string? Mail, string? UserPrincipalName, bool? AccountEnabled)
{
    /// <summary>A guest's user principal name is made from another address: <c>carol_example.org#EXT#@contoso.com</c>.</summary>
    private const string GuestMark = "#EXT#";

    /// <summary>Said only where Graph may answer with things of several types.</summary>
    [JsonPropertyName("@odata.type")]
    public string? Type { get; init; }

    /// <summary>Null for whatever is no user, such as a contact.</summary>
    public GraphPerson? ToPerson() =>
        Id is { Length: > 0 } && Type is null or "#microsoft.graph.user"
            ? new GraphPerson(Id, Filled(DisplayName), Filled(Mail) ?? Address(UserPrincipalName), AccountEnabled is true)
            {
                UserPrincipalName = Address(UserPrincipalName),
            }
            : null;

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? Address(string? principalName) =>
        Filled(principalName) is { } name && !name.Contains(GuestMark, StringComparison.OrdinalIgnoreCase) ? name : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 16)]
[JsonSerializable(typeof(DirectoryObject))]
internal sealed partial class GraphJsonContext : JsonSerializerContext;
