using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Teams.Protocol.Connector;
using Teams.Protocol.Files;
using Teams.Protocol.Graph;

namespace Teams.Protocol.Hosting;

public static class TeamsProtocolServices
{
    /// <summary>
    /// Everything needed to hear from Teams (<see cref="BotEndpoint.MapBot"/>), to speak to it (<see cref="ConnectorClient"/>), and to ask who is
    /// somebody's manager (<see cref="GraphClient"/>). The product registers its <see cref="ITurnHandler"/> itself.
    /// </summary>
    public static IServiceCollection AddTeamsProtocol(this IServiceCollection services, IConfiguration configuration)
    {
        var setup = new BotOptionsSetup(configuration);
        services.AddSingleton<IConfigureOptions<BotOptions>>(setup);
        services.AddSingleton(setup);
        services.AddSingleton<IValidateOptions<BotOptions>, BotOptionsValidator>();
        services.AddOptions<BotOptions>().ValidateOnStart();
        services.AddHostedService<ListeningAddresses>();

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ServiceUrls>();
        services.AddSingleton<FileUrls>();
        services.AddFiles();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<BotAuthentication>();
        services.AddSingleton<BotTurns>();
        services.AddSingleton<ConnectorLimits>();
        services.AddSingleton<BotTokens>();
        services.AddSingleton<ConnectorCredentials>();
        services.AddSingleton(provider => new ConnectorClient(
            provider.GetRequiredService<ServiceUrls>(),
            provider.GetRequiredService<ConnectorCredentials>(),
            provider.GetRequiredService<ConnectorLimits>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<GraphLimits>();
        services.AddSingleton<GraphCredentials>();
        services.AddSingleton(provider => new GraphClient(
            provider.GetRequiredService<IOptions<BotOptions>>(),
            provider.GetRequiredService<GraphCredentials>(),
            provider.GetRequiredService<GraphLimits>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        return services;
    }
}
