using Dapper;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>Whom a look at one person of the portal could be news for.</summary>
internal sealed partial class InvitationStore
{
    private const string AwaitedAs =
        "portal_user_id = @user and (status = 'Invited' or (status = 'Approved' and send_begun_at is not null))";

    private const string NotFoundYet = "status = 'Approved' and send_begun_at is not null and portal_user_id is null and link is null";

    /// <summary>
    /// False when nothing that is kept waits for this person, nor for anybody of whom it is not known yet who they are in the portal. One statement, so
    /// that nobody is missed who passes from the one to the other meanwhile.
    /// </summary>
    public Task<bool> MayAwaitAsync(Guid user, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                await db.ExecuteScalarAsync<long>(
                    Query(
                        $"""
                        select case when exists (select 1 from invitations where {AwaitedAs})
                                      or exists (select 1 from invitations where {NotFoundYet}) then 1 else 0 end
                        """,
                        new { user = user.ToString() },
                        cancellationToken
                    )
                ) == 1,
            cancellationToken
        );

    /// <summary>The invitations that wait for this person, or are being sent to them.</summary>
    public Task<IReadOnlyList<Invitation>> ListAwaitedAsync(Guid user, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db =>
                ListAsync(
                    db,
                    Query(
                        $"select {Columns} from invitations where {AwaitedAs} order by id",
                        new { user = user.ToString() },
                        cancellationToken
                    )
                ),
            cancellationToken
        );

    /// <summary>The address of every invitation that is being sent and of which it is not known yet who that is in the portal.</summary>
    public Task<IReadOnlySet<string>> ListNotFoundYetAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlySet<string>>(
            async db =>
                (
                    await db.QueryAsync<string>(Query($"select email from invitations where {NotFoundYet}", new { }, cancellationToken))
                ).ToHashSet(StringComparer.Ordinal),
            cancellationToken
        );
}
