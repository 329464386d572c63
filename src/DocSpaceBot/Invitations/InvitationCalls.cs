using System.Collections.Concurrent;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>
/// The calls that bring people in: by mail, by creating them and then inviting them, or into a room. None of them tells what became of one person;
/// what they ran into is noted by person, and the look afterwards decides.
/// </summary>
internal sealed partial class InvitationCalls(DocSpaceClient docSpace, PortalLook look, TimeProvider clock, ILogger<InvitationCalls> logger)
{
    private const int CreatedAtOnce = 4;

    /// <param name="batch">All with the same way, role, language and room.</param>
    /// <returns>The problem of each who had one.</returns>
    public async Task<IReadOnlyDictionary<InvitationId, DocSpaceProblem>> CallAsync(
        IReadOnlyList<Invitation> batch,
        CancellationToken cancellationToken
    )
    {
        if (batch[0].Creates)
        {
            return await CreateThenInviteAsync(batch, cancellationToken);
        }

        var problem = await TryAsync(
            batch,
            batch[0].RoomId is { } room ? () => LetInAsync(room, batch, cancellationToken) : () => InviteAsync(batch, cancellationToken)
        );

        return problem is null ? new Dictionary<InvitationId, DocSpaceProblem>() : batch.ToDictionary(it => it.Id, _ => problem);
    }

    private async Task<IReadOnlyDictionary<InvitationId, DocSpaceProblem>> CreateThenInviteAsync(
        IReadOnlyList<Invitation> batch,
        CancellationToken cancellationToken
    )
    {
        var problems = new ConcurrentDictionary<InvitationId, DocSpaceProblem>();

        // The failure of one stops nobody else, unless it would be everybody's.
        await Parallel.ForEachAsync(
            batch.Where(it => it.CreatedAt is null),
            new ParallelOptions { MaxDegreeOfParallelism = CreatedAtOnce, CancellationToken = cancellationToken },
            async (it, token) =>
            {
                var problem =
                    problems.Values.FirstOrDefault(known =>
                        known.Kind is DocSpaceProblemKind.PortalUnavailable or DocSpaceProblemKind.LimitReached
                    ) ?? await TryAsync([it], () => docSpace.CreatePersonAsync(PersonOf(it), token));

                if (problem is not null)
                {
                    problems[it.Id] = problem;
                }
            }
        );

        // Exactly those whom we created are invited, and not a second time: on some portals this call mails.
        var created = (await look.LookAsync(batch, cancellationToken))
            .Where(it => it is { CreatedAt: not null, InviteBegunAt: null })
            .ToList();
        var begun = await look.ApplyAsync(created, _ => new InvitationEvent.InviteBegun(clock.GetUtcNow()), cancellationToken);

        if (
            begun.Count > 0
            && await TryAsync(begun, () => InviteAsync(begun, cancellationToken))
                is { MayHaveHappened: false, Kind: DocSpaceProblemKind.PortalUnavailable or DocSpaceProblemKind.LimitReached } notNow
        )
        {
            await look.ApplyAsync(begun, _ => new InvitationEvent.InviteNotMade(), cancellationToken);

            foreach (var it in begun)
            {
                problems[it.Id] = notNow;
            }
        }

        return problems;
    }

    private async Task LetInAsync(int room, IReadOnlyList<Invitation> batch, CancellationToken cancellationToken)
    {
        var sharing = await docSpace.ShareRoomAsync(
            room,
            [.. batch.Select(it => new RoomInvitation(it.Email, null, RoomAccess.Read))],
            message: null,
            batch[0].Language,
            notify: true,
            cancellationToken
        );

        if (sharing.HasWarning)
        {
            // It does not say about whom; the look does.
            Log.Warned(logger, batch[0].Request, batch.Count);
        }
    }

    private Task InviteAsync(IReadOnlyList<Invitation> batch, CancellationToken cancellationToken) =>
        docSpace.InviteAsync([.. batch.Select(it => new EmailInvitation(it.Email, it.Role))], batch[0].Language, cancellationToken);

    private static NewPerson PersonOf(Invitation it) => new(it.Email, it.FirstName!, it.LastName ?? "", it.Role) { Culture = it.Language };

    private async Task<DocSpaceProblem?> TryAsync(IReadOnlyList<Invitation> batch, Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (DocSpaceException e)
        {
            Log.Problem(logger, batch[0].Request, batch.Count, e.Message);
            return e.Problem;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "DocSpace let not everybody of request {RequestId} into the room; {Count} were asked for")]
        public static partial void Warned(ILogger logger, RequestId requestId, int count);

        [LoggerMessage(LogLevel.Warning, "DocSpace did not carry out an invitation call of request {RequestId} for {Count}: {Problem}")]
        public static partial void Problem(ILogger logger, RequestId requestId, int count, string problem);
    }
}
