using DocSpace.Api;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>Links that were asked for.</summary>
internal sealed partial class InvitationStore
{
    /// <summary>Those that are agreed to and not made yet, the oldest first.</summary>
    public static async Task<IReadOnlyList<(InviteRequest Request, Invitation Invitation)>> ListLinksAskedAsync(
        Unit unit,
        DocSpaceRole role
    )
    {
        var rows = await unit.ListAsync<InvitationRow>(
            $"select {Columns} from invitations where status = 'Approved' and link is not null and role = @role order by asked_at, id",
            new { role = role.ToString() }
        );
        var asked = new List<(InviteRequest, Invitation)>();

        foreach (var it in rows.Select(row => row.ToInvitation()))
        {
            asked.Add(((await FindRequestAsync(unit, it.Request))!, it));
        }

        return asked;
    }

    /// <summary>The link that the same person asked for in the same words since then, and that has not failed, been refused or stopped.</summary>
    public static async Task<Invitation?> FindSameLinkAsync(
        Unit unit,
        string tenantId,
        string requester,
        DocSpaceRole role,
        LinkTerms terms,
        DateTimeOffset since
    ) =>
        (
            await unit.FindAsync<InvitationRow>(
                $"""
                select {Columns} from invitations i
                 where link = @link and role = @role and asked_at > @since and status in ('PendingApproval', 'Approved', 'LinkReady')
                   and exists (select 1 from requests r where r.id = i.request_id and r.tenant_id = @tenantId and r.requester_id = @requester)
                   and not exists (select 1 from links l where l.id = i.request_id and l.stopped_at is not null)
                 order by asked_at desc limit 1
                """,
                new
                {
                    link = DecisionJson.Write(terms),
                    role = role.ToString(),
                    since,
                    tenantId,
                    requester,
                }
            )
        )?.ToInvitation();
}
