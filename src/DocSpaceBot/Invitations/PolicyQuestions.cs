using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>What a request asks of the policy, row by row.</summary>
/// <param name="People">How many people the request is for.</param>
internal sealed record PolicyQuestions(Asker Asker, AddressGuard Guard, int People)
{
    public PolicyQuestion For(DraftRow row) =>
        new(Asker, row.Email, row.Role)
        {
            Room = row.Room?.Trim(),
            People = People,
            IsNewDomain = Guard.IsNewDomain(row.Email),
        };
}
