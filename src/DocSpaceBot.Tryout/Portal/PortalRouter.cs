using Microsoft.AspNetCore.Http.Features;

namespace DocSpaceBot.Tryout.Portal;

[Flags]
internal enum RouteTraits
{
    None = 0,

    /// <summary>Works without a key; a key that is sent must still be wide enough (3.7).</summary>
    Anonymous = 1,

    /// <summary>Any key will do, whatever its permissions; only the role of its creator counts.</summary>
    Unscoped = 2,

    /// <summary>Works on a portal whose tariff has run out.</summary>
    WorksUnpaid = 4,

    /// <summary>Works while the portal is being restored or moved.</summary>
    WorksBusy = 8,

    /// <summary>Five calls in a quarter of an hour.</summary>
    Sensitive = 16,

    /// <summary>Each address in the body counts against the invitations of the day.</summary>
    InvitesByEmail = 32,
}

/// <summary>Puts the calls of the API on the web server, each behind the checks every call of DocSpace passes.</summary>
internal sealed class PortalRouter(IEndpointRouteBuilder endpoints, PortalState portal, CancellationToken stopping)
{
    public const string Root = "/api/2.0/";

    public void Get(string path, Func<PortalExchange, PortalAnswer> handle, RouteTraits traits = default) =>
        Map(HttpMethods.Get, Root + path, handle, traits);

    public void Post(string path, Func<PortalExchange, PortalAnswer> handle, RouteTraits traits = default) =>
        Map(HttpMethods.Post, Root + path, handle, traits);

    public void Put(string path, Func<PortalExchange, PortalAnswer> handle, RouteTraits traits = default) =>
        Map(HttpMethods.Put, Root + path, handle, traits);

    public void Delete(string path, Func<PortalExchange, PortalAnswer> handle, RouteTraits traits = default) =>
        Map(HttpMethods.Delete, Root + path, handle, traits);

    /// <summary>A call whose work is done inside the portal's lock.</summary>
    public void Map(string method, string pattern, Func<PortalExchange, PortalAnswer> handle, RouteTraits traits)
    {
        MapAsync(method, pattern, Locked, traits);

        Task<PortalAnswer> Locked(PortalExchange call)
        {
            lock (portal.Gate)
            {
                portal.RoleChanges.DoDue(portal);
                return Task.FromResult(handle(call));
            }
        }
    }

    /// <summary>A call that must wait for somebody outside; it takes the lock itself.</summary>
    public void MapAsync(string method, string pattern, Func<PortalExchange, Task<PortalAnswer>> handle, RouteTraits traits) =>
        endpoints.MapMethods(
            pattern,
            [method],
            (RequestDelegate)(
                async context =>
                {
                    var call = context.Features.GetRequiredFeature<PortalExchange>();
                    call.Answer = await RunAsync(call, handle, traits);
                }
            )
        );

    private async Task<PortalAnswer> RunAsync(PortalExchange call, Func<PortalExchange, Task<PortalAnswer>> handle, RouteTraits traits)
    {
        lock (portal.Gate)
        {
            portal.RoleChanges.DoDue(portal);
            if (Refuse(call, traits) is { } refusal)
                return refusal;
        }
        try
        {
            var wait = portal.Setup.Latency + (portal.Faults.Now.Slow ?? TimeSpan.Zero) + call.Slowness;
            // Not the client's token: a server goes on with a call although the client has given up on it.
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, portal.Setup.Clock, stopping);
            return await handle(call);
        }
        catch (PortalException error)
        {
            return PortalAnswer.Error(error);
        }
        catch (PortalInvalidException error)
        {
            return PortalAnswer.Invalid(call, error);
        }
        catch (PortalUnsupportedMediaException)
        {
            return PortalAnswer.UnsupportedMedia(call);
        }
        catch (PortalNoRouteException)
        {
            return PortalAnswer.Empty(404);
        }
        finally
        {
            lock (portal.Gate)
                portal.Limits.Leave(call);
        }
    }

    private PortalAnswer? Refuse(PortalExchange call, RouteTraits traits) =>
        Authenticate(call, traits)
        ?? RefuseByConditions(call, traits)
        ?? RefuseByInvitations(call, traits)
        ?? portal.Limits.Enter(call, traits);

    private PortalAnswer? Authenticate(PortalExchange call, RouteTraits traits)
    {
        var authorization = call.Context.Request.Headers.Authorization.ToString();
        call.Key = portal.Keys.Accept(authorization);
        call.CallerOrNull = call.Key is { } accepted ? portal.People.Find(accepted.CreatedBy) : null;
        if (traits.HasFlag(RouteTraits.Anonymous))
        {
            var isTooNarrow = call.Key is { } sent && !PortalScopes.Allow(sent, call.Method, call.Path);
            return isTooNarrow && portal.Dialect != PortalDialect.V36 ? PortalAnswer.BareProblem(call, 403) : null;
        }
        if (call.Key is not { } key)
            return Unauthorized(call, authorization);
        return traits.HasFlag(RouteTraits.Unscoped) || PortalScopes.Allow(key, call.Method, call.Path) ? null : PortalAnswer.Empty(403);
    }

    private static PortalAnswer Unauthorized(PortalExchange call, string authorization)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (authorization.StartsWith("Basic ", StringComparison.Ordinal))
            headers.Add(new("WWW-Authenticate", "Basic"));
        if (call.Context.Request.Cookies.ContainsKey("asc_auth_key"))
            headers.Add(new("Set-Cookie", "asc_auth_key=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/"));
        return PortalAnswer.Empty(401) with { Headers = headers };
    }

    private PortalAnswer? RefuseByConditions(PortalExchange call, RouteTraits traits)
    {
        var now = portal.Faults.Now;
        if (now.Limited)
            return PortalLimits.Refused(limit: 1_500);
        if (now.IpRestricted && call.CallerOrNull is { IsOwner: false })
            return PortalFault.RestrictedNetwork;
        if (now.Suspended)
            return PortalAnswer.BareProblem(call, 404);
        if (now.Busy && !traits.HasFlag(RouteTraits.WorksBusy))
            return PortalAnswer.BareProblem(call, 403);
        return now.Unpaid && !traits.HasFlag(RouteTraits.WorksUnpaid) ? PortalAnswer.BareProblem(call, 402) : null;
    }

    private PortalAnswer? RefuseByInvitations(PortalExchange call, RouteTraits traits)
    {
        if (!traits.HasFlag(RouteTraits.InvitesByEmail))
            return null;
        try
        {
            return portal.Limits.TakeInvitations(call.Json.Items("invitations")?.Count(item => item.Has("email")) ?? 0);
        }
        catch (Exception broken) when (broken is PortalInvalidException or PortalUnsupportedMediaException)
        {
            // The call's own binding says so properly.
            return null;
        }
    }
}
