using Dapper;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>What one person has asked for.</summary>
internal sealed partial class InvitationStore
{
    /// <summary>All that one person has asked for this address, the newest first.</summary>
    public static async Task<IReadOnlyList<Invitation>> ListAskedByAsync(Unit unit, string tenantId, string requester, string email) =>
        [
            .. (
                await unit.ListAsync<InvitationRow>(
                    $"""
                    select {Columns} from invitations i
                     where email = @email
                       and exists (select 1 from requests r where r.id = i.request_id and r.tenant_id = @tenantId and r.requester_id = @requester)
                     order by asked_at desc, id desc
                    """,
                    new
                    {
                        email,
                        tenantId,
                        requester,
                    }
                )
            ).Select(row => row.ToInvitation()),
        ];

    /// <summary>Whom one person has invited and who has had the newest mail since <paramref name="before"/> without joining, the oldest first.</summary>
    public static async Task<IReadOnlyList<Invitation>> ListWaitingOfAsync(
        Unit unit,
        string tenantId,
        string requester,
        DateTimeOffset before,
        int most
    ) =>
        [
            .. (
                await unit.ListAsync<InvitationRow>(
                    $"""
                    select {Columns} from invitations
                     where tenant_id = @tenantId and requester_id = @requester and status = 'Invited' and waits_since <= @before
                     order by waits_since limit @most
                    """,
                    new
                    {
                        tenantId,
                        requester,
                        before,
                        most,
                    }
                )
            ).Select(row => row.ToInvitation()),
        ];

    /// <summary>
    /// Those of the invitations whose person was brought in by an earlier request of the same requester, see <see cref="Invitation.IsOurs"/>, with
    /// the highest role that was asked for then.
    /// </summary>
    public Task<IReadOnlyDictionary<InvitationId, DocSpaceRole>> ListBroughtInAsync(
        IReadOnlyList<Invitation> all,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async db =>
            {
                var found = new Dictionary<InvitationId, DocSpaceRole>();

                foreach (var it in all)
                {
                    var roles = await db.QueryAsync<string>(
                        Query(
                            """
                            select ours.role from invitations ours
                              join requests earlier on earlier.id = ours.request_id
                              join requests this on this.id = @request
                             where ours.email = @email and ours.portal_user_id = @user
                               and ours.standing_before = 'Absent' and ours.send_begun_at is not null and not ours.was_in_portal
                               and earlier.tenant_id = this.tenant_id and earlier.requester_id = this.requester_id
                            """,
                            new
                            {
                                request = it.Request.Value,
                                email = it.Email,
                                user = it.PortalUser?.ToString(),
                            },
                            cancellationToken
                        )
                    );

                    if (roles.Select(Enum.Parse<DocSpaceRole>).OrderByDescending(DocSpaceRoles.Rank).ToList() is [var highest, ..])
                    {
                        found[it.Id] = highest;
                    }
                }

                return (IReadOnlyDictionary<InvitationId, DocSpaceRole>)found;
            },
            cancellationToken
        );
}
