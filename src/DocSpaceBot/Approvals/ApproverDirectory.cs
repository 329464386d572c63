using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Connector;
using Teams.Protocol.Graph;

namespace DocSpaceBot.Approvals;

/// <summary>Somebody whom the policy names, as far as they can be found.</summary>
internal sealed record FoundApprover(string Id, string? Name, bool IsChannel = false);

/// <summary>
/// Who is meant by the groups of the policy: from what Teams has told the bot, else from Microsoft Graph. What Graph tells is kept, so that a
/// click is judged without asking outside.
/// </summary>
internal sealed partial class ApproverDirectory(
    Database database,
    PeopleStore people,
    GraphClient graph,
    HomeTenant home,
    TimeProvider clock,
    ILogger<ApproverDirectory> logger
)
{
    /// <summary>People change their managers seldom, and a bot that asks all the time is throttled.</summary>
    public static readonly TimeSpan ManagerIsGoodFor = TimeSpan.FromDays(1);

    /// <summary>Everybody of the group who can be found. Who cannot be named at the moment is asked for again later.</summary>
    /// <returns>Whether everything could be looked up.</returns>
    public async Task<(IReadOnlyList<FoundApprover> Found, bool IsComplete)> FindAsync(
        ApproverGroup group,
        string tenantId,
        Person requester,
        CancellationToken cancellationToken
    )
    {
        var found = new List<FoundApprover>();
        var isComplete = true;

        if (group.IsManager)
        {
            var (manager, isKnown) = await ManagerAsync(tenantId, requester.Id, cancellationToken);
            return (manager is null ? [] : [manager], isKnown);
        }

        foreach (var entry in group.People)
        {
            var (person, isKnown) = await FindPersonAsync(tenantId, entry, cancellationToken);
            isComplete &= isKnown;

            if (person is not null)
            {
                found.Add(person);
            }
        }

        if (group.Channel is { } channel)
        {
            found.Add(new(channel, null, IsChannel: true));
        }

        return (found, isComplete);
    }

    /// <summary>Null for nobody, or for somebody who cannot be found at the moment.</summary>
    public async Task<(FoundApprover? Person, bool IsKnown)> FindPersonAsync(
        string tenantId,
        PersonEntry entry,
        CancellationToken cancellationToken
    )
    {
        var name = entry.Text.Trim();

        if (!entry.IsObjectId && !home.Is(tenantId))
        {
            return (null, true);
        }

        var known = entry.IsObjectId
            ? await people.FindAsync(tenantId, name, cancellationToken)
            : await people.FindByEmailAsync(tenantId, name, cancellationToken);

        if (known is not null)
        {
            return (new(known.Id, known.Name), true);
        }

        var (person, isKnown) = await AskGraphAsync(() => graph.FindPersonAsync(tenantId, name, cancellationToken));

        if (person is null)
        {
            // Teams takes an object id as well, so that the person can be written to all the same.
            return (entry.IsObjectId && !isKnown ? new(name, null) : null, isKnown);
        }

        await KeepAsync(tenantId, person, cancellationToken);
        return (person.IsEnabled ? new(person.Id, person.Name) : null, true);
    }

    private async Task<(FoundApprover? Manager, bool IsKnown)> ManagerAsync(
        string tenantId,
        string requester,
        CancellationToken cancellationToken
    )
    {
        var kept = await database.WriteAsync(unit => ManagerStore.FindAsync(unit, tenantId, requester), cancellationToken);

        if (kept is not null && clock.GetUtcNow() - kept.LookedAt < ManagerIsGoodFor)
        {
            return (kept.ManagerId is { } id ? new(id, kept.ManagerName) : null, true);
        }

        var (manager, isKnown) = await AskGraphAsync(() => graph.GetManagerAsync(tenantId, requester, cancellationToken));

        if (!isKnown)
        {
            return (kept?.ManagerId is { } id ? new(id, kept.ManagerName) : null, false);
        }

        if (manager is not null)
        {
            await KeepAsync(tenantId, manager, cancellationToken);
        }

        var decides = manager is { IsEnabled: true } ? manager : null;
        await database.WriteAsync(
            unit => ManagerStore.KeepAsync(unit, tenantId, requester, decides?.Id, decides?.Name, clock.GetUtcNow()),
            cancellationToken
        );
        return (decides is null ? null : new(decides.Id, decides.Name), true);
    }

    private Task KeepAsync(string tenantId, GraphPerson person, CancellationToken cancellationToken) =>
        people.KeepAsync(
            tenantId,
            [
                new ChannelMember
                {
                    AadObjectId = person.Id,
                    Name = person.Name,
                    Email = person.Email,
                    UserPrincipalName = person.UserPrincipalName,
                },
            ],
            cancellationToken
        );

    private async Task<(GraphPerson? Person, bool IsKnown)> AskGraphAsync(Func<Task<GraphPerson?>> ask)
    {
        try
        {
            return (await ask(), true);
        }
        catch (GraphException e)
        {
            Log.GraphFailed(logger, e.Message);
            return (null, false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Microsoft Graph could not be asked who decides; it is asked again later: {Fault}")]
        public static partial void GraphFailed(ILogger logger, string fault);
    }
}
