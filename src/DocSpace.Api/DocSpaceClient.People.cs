using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using DocSpace.Api.Http;
using DocSpace.Api.Wire;

namespace DocSpace.Api;

public sealed partial class DocSpaceClient
{
    // Proxies commonly end at 2,000 characters of address; the rest of the call and the portal's own address need some of it.
    private const int LongestFilter = 1_600;
    private const int LongestEmail = 255;
    private const char FilterSeparator = ',';
    private const int EveryStatus = 7;

    private const string LookUpFields =
        "id,email,firstName,lastName,displayName,status,activationStatus,isOwner,isAdmin,isRoomAdmin,isVisitor,isCollaborator,registrationDate";

    private volatile bool _hasNoExists;

    /// <summary>
    /// The person with this address in any state (<c>GET people/email</c>, <c>UserController.cs:1051</c>); null when there is none.
    /// A portal on PostgreSQL minds the case of the letters; <see cref="FindByEmailsAsync"/> does not.
    /// </summary>
    public async Task<DocSpacePerson?> FindByEmailAsync(string email, CancellationToken cancellationToken) =>
        await PersonAsync(Get($"people/email?email={Escaped(email)}"), cancellationToken);

    /// <summary>
    /// The cheapest look at one address (<c>GET people/exists</c>, <c>UserController.cs:1020</c>). Portals before 3.7 take "exists" for a user name and
    /// find nobody; from then on, until the program ends, <see cref="FindByEmailAsync"/> answers in its place.
    /// </summary>
    public async Task<Existence> ExistsAsync(string email, CancellationToken cancellationToken)
    {
        if (!_hasNoExists)
        {
            try
            {
                var answer = await SendAsync(
                    Get($"people/exists?email={Escaped(email)}"),
                    WireJson.Default.EnvelopeExistsWire,
                    cancellationToken
                );
                if (answer.Response is { } found)
                {
                    return new Existence(found.Exists, found.Exists ? found.Status : null);
                }
            }
            catch (DocSpaceException e) when (e.Problem.Kind is DocSpaceProblemKind.NotFound or DocSpaceProblemKind.CallMissing)
            {
                _hasNoExists = true;
            }
        }

        var person = await FindByEmailAsync(email, cancellationToken);
        return new Existence(person is not null, person?.Status);
    }

    /// <summary>
    /// The people with these addresses, by the address as it was given, whatever its case; who is not in the result is not known to the portal. About one
    /// call for 50 addresses (<c>GET people/filter</c>, <c>UserController.cs:1179</c>): <c>employeeStatus=7</c> is the only status that brings pending,
    /// active and disabled people at once. Disabled people are shown to DocSpace admins only, so with a room admin's key they look unknown here; the
    /// portal then refuses to invite them. The people come without user name, culture and <see cref="DocSpacePerson.CreatedById"/>.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, DocSpacePerson>> FindByEmailsAsync(
        IReadOnlyCollection<string> emails,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, DocSpacePerson>(StringComparer.OrdinalIgnoreCase);
        var wanted = emails
            .Select(it => it.Trim())
            .Where(it => it.Length is > 0 and <= LongestEmail)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

        // An address the filter would take apart; no portal invites such, but a directory may have brought one.
        foreach (var email in wanted.Where(IsTakenApart).ToList())
        {
            wanted.Remove(email);
            if (await FindOddAsync(email, cancellationToken) is { } person)
            {
                found[email] = person;
            }
        }

        foreach (var filter in Filters(wanted))
        {
            await FindInPagesAsync(filter, found, cancellationToken);
        }

