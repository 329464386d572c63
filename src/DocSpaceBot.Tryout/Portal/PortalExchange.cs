using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>One call to the portal: what came, and who sent it.</summary>
internal sealed class PortalExchange(HttpContext context, byte[] body, Uri portal)
{
    private JsonBody? json;

    public HttpContext Context => context;

    public string Method => context.Request.Method;

    public string Path => context.Request.Path.Value ?? "/";

    public byte[] Body => body;

    public string BodyText => Encoding.UTF8.GetString(body);

    /// <summary>The whole address as the client wrote it, which the envelope repeats.</summary>
    public string Href => portal.GetLeftPart(UriPartial.Authority) + context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    public string TraceId { get; } = $"00-{ActivityTraceId.CreateRandom().ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-00";

    /// <summary>The key the call came with; null for an anonymous call.</summary>
    public PortalKey? Key { get; set; }

    /// <summary>The person the key acts as; only where the route demands a key.</summary>
    public PortalPerson Caller => CallerOrNull ?? throw new UnreachableException("The route demands a key.");

    public PortalPerson? CallerOrNull { get; set; }

    /// <summary>What the portal answers, once it is known; null where there is no such call.</summary>
    public PortalAnswer? Answer { get; set; }

    /// <summary>How much longer this one call takes.</summary>
    public TimeSpan Slowness { get; set; }

    public JsonBody Json => json ??= JsonBody.Read(context.Request.ContentType, body);

    public string? Query(string name) => context.Request.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    public IEnumerable<string> QueryAll(string name) =>
        context.Request.Query.TryGetValue(name, out var values) ? values.OfType<string>() : [];

    public string RouteValue(string name) => (string)context.Request.RouteValues[name]!;

    public Guid RouteId(string name = "id") => Guid.Parse(RouteValue(name));

    public int QueryNumber(string name, int otherwise, int least, int most, string key)
    {
        if (Query(name) is not { Length: > 0 } text)
            return otherwise;
        if (!int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number))
            throw new PortalInvalidException(name, $"The value '{text}' is not valid for {key}.");
        return number >= least && number <= most
            ? number
            : throw new PortalInvalidException(key, $"The field {key} must be between {least} and {most}.");
    }

    public bool? QueryFlag(string name) => bool.TryParse(Query(name), out var flag) ? flag : null;

    /// <summary>An enum as ASP.NET binds it from a query or a route: a name in any case, or any number.</summary>
    public static T? EnumOf<T>(string? text, string key)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return Enum.TryParse<T>(text, ignoreCase: true, out var value)
            ? value
            : throw new PortalInvalidException(key, $"The value '{text}' is not valid for {char.ToUpperInvariant(key[0])}{key[1..]}.");
    }
}
