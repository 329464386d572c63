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

    /// <summary>Options that can be read but not yet be followed; to pass over one would do something else than was asked for.</summary>
    private static readonly string[] NotAvailable = ["name", "lang", "room", "dry-run"];

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
        var (arguments, wrong) = InviteArguments.Read(line);

        if (arguments is null)
        {
            return (null, wrong);
        }

        if (arguments.Given.FirstOrDefault(NotAvailable.Contains) is { } option)
        {
            return (null, $"Nobody was invited: --{option} is not available yet. Leave it out.");
        }

        var role = arguments.Role ?? docSpace.Value.DefaultRole;

        if (role == DocSpaceRole.Guest)
        {
            return (null, "Nobody was invited. " + Refusal.GuestNeedsRoom.Text);
        }

        return arguments.Emails.Count switch
        {
            0 => (null, $"Whom shall I invite? {Usage}"),
            > MostAddresses and var count => (
                null,
                $"Nobody was invited: {count} addresses are more than the {MostAddresses} that one request can hold."
            ),
            _ => (new([.. arguments.Emails.Select(it => it.Email)], role, arguments.Reason), null),
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

    private sealed record Asked(IReadOnlyList<string> Emails, DocSpaceRole Role, string? Reason);
}
