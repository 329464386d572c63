using System.Globalization;
using DocSpace.Api;
using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;
using PortalFacts = DocSpaceBot.Storage.PortalFacts;

namespace DocSpaceBot.FollowUps;

/// <summary>
/// Welcomes somebody who has joined. The portal's documented call is tried once for each invitee; real portals refuse it, which is an
/// answer: it is remembered for a day, and the bot's own welcome goes out in Teams.
/// </summary>
internal sealed partial class WelcomeInvitee(
    InvitationStore invitations,
    PortalFacts facts,
    PeopleStore people,
    PersonalChats chats,
    DocSpaceClient docSpace,
    ConnectorClient connector,
    IOptions<FollowUpOptions> options,
    IOptions<DocSpaceOptions> portal,
    TimeProvider clock,
    ILogger<WelcomeInvitee> logger
) : IStep
{
    private static readonly TimeSpan RefusalIsGoodFor = TimeSpan.FromDays(1);

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        var id = new InvitationId(step.Subject);

        if (
            await invitations.FindAsync(id, cancellationToken)
                is not { Status: InvitationStatus.Joined, TeamsWelcome: TeamsWelcome.NotTried } invitation
            || await invitations.FindRequestAsync(invitation.Request, cancellationToken) is not { } request
        )
        {
            return StepOutcome.Done;
        }

        var byPortal = await WelcomeOnPortalAsync(invitation, cancellationToken);
        var byTeams = options.Value.Welcome switch
        {
            _ when byPortal is PortalWelcome.Accepted => TeamsWelcome.NotNeeded,
            WelcomeBy.PortalThenTeams or WelcomeBy.Teams => await WelcomeInTeamsAsync(request, invitation, cancellationToken),
            _ => TeamsWelcome.SwitchedOff,
        };

        await invitations.ApplyAsync(id, new InvitationEvent.WelcomeSettled(byTeams, clock.GetUtcNow()), cancellationToken);
        return StepOutcome.Done;
    }

    /// <summary>Teams is closed to us for good: the requester gets the text to forward.</summary>
    public Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken) =>
        invitations.ApplyAsync(
            new(step.Subject),
            new InvitationEvent.WelcomeSettled(TeamsWelcome.Unreachable, clock.GetUtcNow()),
            cancellationToken
        );

    private async Task<PortalWelcome> WelcomeOnPortalAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        if (options.Value.Welcome is not (WelcomeBy.PortalThenTeams or WelcomeBy.Portal))
        {
            return await KeepAsync(PortalWelcome.SwitchedOff);
        }

        switch (invitation.PortalWelcome)
        {
            case PortalWelcome.NotTried when await facts.FindAsync(PortalFacts.WelcomeRefused, cancellationToken) is not null:
                return await KeepAsync(PortalWelcome.KnownRefused);

            case PortalWelcome.NotTried when invitation.PortalUser is { } user:
                await KeepAsync(PortalWelcome.Trying);
                return await KeepAsync(await AskPortalAsync(user, cancellationToken));

            // We were stopped in the middle of the call. It may have been carried out, and it is made once only.
            case PortalWelcome.Trying
            or PortalWelcome.NotTried:
                return await KeepAsync(PortalWelcome.Unknown);

            default:
                return invitation.PortalWelcome;
        }

        async Task<PortalWelcome> KeepAsync(PortalWelcome outcome)
        {
            await invitations.ApplyAsync(invitation.Id, new InvitationEvent.PortalWelcomeMoved(outcome), cancellationToken);
            return outcome;
        }
    }

    private async Task<PortalWelcome> AskPortalAsync(Guid user, CancellationToken cancellationToken)
    {
        try
        {
            if (await docSpace.SendCongratulationsAsync(user, portal.Value.WelcomeKey, cancellationToken))
            {
                return PortalWelcome.Accepted;
            }

            await facts.KeepAsync(PortalFacts.WelcomeRefused, "403", RefusalIsGoodFor, cancellationToken);
            return PortalWelcome.Refused;
        }
        catch (DocSpaceException e)
        {
            Log.PortalFault(logger, e.Message);
            return PortalWelcome.Unknown;
        }
    }

    private async Task<TeamsWelcome> WelcomeInTeamsAsync(InviteRequest request, Invitation invitation, CancellationToken cancellationToken)
    {
        if (await people.FindByEmailAsync(request.TenantId, invitation.Email, cancellationToken) is not { } person)
        {
            return TeamsWelcome.Unreachable;
        }

        try
        {
            if (await chats.OpenAsync(request.TenantId, person.Id, cancellationToken) is not { } chat)
            {
                return TeamsWelcome.Unreachable;
            }

            CultureInfo.CurrentUICulture = Language.For(person.Locale);
            var card = WelcomeCard.For(options.Value, invitation.FirstName ?? person.Name, portal.Value.BaseUrl);
            await connector.SendAsync(chat, OutgoingActivity.FromCard(card, WelcomeCard.Summary), cancellationToken);
            return TeamsWelcome.Sent;
        }
        catch (ConnectorException e) when (e.Fault is ConnectorFault.Unreachable or ConnectorFault.NotFound or ConnectorFault.Invalid)
        {
            Log.NotReachable(logger, invitation.Id, e.Fault);
            return TeamsWelcome.Unreachable;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Whether the portal sends its welcome is not known: {Problem}")]
        public static partial void PortalFault(ILogger logger, string problem);

        [LoggerMessage(LogLevel.Information, "The invitee of {InvitationId} cannot be reached in Teams: {Fault}")]
        public static partial void NotReachable(ILogger logger, InvitationId invitationId, ConnectorFault fault);
    }
}
