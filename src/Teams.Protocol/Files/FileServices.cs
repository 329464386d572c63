using Microsoft.Extensions.DependencyInjection;
using Teams.Protocol.Hosting;

namespace Teams.Protocol.Files;

internal static class FileServices
{
    /// <summary>Moving files in both directions. Made by hand: the other constructors are for tests that fabricate addresses.</summary>
    public static IServiceCollection AddFiles(this IServiceCollection services) =>
        services
            .AddSingleton(provider => new FileDownloader(
                provider.GetRequiredService<FileUrls>(),
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton(provider => new FileUploader(
                provider.GetRequiredService<FileUrls>(),
                provider.GetRequiredService<TimeProvider>()
            ));
}
