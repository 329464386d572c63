using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DocSpace.Api;

/// <summary>What kind of "no" the portal gave. Decided by HTTP status and the shape of the answer; its texts are localised and never looked at.</summary>
public enum DocSpaceProblemKind
{
    /// <summary>Nothing fits, or the answer could not be read.</summary>
    Unknown = 0,

    /// <summary>401: the key is unknown, expired or switched off, or the person who made it is no longer active.</summary>
    NotAuthorised,

    /// <summary>403 from the action itself: the owner of the key may not do this, or an IP restriction (<see cref="DocSpaceProblem.IsIpRestriction"/>).</summary>
    Forbidden,

    /// <summary>403 before the action: the key lacks a permission. Its owner can add it.</summary>
    ScopeMissing,

    /// <summary>404 from the action: no such person or link.</summary>
    NotFound,

    /// <summary>404 without a body, or 405: this version of the portal does not have the call.</summary>
    CallMissing,

    /// <summary>402 from the action: no paid seat is free.</summary>
    SeatsFull,

    /// <summary>Too many calls (429), or more invitations than the portal has left (a validation error on <c>Invitations</c> as a whole).</summary>
    LimitReached,

    /// <summary>400: the portal does not take these values. <see cref="DocSpaceProblem.Fields"/> may say which.</summary>
    Invalid,

    /// <summary>409; documented, but not known to be sent by any server up to 3.7.2.</summary>
    Conflict,

    /// <summary>402 before the action: the portal's tariff has run out.</summary>
    PortalUnpaid,

    /// <summary>Not reached, too slow, suspended, being restored, or something in front of the portal answered in its place.</summary>
    PortalUnavailable,
}

/// <summary>A failed call, in facts that are safe to log and to show: nothing of the portal's own texts, no stack trace, no address, no key.</summary>
public sealed record DocSpaceProblem(DocSpaceProblemKind Kind)
{
    /// <summary>Null when there was no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>How long to wait before asking again; always set for a 429, with a guess by the portal's known limits if it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// The call changes something and may have done so, wholly or (an invitation of several) in part. Look before repeating. False means that nothing
    /// was changed.
    /// </summary>
    public bool MayHaveHappened { get; init; }

    /// <summary>The portal refuses this machine's IP address; its administrator has to allow it.</summary>
    public bool IsIpRestriction { get; init; }

    /// <summary>The names of the rejected fields, for instance <c>Invitations[0].Email</c>; never their values.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>The portal's trace id, for its administrator to find the call in the server's log.</summary>
    public string? Reference { get; init; }

    public bool Equals(DocSpaceProblem? other) =>
        other is not null
        && Kind == other.Kind
        && HttpStatus == other.HttpStatus
        && RetryAfter == other.RetryAfter
        && MayHaveHappened == other.MayHaveHappened
        && IsIpRestriction == other.IsIpRestriction
        && Reference == other.Reference
        && Fields.SequenceEqual(other.Fields, StringComparer.Ordinal);

    public override int GetHashCode() =>
        HashCode.Combine(Kind, HttpStatus, RetryAfter, MayHaveHappened, IsIpRestriction, Reference, Fields.Count);
}

/// <summary>Every failed call of <see cref="DocSpaceClient"/> ends in this exception, except a cancellation the caller asked for.</summary>
[SuppressMessage(
    "Design",
    "CA1032:Implement standard exception constructors",
    Justification = "Without a problem it would say nothing, and an inner exception would carry the portal's address into logs."
)]
public sealed class DocSpaceException(DocSpaceProblem problem) : Exception(Words(problem))
{
    public DocSpaceProblem Problem { get; } = problem;

    private static string Words(DocSpaceProblem problem)
    {
        var words = problem.Kind switch
        {
            DocSpaceProblemKind.NotAuthorised => "DocSpace does not accept the API key.",
            DocSpaceProblemKind.Forbidden when problem.IsIpRestriction => "DocSpace does not let this machine's IP address in.",
            DocSpaceProblemKind.Forbidden => "The owner of the API key may not do this in DocSpace.",
            DocSpaceProblemKind.ScopeMissing => "The API key lacks a permission.",
            DocSpaceProblemKind.NotFound => "DocSpace did not find it.",
            DocSpaceProblemKind.CallMissing => "This version of DocSpace does not have the call.",
            DocSpaceProblemKind.SeatsFull => "DocSpace has no paid seat left.",
            DocSpaceProblemKind.LimitReached => "A limit of DocSpace is reached.",
            DocSpaceProblemKind.Invalid => "DocSpace does not take these values.",
            DocSpaceProblemKind.Conflict => "DocSpace has a conflicting state.",
            DocSpaceProblemKind.PortalUnpaid => "The tariff of the DocSpace portal has run out.",
            DocSpaceProblemKind.PortalUnavailable when problem.HttpStatus is >= 300 and < 400 =>
                "DocSpace answered with a redirect, which is not followed; look at the portal's URL in the settings.",
            DocSpaceProblemKind.PortalUnavailable => "DocSpace is not available.",
            _ => "DocSpace gave an answer that cannot be understood.",
        };

        var status = problem.HttpStatus?.ToString(CultureInfo.InvariantCulture) ?? "no answer";
        return $"{words} ({problem.Kind}, {status})";
    }
}
