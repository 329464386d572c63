using System.Text;
using System.Threading.Channels;
using DocSpaceBot.Hosting;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DocSpaceBot.Tests.Invitations;

/// <summary>The policy of a real bot whose settings can be changed, and what was told of the changes.</summary>
internal sealed class PolicyUnderWay : IAsyncDisposable
{
    private static readonly Dictionary<string, string?> Registration = new(StringComparer.Ordinal)
    {
        ["MicrosoftAppType"] = "SingleTenant",
        ["MicrosoftAppId"] = "5b0715ac-e5b0-4715-8ace-5b0715ace001",
        ["MicrosoftAppPassword"] = "stand-in~secret",
        ["MicrosoftAppTenantId"] = "c0a705a0-1000-4000-8000-000000000001",
        ["Serilog:MinimumLevel:Default"] = "Fatal",
    };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication app;
    private readonly Written written;
    private readonly Channel<PolicyChange> changes = Channel.CreateUnbounded<PolicyChange>();

    private PolicyUnderWay(WebApplication app, Written written)
    {
        (this.app, this.written) = (app, written);
        Current = app.Services.GetRequiredService<CurrentPolicy>();
        Current.OnChanged(change => changes.Writer.TryWrite(change));
    }

    public CurrentPolicy Current { get; }

    /// <summary>Settings that say nothing else than what is the policy, and perhaps a file that lies somewhere.</summary>
    public static PolicyUnderWay Begin(string json, string? file = null)
    {
        var written = new Written();
        written.Say(json);
        return new(
            BotApp.Build(
                [],
                builder =>
                {
                    builder.Configuration.Sources.Clear();
                    builder.Configuration.AddInMemoryCollection(Registration);

                    if (file is not null)
                    {
                        builder.Configuration.AddJsonFile(file, optional: false, reloadOnChange: true);
                    }

                    ((IConfigurationBuilder)builder.Configuration).Add(written);
                }
            ),
            written
        );
    }

    public static InvitePolicy Read(string json)
    {
        var it = Begin(json);
        var policy = it.Current.Policy;
        it.app.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return policy;
    }

    /// <summary>The settings are other ones from now on.</summary>
    public void Change(string json)
    {
        written.Say(json);
        written.Signal();
    }

    public void Signal() => written.Signal();

    /// <summary>What is told next, as soon as it is.</summary>
    public async Task<PolicyChange> NextAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        return await changes.Reader.ReadAsync(limit.Token);
    }

    public bool WasToldNothing() => changes.Reader.Count == 0;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Settings out of nowhere.</summary>
    private sealed class Written : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        /// <summary>With single quotes for double ones.</summary>
        public void Say(string json) =>
            Data = new ConfigurationBuilder()
                .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json.Replace('\'', '"'))))
                .Build()
                .AsEnumerable()
                .ToDictionary(StringComparer.OrdinalIgnoreCase);

        public void Signal() => OnReload();
    }
}
