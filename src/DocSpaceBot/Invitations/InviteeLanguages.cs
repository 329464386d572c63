using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Invitations;

/// <summary>
/// In which language DocSpace mails people for whom nobody named one: in that of their Teams, where the bot has met them and DocSpace has the language.
/// Else it is the portal's own. A language that DocSpace does not have would leave behind somebody without a mail (UserController.cs:428).
/// </summary>
internal sealed class InviteeLanguages(PeopleStore people, DocSpaceClient docSpace, TimeProvider clock)
{
    private static readonly TimeSpan IsGoodFor = TimeSpan.FromHours(1);

    private volatile Known? last;

    /// <summary>The same invitations, with a language where there is one to be found. Whoever has been sent to keeps what was chosen then.</summary>
    public async Task<IReadOnlyList<Invitation>> FillInAsync(
        string tenantId,
        IReadOnlyList<Invitation> all,
        CancellationToken cancellationToken
    )
    {
        var filled = new List<Invitation>(all.Count);

        foreach (var it in all)
        {
            filled.Add(
                it is { Language: null, SendBegunAt: null }
                && (await people.FindByEmailAsync(tenantId, it.Email, cancellationToken))?.Locale is { Length: > 0 } locale
                    ? it with
                    {
                        Language = await CultureAsync(locale, cancellationToken),
                    }
                    : it
            );
        }

        return filled;
    }

    /// <summary>The same, or the first of the same language; null when DocSpace has none, or cannot say.</summary>
    private async Task<string?> CultureAsync(string locale, CancellationToken cancellationToken)
    {
        var cultures = await ListAsync(cancellationToken);
        var language = locale.Split('-')[0];
        return cultures.FirstOrDefault(it => it.Equals(locale, StringComparison.OrdinalIgnoreCase))
            ?? cultures.FirstOrDefault(it => it.Split('-')[0].Equals(language, StringComparison.OrdinalIgnoreCase));
    }

    private async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        if (last is { } known && now - known.At < IsGoodFor)
        {
            return known.Cultures;
        }

        try
        {
            last = new(await docSpace.GetCulturesAsync(cancellationToken), now);
            return last.Cultures;
        }
        catch (DocSpaceException)
        {
            return [];
        }
    }

    private sealed record Known(IReadOnlyList<string> Cultures, DateTimeOffset At);
}
