namespace DocSpace.Api.Http;

/// <summary>One call of the portal: what is sent, and what may be concluded when it fails.</summary>
internal sealed class Call(HttpMethod method, string path)
{
    /// <summary>Where the resilience pipeline finds the call that a request belongs to.</summary>
    public static readonly HttpRequestOptionsKey<Call> Key = new("DocSpace.Call");

    public HttpMethod Method { get; } = method;

    /// <summary>After <c>/api/2.0/</c>, with the query.</summary>
    public string Path { get; } = path;

    public byte[]? Body { get; init; }

    public bool WithKey { get; init; } = true;

    /// <summary>The portal answers this call without a key, so a bare 403 means that the key we sent along is too narrow.</summary>
    public bool IsOpenToAll { get; init; }

    /// <summary>The portal works through a list and leaves what was done before an error as it is.</summary>
    public bool MayStopHalfway { get; init; }

    /// <summary>How long the portal may take over one attempt, waiting for a free place not included.</summary>
    public TimeSpan AttemptTimeout { get; init; } = method == HttpMethod.Get ? TimeSpan.FromSeconds(20) : TimeSpan.FromSeconds(30);

    /// <summary>How long the caller waits at most, with repeats and waiting for a free place.</summary>
    public TimeSpan TotalTimeout => IsWrite ? AttemptTimeout + TimeSpan.FromSeconds(60) : TimeSpan.FromSeconds(45);

    /// <summary>Changes something, so it is sent once only: whoever asked looks before asking again.</summary>
    public bool IsWrite => Method != HttpMethod.Get;

    /// <summary>Set right before the request leaves; until then nothing can have happened.</summary>
    public bool WasSent { get; set; }

    /// <summary>What a log may show: queries hold addresses.</summary>
    public string Route => Path.Split('?', 2)[0];
}
