using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Teams.Protocol.Hosting;

/// <summary>A bot that authenticates nobody may be reached from this machine only.</summary>
internal sealed class ListeningAddresses(IOptions<BotOptions> options, IServiceProvider services) : IHostedLifecycleService
{
    /// <summary>The addresses the settings name; the server's own default when they name none is a loopback address.</summary>
    public static IEnumerable<string> Configured(IConfiguration configuration)
    {
        var any = false;
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            if (endpoint["Url"] is { Length: > 0 } url)
            {
                any = true;
                yield return url;
            }
        }

        foreach (var url in Split(configuration["urls"]))
        {
            any = true;
            yield return url;
        }

        if (any)
        {
            yield break;
        }

        // Ports without an address listen on every network of the machine; container images set them.
        foreach (var port in Split(configuration["http_ports"]))
        {
            yield return $"{Uri.UriSchemeHttp}://*:{port}";
        }

        foreach (var port in Split(configuration["https_ports"]))
        {
            yield return $"{Uri.UriSchemeHttps}://*:{port}";
        }
    }

    public static bool IsLoopback(string address)
    {
        try
        {
            return Loopback.IsHost(BindingAddress.Parse(address).Host);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Addresses can also come from code, so what the server really did is looked at too.</summary>
    /// <exception cref="OptionsValidationException">Somebody on the network could talk to a bot that trusts everybody.</exception>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options.Value.IsAuthenticated || services.GetService(typeof(IServer)) is not IServer server)
        {
            return Task.CompletedTask;
        }

        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => !IsLoopback(address)) is { } open)
        {
            var problem =
                $"{nameof(BotOptions.MicrosoftAppId)}: is empty, so the bot may listen on loopback addresses only, not on {open}.";
            throw new OptionsValidationException(Options.DefaultName, typeof(BotOptions), [problem]);
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string[] Split(string? value) =>
        value?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