        return found;
    }

    /// <summary>One page of people (<c>GET people/filter</c>); no portal lists people to a user's or guest's key.</summary>
    public async Task<PeoplePage> GetPeopleAsync(PeopleFilter filter, CancellationToken cancellationToken)
    {
        if (filter is not { StartIndex: >= 0, Count: >= 1 and <= PeopleFilter.LongestPage })
        {
            throw new ArgumentOutOfRangeException(nameof(filter), "A page has 1 to 100 people and begins at 0 or later.");
        }

        var query = new StringBuilder("people/filter?");
        if (filter.OfEveryStatus)
        {
            query.Append(CultureInfo.InvariantCulture, $"employeeStatus={EveryStatus}&");
        }
        else if (filter.Status is { } status and not PersonStatus.Unknown)
        {
            query.Append(CultureInfo.InvariantCulture, $"employeeStatus={(int)status}&");
        }

        if (filter.Activation is { } activation)
        {
            query.Append(CultureInfo.InvariantCulture, $"activationStatus={(int)activation}&");
        }

        if (filter.Role is { } role)
        {
            query.Append(CultureInfo.InvariantCulture, $"employeeType={DocSpaceRoles.WireName(role)}&");
        }

        if (filter.InvitedByMe)
        {
            query.Append("invitedByMe=true&");
        }

        query.Append(CultureInfo.InvariantCulture, $"count={filter.Count}&startIndex={filter.StartIndex}&sortBy=registrationdate");
        if (filter.NewestFirst)
        {
            query.Append("&sortOrder=descending");
        }

        if (filter.Fields is { } fields)
        {
            // Without its id a person cannot be told from another one.
            var names = fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Escaped);
            query.Append("&fields=").AppendJoin(',', names.Contains("id", StringComparer.Ordinal) ? names : names.Prepend("id"));
        }

        var answer = await SendAsync(Get(query.ToString()), WireJson.Default.EnvelopeListPersonWire, cancellationToken);
        return new PeoplePage(People(answer.Response), answer.Total ?? filter.StartIndex + (answer.Response?.Count ?? 0));
    }

    /// <summary>
    /// Everybody the filter finds, each once, page by page from <see cref="PeopleFilter.StartIndex"/>. People who come and go meanwhile move the pages; when
    /// the total has changed, a second pass brings whom the first one missed.
    /// </summary>
    public async IAsyncEnumerable<DocSpacePerson> GetAllPeopleAsync(
        PeopleFilter filter,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var seen = new HashSet<Guid>();
        for (var pass = 1; pass <= 2; pass++)
        {
            int? total = null;
            var hasMoved = false;
            PeoplePage page;
            var start = filter.StartIndex;

            do
            {
                page = await GetPeopleAsync(filter with { StartIndex = start }, cancellationToken);
                hasMoved |= total is { } before && before != page.Total;
                total = page.Total;
                start += filter.Count;

                foreach (var person in page.People.Where(person => seen.Add(person.Id)))
                {
                    yield return person;
                }
            } while (page.People.Count > 0 && start < page.Total);

            if (!hasMoved)
            {
                yield break;
            }
        }
    }

    /// <summary>
    /// The person as the database has it (<c>GET portal/users/{id}</c>, <c>PortalController.cs:131</c>), without a role; null when there is no such person
    /// or it was removed. Needs the permission <c>*:read</c>, and an admin's key for anybody else than its owner.
    /// </summary>
    public Task<DocSpacePerson?> GetPortalUserAsync(Guid id, CancellationToken cancellationToken) =>
        PersonAsync(Get($"portal/users/{id}"), cancellationToken);

    /// <summary>The person with role (<c>GET people/{id}</c>); null when there is none.</summary>
    public Task<DocSpacePerson?> GetPersonAsync(Guid id, CancellationToken cancellationToken) =>
        PersonAsync(Get($"people/{id}"), cancellationToken);

    /// <summary>The owner of the key, as whom everything here is done (<c>GET people/@self</c>); needs <c>accounts.self:read</c> or <c>*:read</c>.</summary>
    public async Task<DocSpacePerson> GetSelfAsync(CancellationToken cancellationToken)
    {
        var call = Get("people/@self");
        return (await SendAsync(call, WireJson.Default.EnvelopePersonWire, cancellationToken)).Response?.ToPerson()
            ?? throw Unreadable(call);
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text.Trim());

    private static IReadOnlyList<DocSpacePerson> People(List<PersonWire>? people) =>
        people?.Select(person => person?.ToPerson()).OfType<DocSpacePerson>().ToList() ?? [];

    private static bool IsTakenApart(string email) => email.Any(it => it == FilterSeparator || char.IsWhiteSpace(it) || char.IsControl(it));

    private static IEnumerable<Filter> Filters(IEnumerable<string> emails)
    {
        var filter = new Filter();
        foreach (var email in emails)
        {
            var escaped = Escaped(email.ToLowerInvariant());
            if (filter.Emails.Count > 0 && filter.Text.Length + escaped.Length >= LongestFilter)
            {
                yield return filter;
                filter = new Filter();
            }

            filter.Text.Append(filter.Emails.Count > 0 ? FilterSeparator : null).Append(escaped);
            filter.Emails.Add(email);
        }

        if (filter.Emails.Count > 0)
        {
            yield return filter;
        }
    }

    // The filter looks for the texts anywhere in names and addresses, so it brings strangers, too, and perhaps more than a page of them.
    private async Task FindInPagesAsync(Filter filter, Dictionary<string, DocSpacePerson> found, CancellationToken cancellationToken)
    {
        var start = 0;
        bool isLast;
        do
        {
            var call = Get(
                $"people/filter?employeeStatus={EveryStatus}&filterValue={filter.Text}&filterSeparator={FilterSeparator}"
                    + $"&count={PeopleFilter.LongestPage}&startIndex={start}&sortBy=email&fields={LookUpFields}"
            );
            var answer = await SendAsync(call, WireJson.Default.EnvelopeListPersonWire, cancellationToken);
            var page = People(answer.Response);

            foreach (var person in page)
            {
                if (person.Email is { } email && filter.Emails.Remove(email))
                {
                    found[email] = person;
                }
            }

            start += PeopleFilter.LongestPage;
            isLast = page.Count == 0 || (answer.Total is { } total ? start >= total : page.Count < PeopleFilter.LongestPage);
        } while (!isLast && filter.Emails.Count > 0);
    }

    private async Task<DocSpacePerson?> FindOddAsync(string email, CancellationToken cancellationToken)
    {
        try
        {
            return await FindByEmailAsync(email, cancellationToken);
        }
        catch (DocSpaceException e) when (e.Problem.Kind == DocSpaceProblemKind.Invalid)
        {
            return null; // Not an address to the portal, so nobody's.
        }
    }

    private async Task<DocSpacePerson?> PersonAsync(Call call, CancellationToken cancellationToken)
    {
        try
        {
            var person = (await SendAsync(call, WireJson.Default.EnvelopePersonWire, cancellationToken)).Response;
            return person is null ? null : person.ToPerson() ?? throw Unreadable(call);
        }
        catch (DocSpaceException e) when (e.Problem.Kind == DocSpaceProblemKind.NotFound)
        {
            return null;
        }
    }

    private sealed class Filter
    {
        public StringBuilder Text { get; } = new();

        public HashSet<string> Emails { get; } = new(StringComparer.OrdinalIgnoreCase);
    }
}
