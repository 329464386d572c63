using DocSpace.Api;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Tests;

/// <summary>The usual people and things; a test changes only what matters to it.</summary>
internal static class An
{
    public static readonly DateTimeOffset Instant = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    public static readonly Person Alice = new("33333333-3333-4333-8333-333333333330", "Alice Adams");
    public static readonly Person Dana = new("33333333-3333-4333-8333-333333333331", "Dana Diaz");

    public static InviteRequest Request() => new(new("019a0000-0000-7000-8000-0000000000aa"), "tenant", Alice, "a:alice", null, Instant);

    public static Draft Draft(DraftState state, params DraftRow[] rows) =>
        new(Request().Id, "tenant", Alice, "a:alice", null, Instant) { State = state, Rows = rows };

    public static Invitation Invitation(InvitationStatus status = InvitationStatus.PendingApproval) =>
        new(new("019a0000-0000-7000-8000-0000000000bb"), Request().Id, 0, "carol@example.com", DocSpaceRole.User, Instant)
        {
            Status = status,
            SendFrom = status is InvitationStatus.PendingApproval ? null : Instant,
        };

    /// <summary>DocSpace's own, for ten people and seven days, just made.</summary>
    public static SharedLink Link() =>
        new(Request().Id, "tenant", Alice, "a:alice", DocSpaceRole.User, LinkTerms.Usual)
        {
            MadeAt = Instant,
            ExpiresAt = Instant.AddDays(7),
            PortalLink = new("44444444-4444-4444-8444-444444444440"),
            Secret = "sealed",
            SecretAt = Instant,
        };
}
