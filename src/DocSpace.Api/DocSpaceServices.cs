using DocSpace.Api.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DocSpace.Api;

/// <summary>Makes <see cref="DocSpaceClient"/> available.</summary>
public static class DocSpaceServices
{
    /// <summary>
    /// Adds one <see cref="DocSpaceClient"/> for the program and its settings from section <c>DocSpace</c>, checked at the start. All its times (timeouts,
    /// repeats, breaks) come from the registered <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddDocSpaceApi(this IServiceCollection services, IConfiguration configuration)
    {
        var validator = new DocSpaceOptionsValidator(configuration);
        services.AddSingleton<IConfigureOptions<DocSpaceOptions>>(validator);
        services.AddSingleton<IValidateOptions<DocSpaceOptions>>(validator);
        services.AddOptions<DocSpaceOptions>().ValidateOnStart();

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new PortalPipeline(
            provider.GetRequiredService<IOptions<DocSpaceOptions>>().Value.MaxConcurrency,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PortalPipeline>>()
        ));
        services.AddSingleton(provider => new DocSpaceClient(
            PortalHandler.Over(provider.GetRequiredService<PortalPipeline>(), provider.GetRequiredService<ILogger<PortalHandler>>()),
            provider.GetRequiredService<IOptions<DocSpaceOptions>>().Value,
            provider.GetRequiredService<TimeProvider>()
        ));
        return services;
    }
}
