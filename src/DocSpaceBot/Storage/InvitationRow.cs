using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Storage;

/// <summary>An invitation as a row: names of states as text, ids as text.</summary>
internal sealed class InvitationRow
{
    public string Id { get; init; } = "";
    public string RequestId { get; init; } = "";
    public int RowNumber { get; init; }
    public string Email { get; init; } = "";
    public string Role { get; init; } = "";
    public DateTimeOffset AskedAt { get; init; }
    public string Status { get; init; } = "";
    public int Version { get; init; }
    public string? StandingBefore { get; init; }
    public DateTimeOffset? SendFrom { get; init; }
    public DateTimeOffset? SendBegunAt { get; init; }
    public string? Rule { get; init; }
    public bool IsNewDomain { get; init; }
    public DateTimeOffset? DecideBy { get; init; }
    public int Needed { get; init; }
    public string? Votes { get; init; }
    public string? Denial { get; init; }
    public string? Shown { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Language { get; init; }
    public string? Room { get; init; }
    public int? RoomId { get; init; }
    public bool WasInPortal { get; init; }
    public bool Creates { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? InviteBegunAt { get; init; }
    public DateTimeOffset? WaitingSince { get; init; }
    public string? PortalRole { get; init; }
    public string? Note { get; init; }
    public string? Wish { get; init; }
    public string? WishState { get; init; }
    public string? WishCause { get; init; }
    public string? PortalUserId { get; init; }
    public string? Cause { get; init; }
    public DateTimeOffset? LookedAt { get; init; }
    public DateTimeOffset? NextLookAt { get; init; }
    public DateTimeOffset? InvitedAt { get; init; }
    public DateTimeOffset? JoinedAt { get; init; }
    public string? JoinedBy { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }
    public DateTimeOffset? WelcomedAt { get; init; }
    public DateTimeOffset? WaitsSince { get; init; }
    public DateTimeOffset? RemindedAt { get; init; }
    public string PortalWelcome { get; init; } = "";
    public string TeamsWelcome { get; init; } = "";
    public string? Link { get; init; }

    /// <summary>Of its request, and filled in only where it is asked for.</summary>
    public string TenantId { get; init; } = "";
    public string RequesterId { get; init; } = "";

    /// <summary>Written with a new invitation only: the conversation without its thread, and when it came to its end where it begins with that.</summary>
    public string? Place { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <param name="request">Where a new invitation is written, which says whose it is.</param>
    public static InvitationRow Of(Invitation it, InviteRequest? request = null) =>
        new()
        {
            TenantId = request?.TenantId ?? "",
            RequesterId = request?.Requester.Id ?? "",
            Place = request is null ? null : ConversationReference.RootOf(request.ConversationId),
            EndedAt = it.Status is InvitationStatus.PendingApproval or InvitationStatus.Approved or InvitationStatus.Invited
                ? null
                : it.AskedAt,
            Id = it.Id.Value,
            RequestId = it.Request.Value,
            RowNumber = it.Row,
            Email = it.Email,
            Role = it.Role.ToString(),
            AskedAt = it.AskedAt,
            Status = it.Status.ToString(),
            Version = it.Version,
            StandingBefore = it.Before?.ToString(),
            SendFrom = it.SendFrom,
            SendBegunAt = it.SendBegunAt,
            Rule = it.Rule,
            IsNewDomain = it.IsNewDomain,
            DecideBy = it.DecideBy,
            Needed = it.Needed,
            Votes = it.Votes.Count == 0 ? null : DecisionJson.Write(it.Votes),
            Denial = it.Denial is { } denial ? DecisionJson.Write(denial) : null,
            Shown = it.Shown?.ToString(),
            FirstName = it.FirstName,
            LastName = it.LastName,
            Language = it.Language,
            Room = it.Room,
            RoomId = it.RoomId,
            WasInPortal = it.WasInPortal,
            Creates = it.Creates,
            CreatedAt = it.CreatedAt,
            InviteBegunAt = it.InviteBegunAt,
            WaitingSince = it.WaitingSince,
            PortalRole = it.PortalRole?.ToString(),
            Note = it.Note,
            Wish = it.Wish?.ToString(),
            WishState = it.WishState?.ToString(),
            WishCause = it.WishCause?.ToString(),
            PortalUserId = it.PortalUser?.ToString(),
            Cause = it.Cause?.ToString(),
            LookedAt = it.LookedAt,
            NextLookAt = it.NextLookAt,
            InvitedAt = it.InvitedAt,
            JoinedAt = it.JoinedAt,
            JoinedBy = it.JoinedBy?.ToString(),
            ConfirmedAt = it.ConfirmedAt,
            WelcomedAt = it.WelcomedAt,
            WaitsSince = it.WaitsSince,
            RemindedAt = it.RemindedAt,
            PortalWelcome = it.PortalWelcome.ToString(),
            TeamsWelcome = it.TeamsWelcome.ToString(),
            Link = it.Link is { } link ? DecisionJson.Write(link) : null,
        };

    public Invitation ToInvitation() =>
        new(new(Id), new(RequestId), RowNumber, Email, Enum.Parse<DocSpaceRole>(Role), AskedAt)
        {
            Status = Enum.Parse<InvitationStatus>(Status),
            Version = Version,
            Before = StandingBefore is null ? null : Enum.Parse<Standing>(StandingBefore),
            SendFrom = SendFrom,
            SendBegunAt = SendBegunAt,
            Rule = Rule,
            IsNewDomain = IsNewDomain,
            DecideBy = DecideBy,
            Needed = Needed,
            Votes = Votes is null ? [] : DecisionJson.ReadVotes(Votes),
            Denial = Denial is null ? null : DecisionJson.ReadDenial(Denial),
            Shown = Shown is null ? null : Enum.Parse<Standing>(Shown),
            FirstName = FirstName,
            LastName = LastName,
            Language = Language,
            Room = Room,
            RoomId = RoomId,
            WasInPortal = WasInPortal,
            Creates = Creates,
            CreatedAt = CreatedAt,
            InviteBegunAt = InviteBegunAt,
            WaitingSince = WaitingSince,
            PortalRole = PortalRole is null ? null : Enum.Parse<DocSpaceRole>(PortalRole),
            Note = Note,
            Wish = Wish is null ? null : Enum.Parse<Wish>(Wish),
            WishState = WishState is null ? null : Enum.Parse<WishState>(WishState),
            WishCause = WishCause is null ? null : Enum.Parse<Cause>(WishCause),
            PortalUser = PortalUserId is null ? null : Guid.Parse(PortalUserId),
            Cause = Cause is null ? null : Enum.Parse<Cause>(Cause),
            LookedAt = LookedAt,
            NextLookAt = NextLookAt,
            InvitedAt = InvitedAt,
            JoinedAt = JoinedAt,
            JoinedBy = JoinedBy is null ? null : Enum.Parse<NoticedBy>(JoinedBy),
            ConfirmedAt = ConfirmedAt,
            WelcomedAt = WelcomedAt,
            WaitsSince = WaitsSince,
            RemindedAt = RemindedAt,
            PortalWelcome = Enum.Parse<PortalWelcome>(PortalWelcome),
            TeamsWelcome = Enum.Parse<TeamsWelcome>(TeamsWelcome),
            Link = Link is null ? null : DecisionJson.ReadLink(Link),
        };
}

/// <summary>A request as a row.</summary>
internal sealed class RequestRow
{
    public string Id { get; init; } = "";
    public string TenantId { get; init; } = "";
    public string RequesterId { get; init; } = "";
    public string RequesterName { get; init; } = "";
    public string ConversationId { get; init; } = "";
    public string? Reason { get; init; }
    public DateTimeOffset AskedAt { get; init; }
    public int People { get; init; }
    public int? Number { get; init; }
    public int Level { get; init; }
    public DateTimeOffset? LevelAt { get; init; }
    public DateTimeOffset? ToldAt { get; init; }
    public DateTimeOffset? OperatorsToldAt { get; init; }

    public InviteRequest ToRequest() =>
        new(new(Id), TenantId, new(RequesterId, RequesterName), ConversationId, Reason, AskedAt)
        {
            People = People,
            Number = Number,
            Level = Level,
            LevelAt = LevelAt,
            ToldAt = ToldAt,
            OperatorsToldAt = OperatorsToldAt,
        };
}
