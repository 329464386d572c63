using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Teams.Protocol.Hosting;

public static class BotEndpoint
{
    /// <summary>
    /// Takes activities at <paramref name="path"/>. Answers: 200 for what was handled, 501 for an invoke the bot does not know, 400, 413 or 415
    /// for what is not an activity, 401 without a good token, 403 for a tenant that is not allowed, 405 for other methods than POST, 500 when
    /// the bot failed (Teams delivers again), 503 when the signing keys cannot be had.
    /// </summary>
    public static IEndpointConventionBuilder MapBot(this IEndpointRouteBuilder endpoints, string path = "/api/messages")
    {
        var turns = endpoints.ServiceProvider.GetRequiredService<BotTurns>();
        return endpoints.Map(path, new RequestDelegate(turns.AnswerAsync)).WithDisplayName("Bot activities");
    }
}
