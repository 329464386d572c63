using DocSpace.Api;

namespace DocSpaceBot.Lifecycle;

internal enum DraftState
{
    /// <summary>The portal is being asked about everybody.</summary>
    Looking,

    /// <summary>The requester can see what would happen, and decide.</summary>
    Ready,
    Confirmed,
    Cancelled,

    /// <summary>The portal could not be asked; <see cref="Draft.Problem"/> says why.</summary>
    Failed,
}

/// <summary>What would happen to one row.</summary>
internal enum RowVerdict
{
    /// <summary>Not looked up yet.</summary>
    Unknown,

    /// <summary>Nobody has the address: it would be invited.</summary>
    New,

    /// <summary>Invited before and not registered: no new mail would go out.</summary>
    Pending,

    /// <summary>Created by an administrator and not activated yet: there is no invitation mail that could go out again.</summary>
    Created,

    /// <summary>Active already: nothing would be changed.</summary>
    Active,

    /// <summary>There already with another role. Nothing is changed unless the requester agrees.</summary>
    OtherRole,
    Disabled,

    /// <summary>Another request is bringing the address in.</summary>
    UnderWay,

    /// <summary>The policy does not let it pass.</summary>
    NotAllowed,

    /// <summary>There is no seat, or no invitation left, for it.</summary>
    HeldBack,

    /// <summary>The row cannot be read as an invitation.</summary>
    Wrong,
}

/// <summary>One row of a request that is not confirmed yet.</summary>
internal sealed record DraftRow(int Line, string Email, DocSpaceRole Role)
{
    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Language { get; init; }

    public string? Room { get; init; }

    public int? RoomId { get; init; }

    /// <summary>The role that the person has.</summary>
    public DocSpaceRole? PortalRole { get; init; }

    public RowVerdict Verdict { get; init; }

    /// <summary>What the requester agreed to for somebody who is in DocSpace already.</summary>
    public Wish? Wish { get; init; }

    /// <summary>Words for the requester: what is wrong with the row.</summary>
    public string? Note { get; init; }

    /// <summary>What the requester can do about that.</summary>
    public string? WhatToDo { get; init; }

    /// <summary>What looks odd about the address, though it can be invited.</summary>
    public string? Warning { get; init; }

    /// <summary>Somebody has to say yes first.</summary>
    public bool NeedsApproval { get; init; }

    public bool WouldBeSent => Verdict is RowVerdict.New;
}

/// <summary>
/// A request that its requester has not confirmed yet: everybody is looked up and shown, and nothing is sent. It becomes an
/// <see cref="InviteRequest"/> with the same id, and its card becomes the card of that.
/// </summary>
internal sealed record Draft(RequestId Id, string TenantId, Person Requester, string ConversationId, string? Reason, DateTimeOffset AskedAt)
{
    public DraftState State { get; init; }

    public int Version { get; init; }

    /// <summary>Only to look: it cannot be confirmed.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The people came in a file, and whoever sent it gets one back.</summary>
    public bool IsList { get; init; }

    public string? Problem { get; init; }

    public IReadOnlyList<DraftRow> Rows { get; init; } = [];
}
