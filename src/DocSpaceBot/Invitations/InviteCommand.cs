using DocSpace.Api;
using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Invitations;

/// <summary><c>/invite ADDRESS…</c>: asks for one or many people to be brought in.</summary>
internal sealed class InviteCommand(
    IOptions<DocSpaceOptions> docSpace,
    IOptions<PolicyOptions> policy,
    IOptions<ApprovalOptions> approvals,
    PeopleStore people,
    ConnectorClient connector
) : IChatCommand
{
    public const string Name = "invite";

    public const int MostAddresses = 1000;

    private const string Usage = "Type for example: /invite alice@example.com";

    /// <summary>Somebody who asks for the same address again so soon means the same invitation: a message that was delivered twice, a second try.</summary>
    private static readonly TimeSpan SameRequest = TimeSpan.FromMinutes(1);

    /// <summary>A rule about requesters needs to know who asks, and only Teams can tell.</summary>
    public async Task PrepareAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        if (!policy.Value.AsksForRequester || turn.From.Id.Length == 0)
        {
            return;
        }

        if (await people.FindAsync(turn.TenantId, turn.From.Id, cancellationToken) is { Email.Length: > 0 })
        {
            return;
        }

        try
        {
            if (await connector.GetMemberAsync(turn.Activity.Reference, turn.Activity.From!.Id!, cancellationToken) is { } member)
            {
                await people.KeepAsync(turn.TenantId, [member], cancellationToken);
            }
        }
        catch (ConnectorException)
        {
            // The address stays unknown, which counts against the request.
        }
    }

    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        switch (Read(line))
        {
            case (_, { } wrong):
                await turn.ReplyAsync(wrong);
                break;

            case (not null, null) when turn.From.Id.Length == 0:
                await turn.ReplyAsync("Teams did not say who you are, so I cannot take this request. Nobody was invited. Ask an operator.");
                break;

            case ({ } asked, null):
                await turn.ReplyOrNothingAsync(await SubmitAsync(turn, asked, cancellationToken));
                break;

            default:
                await turn.ReplyAsync(Usage);
                break;
        }
    }

    /// <summary>What was asked for, or the sentence that says what is wrong with it.</summary>
    private (Asked? Asked, string? Wrong) Read(CommandLine line)
    {
        var role = docSpace.Value.DefaultRole;
        string? reason = null;

        foreach (var option in line.Options)
        {
            switch (option.Name.ToUpperInvariant())
            {
                case "ROLE" when DocSpaceRoleNames.Read(option.Value ?? "") is { } known:
                    role = known;
                    break;
                case "ROLE":
                    return (null, WrongRole(option.Value));
                case "REASON":
                    reason = option.Value;
                    break;
                default:
                    return (
                        null,
                        $"Nobody was invited: I do not know the option --{option.Name}.{Proposal(ClosestWord.To(option.Name, ["role", "reason"]), "--")}"
                    );
            }
        }

        if (role == DocSpaceRole.Guest)
        {
            return (null, "Nobody was invited. " + Refusal.GuestNeedsRoom.Text);
        }

        var emails = new List<string>();

        foreach (var email in Addresses(line.Arguments))
        {
            if (EmailAddress.WhyNot(email) is { } why)
            {
                return (null, $"Nobody was invited: “{Short(email)}” {why.Text}");
            }

            if (!emails.Contains(email, StringComparer.Ordinal))
            {
                emails.Add(email);
            }
        }

        return emails.Count switch
        {
            0 => (null, $"Whom shall I invite? {Usage}"),
            > MostAddresses => (
                null,
                $"Nobody was invited: {emails.Count} addresses are more than the {MostAddresses} that one request can hold."
            ),
            _ => (new(emails, role, reason), null),
        };
    }

    /// <summary>Keeps the request with its invitations, or says why not. Null when the card says everything.</summary>
    private async Task<string?> SubmitAsync(ChatTurn turn, Asked asked, CancellationToken cancellationToken)
    {
        var asker = new Asker(
            turn.From.Id,
            policy.Value.AsksForRequester ? (await people.FindAsync(turn.TenantId, turn.From.Id, cancellationToken))?.Email : null
        );

        foreach (var email in asked.Emails)
        {
            switch (policy.Value.Policy.Decide(asker, email, asked.Role))
            {
                case { Answer: PolicyAnswer.Deny, Rule: { } rule }:
                    return $"{email}: {Refusal.PolicyDenies(rule).Text}";
                case { Answer: PolicyAnswer.Deny }:
                    return $"{email}: {Refusal.NotAllowed.Text}";
                case { Answer: PolicyAnswer.Ask }:
                    return $"{email}: {Refusal.NobodyToAsk.Text}";
            }
        }

        var fresh = new List<string>();
        var notes = new List<string>();

        foreach (var email in asked.Emails)
        {
            if (await InvitationStore.FindUnderWayAsync(turn.Unit, email, turn.From.Id, turn.Now - SameRequest) is { } before)
            {
                notes.Add(AlreadyAsked(turn, before.Invitation, before.Request));
            }
            else
            {
                fresh.Add(email);
            }
        }

        if (fresh.Count > 0)
        {
            var sendFrom = turn.Now + approvals.Value.UndoWindow;
            var request = new InviteRequest(
                RequestId.New(),
                turn.TenantId,
                turn.From,
                turn.ConversationId,
                asked.Reason,
                turn.Now,
                sendFrom
            );
            await InvitationStore.AddAsync(
                turn.Unit,
                request,
                fresh.Select((email, row) => Begin(request, row, email, asked.Role)),
                turn.Now
            );
        }

        return notes.Count switch
        {
            0 => null,
            <= 5 => string.Join("\n\n", notes),
            _ => $"{notes.Count} of these addresses have been asked for already; their cards show where they stand.",
        };
    }

    private static Transition.Moved Begin(InviteRequest request, int row, string email, DocSpaceRole role) =>
        (Transition.Moved)
            InvitationLifecycle.Apply(
                new Invitation(InvitationId.New(), request.Id, row, email, role, request.AskedAt),
                new InvitationEvent.Allow()
            );

    private static string AlreadyAsked(ChatTurn turn, Invitation invitation, InviteRequest request) =>
        request.Requester.Id == turn.From.Id
            ? $"You have asked for {invitation.Email} already ({Words.For(invitation.Status)}). The card shows where it stands; no second mail is sent."
            : $"{invitation.Email} has been asked for by {request.Requester.Name} already ({Words.For(invitation.Status)}). No second mail is sent.";

    /// <summary>The addresses as people paste them: bare, or as Alice Smith &lt;alice@example.com&gt;, whose names are passed over.</summary>
    private static IEnumerable<string> Addresses(IReadOnlyList<string> arguments)
    {
        var names = new List<string>();

        foreach (var argument in arguments)
        {
            // Also without a blank between the name and the bracket.
            if (
                argument.IndexOf('<', StringComparison.Ordinal) is >= 0 and var bracket
                && argument[bracket..].Contains('@', StringComparison.Ordinal)
            )
            {
                names.Clear();
                yield return EmailAddress.Normalise(argument[bracket..]);
            }
            else if (argument.Contains('@', StringComparison.Ordinal))
            {
                foreach (var name in names)
                {
                    yield return name;
                }

                names.Clear();
                yield return EmailAddress.Normalise(argument);
            }
            else
            {
                names.Add(argument);
            }
        }

        foreach (var name in names)
        {
            yield return name;
        }
    }

    private static string WrongRole(string? value) =>
        $"Nobody was invited: there is no role “{Short(value ?? "")}”.{Proposal(ClosestWord.To(value ?? "", DocSpaceRoleNames.Typed), "--role ")} Roles are user, roomadmin and docspaceadmin.";

    private static string Proposal(string? closest, string before) => closest is null ? "" : $" Did you mean {before}{closest}?";

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private sealed record Asked(IReadOnlyList<string> Emails, DocSpaceRole Role, string? Reason);
}
