using Dapper;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>Whom a look at one person of the portal could be news for.</summary>
internal sealed partial class InvitationStore
{
    /// <summary>Also of whoever joins after the time was over, and whoever confirms the address after joining.</summary>
    private const string AwaitedAs = """
        portal_user_id = @user
        and (status = 'Invited' or (status = 'Approved' and send_begun_at is not null) or (status = 'Expired' and invited_at is not null)
             or (status in ('Joined', 'Welcomed') and confirmed_at is null))
        """;

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

    /// <summary>
    /// The oldest invitations that nobody has taken since <paramref name="before"/>. Those of which something is wanted are left out, since nothing happens to
    /// them before that is done; many that wait for a mail would else keep the others from ever being seen.
    /// </summary>
    /// <param name="unreminded">Only those about which the requester has not been asked.</param>
    public Task<IReadOnlyList<Invitation>> ListWaitingSinceAsync(
        DateTimeOffset before,
        bool unreminded,
        int most,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            db =>
                ListAsync(
                    db,
                    Query(
                        $"""
                        select {Columns} from invitations
                         where status = 'Invited' {(
                            unreminded ? "and (reminded_at is null or reminded_at < waits_since)" : ""
                        )} and waits_since <= @before and (wish_state is null or wish_state not in ('Asked', 'Begun'))
                         order by waits_since limit @most
                        """,
                        new { before, most },
                        cancellationToken
                    )
                ),
            cancellationToken
        );

    /// <summary>Who has joined since <paramref name="since"/> and has not confirmed the address, the newest first.</summary>
    public Task<IReadOnlyList<Invitation>> ListUnconfirmedAsync(DateTimeOffset since, int most, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db =>
                ListAsync(
                    db,
                    Query(
                        $"""
                        select {Columns} from invitations
                         where status in ('Joined', 'Welcomed') and confirmed_at is null and joined_at >= @since and portal_user_id is not null
                         order by joined_at desc limit @most
                        """,
                        new { since, most },
                        cancellationToken
                    )
                ),
            cancellationToken
        );

    /// <summary>Every invitation for which a mail is wanted once more, the oldest request first.</summary>
    public Task<IReadOnlyList<Invitation>> ListToMailAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            db =>
                ListAsync(
                    db,
                    Query(
                        $"""
                        select {Columns} from invitations
                         where wish in ('Resend', 'PasswordMail') and wish_state in ('Asked', 'Begun') order by request_id, row_number
                        """,
                        new { },
                        cancellationToken
                    )
                ),
            cancellationToken
        );

    /// <summary>Those of the people whom we have invited, or found when we wanted to.</summary>
    public Task<IReadOnlySet<Guid>> ListKnownAsync(IReadOnlyList<Guid> people, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlySet<Guid>>(
            async db =>
            {
                var found = new HashSet<Guid>();

                foreach (var person in people)
                {
                    var known = await db.ExecuteScalarAsync<int?>(
                        Query(
                            "select 1 from invitations where portal_user_id = @person limit 1",
                            new { person = person.ToString() },
                            cancellationToken
                        )
                    );

                    if (known is not null)
                    {
                        found.Add(person);
                    }
                }

                return found;
            },
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
