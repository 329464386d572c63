using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace DocSpaceBot.Hosting;

/// <summary>Logs go to the console, where the host collects them. They hold ids, never addresses, tokens or what is on a card.</summary>
internal static class Logs
{
    public static void AddLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerProvider>(services => new SerilogLoggerProvider(
            new LoggerConfiguration()
                // Why the bot cannot start is said in one line and not as a stack trace.
                .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
                .ReadFrom.Configuration(services.GetRequiredService<IConfiguration>())
                .CreateLogger(),
            dispose: true
        ));
    }
}
