using System.Text.Json;
using DocSpaceBot.Lifecycle;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace DocSpaceBot.Invitations;

/// <summary>What has come of a change of the settings.</summary>
internal abstract record PolicyChange
{
    public sealed record Taken(InvitePolicy Policy) : PolicyChange;

    /// <summary>The policy cannot be read or is not valid, and the last good one stays.</summary>
    /// <param name="Fault">One line that names the setting, and repeats nothing that was written there.</param>
    public sealed record NotTaken(string Fault) : PolicyChange;
}

/// <summary>
/// The policy that is in force. A change of the settings is taken while the bot runs; one that has a fault is not, nor is it taken for "no rules" that a
/// file cannot be read, is written at this moment, or has gone: until there is a good one the last good one stays.
/// </summary>
internal sealed partial class CurrentPolicy : IDisposable
{
    private readonly IConfigurationRoot configuration;
    private readonly IOptionsFactory<PolicyOptions> options;
    private readonly ILogger<CurrentPolicy> logger;
    private readonly IDisposable watching;

    /// <summary>One change after the other; who decides by the policy never waits.</summary>
    private readonly Lock gate = new();
    private readonly List<Action<PolicyChange>> listeners = [];
    private volatile InForce inForce;
    private string? lastFault;

    /// <exception cref="OptionsValidationException">The policy with which the bot starts has a fault.</exception>
    public CurrentPolicy(IConfiguration configuration, IOptionsFactory<PolicyOptions> options, ILogger<CurrentPolicy> logger)
    {
        (this.configuration, this.options, this.logger) = ((IConfigurationRoot)configuration, options, logger);
        var (written, sources) = Read();
        inForce = new(written, sources);
        SayWhoIsNotAsked(written);

        foreach (var file in this.configuration.Providers.OfType<FileConfigurationProvider>())
        {
            file.Source.OnLoadException += CannotLoad;
        }

        watching = ChangeToken.OnChange(this.configuration.GetReloadToken, LookAgain);
        LookAgain();
    }

    public InvitePolicy Policy => inForce.Policy;

    /// <summary>Somebody is named by their address, so that it matters which one the requester has.</summary>
    public bool AsksForRequester => inForce.AsksForRequester;

    /// <summary>Some rule forbids something for a domain, so that it matters which address somebody has who takes a link.</summary>
    public bool AsksForDomain => inForce.AsksForDomain;

    /// <summary>
    /// Lets somebody react to each change that is taken, and to each fault once. They are called one after the other and in the order of the changes, so what
    /// takes long is left for later.
    /// </summary>
    /// <returns>Ends it.</returns>
    public IDisposable OnChanged(Action<PolicyChange> listener)
    {
        lock (gate)
        {
            listeners.Add(listener);
        }

        return new Listening(() =>
        {
            lock (gate)
            {
                listeners.Remove(listener);
            }
        });
    }

    public void Dispose()
    {
        watching.Dispose();

        foreach (var file in configuration.Providers.OfType<FileConfigurationProvider>())
        {
            file.Source.OnLoadException -= CannotLoad;
        }
    }

    private void LookAgain()
    {
        lock (gate)
        {
            try
            {
                var (written, sources) = Read();

                if (sources.SilentSince(inForce.Sources) is { } silent)
                {
                    NotTaken($"{PolicyOptions.Section}: {silent} says nothing about it any more.");
                }
                else if (lastFault is not null || !sources.SaysTheSameAs(inForce.Sources))
                {
                    Take(written, sources);
                }
            }
            catch (OptionsValidationException e)
            {
                NotTaken(e.Failures.First());
            }
            catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException)
            {
                // What it says is not for a log: it may repeat what was written.
                NotTaken($"{PolicyOptions.Section}: it cannot be read.");
            }
        }
    }

    /// <summary>A file that cannot be loaded looks empty from now on, and nobody is told of a change.</summary>
    private void CannotLoad(FileLoadExceptionContext failed)
    {
        var line = failed.Exception.GetBaseException() is JsonException { LineNumber: { } number } ? $" (see line {number + 1})" : "";

        lock (gate)
        {
            NotTaken($"{PolicyOptions.Section}: {PolicySources.NameOf(failed.Provider)} cannot be read{line}.");
        }
    }

    /// <summary>The policy as the settings have it now, all of it from the same moment: a file may be read anew while it is looked at.</summary>
    private (PolicyOptions Written, PolicySources Sources) Read()
    {
        while (true)
        {
            var before = PolicySources.Of(configuration);

            try
            {
                var written = options.Create(Options.DefaultName);

                if (PolicySources.Of(configuration).SaysTheSameAs(before))
                {
                    return (written, before);
                }
            }
            catch (OptionsValidationException) when (!PolicySources.Of(configuration).SaysTheSameAs(before))
            {
                // Half of one and half of the other: once more.
            }
        }
    }

    private void Take(PolicyOptions written, PolicySources sources)
    {
        lastFault = null;
        inForce = new(written, sources);
        Log.Taken(logger, inForce.Policy.Rules.Count);
        SayWhoIsNotAsked(written);
        Tell(new PolicyChange.Taken(inForce.Policy));
    }

    private void NotTaken(string fault)
    {
        if (fault == lastFault)
        {
            return;
        }

        lastFault = fault;
        Log.NotTaken(logger, fault);
        Tell(new PolicyChange.NotTaken(fault));
    }

    private void Tell(PolicyChange change)
    {
        foreach (var listener in listeners.ToList())
        {
            try
            {
                listener(change);
            }
            catch (Exception e)
            {
                // The policy is in force whoever fails at it, and the others are told too.
                Log.ListenerFailed(logger, e);
            }
        }
    }

    private void SayWhoIsNotAsked(PolicyOptions written)
    {
        foreach (var setting in written.AskingNobody())
        {
            Log.NobodyToAsk(logger, setting);
        }
    }

    /// <summary>Everything at once, so that nobody sees the rules of one policy and the rest of another.</summary>
    private sealed class InForce(PolicyOptions written, PolicySources sources)
    {
        public InvitePolicy Policy { get; } = written.ToPolicy();

        public PolicySources Sources => sources;

        public bool AsksForDomain { get; } = written.Rules.Exists(rule => rule.Then is PolicyAnswer.Deny && rule.When.Domains.Count > 0);

        public bool AsksForRequester { get; } =
            written.Rules.Exists(rule => rule.When.Requesters.Count > 0)
            || written.ApproverGroups.Values.Any(group => group.People.Exists(person => !new PersonEntry(person.Trim()).IsObjectId));
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The policy was changed and is in force; it has {Rules} rules.")]
        public static partial void Taken(ILogger logger, int rules);

        [LoggerMessage(LogLevel.Error, "The policy was not changed, the one before stays in force. {Fault}")]
        public static partial void NotTaken(ILogger logger, string fault);

        [LoggerMessage(LogLevel.Warning, "{Setting}: nobody is named there who could be asked, so what would be asked is denied.")]
        public static partial void NobodyToAsk(ILogger logger, string setting);

        [LoggerMessage(LogLevel.Error, "Somebody who was told of a change of the policy failed.")]
        public static partial void ListenerFailed(ILogger logger, Exception error);
    }
}
