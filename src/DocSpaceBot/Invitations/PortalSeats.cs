using DocSpace.Api;

namespace DocSpaceBot.Invitations;

/// <summary>Plans with the paid seats and the invitations that the portal has left. What the key may not read holds nobody back.</summary>
internal sealed class PortalSeats(DocSpaceClient docSpace)
{
    public async Task<SeatPlan> PlanAsync(IReadOnlyList<SeatRow> rows, CancellationToken cancellationToken)
    {
        // One alone is never half-sent.
        if (rows.Count < 2)
        {
            return SeatPlan.For(rows, null, null);
        }

        var left = await NumberAsync(async () => (await docSpace.GetSettingsAsync(anonymous: false, cancellationToken)).InvitationsLeft);
        var free = rows.Any(row => DocSpaceRoles.TakesSeat(row.Role))
            ? await NumberAsync(async () => (await docSpace.GetQuotaAsync(cancellationToken)).Free)
            : null;
        return SeatPlan.For(rows, free, left);
    }

    private static async Task<int?> NumberAsync(Func<Task<int?>> look)
    {
        try
        {
            return await look();
        }
        catch (DocSpaceException e)
            when (e.Problem.Kind is DocSpaceProblemKind.ScopeMissing or DocSpaceProblemKind.Forbidden or DocSpaceProblemKind.CallMissing)
        {
            return null;
        }
    }
}
