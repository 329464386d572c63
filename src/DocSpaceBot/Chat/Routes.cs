using DocSpaceBot.Approvals;
using DocSpaceBot.Audit;
using DocSpaceBot.Conversations;
using DocSpaceBot.Doctor;
using DocSpaceBot.Files;
using DocSpaceBot.FollowUps;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Links;
using DocSpaceBot.Overview;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Chat;

/// <summary>Everything the bot reacts to and does later, on one page.</summary>
internal static class Routes
{
    /// <summary>The commands with their other names.</summary>
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        [InviteCommand.Name] = InviteCommand.Name,
        [LinkCommand.Name] = LinkCommand.Name,
        [LinksCommand.Name] = LinksCommand.Name,
        [CancelCommand.Name] = CancelCommand.Name,
        [ResendCommand.Name] = ResendCommand.Name,
        [WhyCommand.Name] = WhyCommand.Name,
        [StatusCommand.Name] = StatusCommand.Name,
        [PendingCommand.Name] = PendingCommand.Name,
        [MineCommand.Name] = MineCommand.Name,
        [ApprovalsCommand.Name] = ApprovalsCommand.Name,
        [ApproveCommand.Name] = ApproveCommand.Name,
        [DenyCommand.Name] = DenyCommand.Name,
        [QuietCommand.Name] = QuietCommand.Name,
        [AuditCommand.Name] = AuditCommand.Name,
        [DoctorCommand.Name] = DoctorCommand.Name,
        [HelpCommand.Name] = HelpCommand.Name,
        [""] = HelpCommand.Name,
        ["hello"] = HelpCommand.Name,
        ["hi"] = HelpCommand.Name,
        ["hey"] = HelpCommand.Name,
        ["thanks"] = HelpCommand.Name,
        ["thank"] = HelpCommand.Name,
        ["hallo"] = HelpCommand.Name,
        ["moin"] = HelpCommand.Name,
        ["servus"] = HelpCommand.Name,
        ["danke"] = HelpCommand.Name,
        ["hilfe"] = HelpCommand.Name,
    };

    public static readonly IReadOnlyList<string> Commands =
    [
        InviteCommand.Name,
        LinkCommand.Name,
        LinksCommand.Name,
        CancelCommand.Name,
        ResendCommand.Name,
        WhyCommand.Name,
        StatusCommand.Name,
        PendingCommand.Name,
        MineCommand.Name,
        ApprovalsCommand.Name,
        ApproveCommand.Name,
        DenyCommand.Name,
        QuietCommand.Name,
        HelpCommand.Name,
    ];

    public static IServiceCollection AddRoutes(this IServiceCollection services) =>
        services
            .AddKeyedSingleton<IChatCommand, InviteCommand>(InviteCommand.Name)
            .AddKeyedSingleton<IChatCommand, ListCommand>(ListCommand.Name)
            .AddKeyedSingleton<IChatCommand, LinkCommand>(LinkCommand.Name)
            .AddKeyedSingleton<IChatCommand, LinksCommand>(LinksCommand.Name)
            .AddKeyedSingleton<IChatCommand, LinkInMessage>(LinkInMessage.Name)
            .AddKeyedSingleton<IChatCommand, CancelCommand>(CancelCommand.Name)
            .AddKeyedSingleton<IChatCommand, ResendCommand>(ResendCommand.Name)
            .AddKeyedSingleton<IChatCommand, WhyCommand>(WhyCommand.Name)
            .AddKeyedSingleton<IChatCommand, StatusCommand>(StatusCommand.Name)
            .AddKeyedSingleton<IChatCommand, PendingCommand>(PendingCommand.Name)
            .AddKeyedSingleton<IChatCommand, MineCommand>(MineCommand.Name)
            .AddKeyedSingleton<IChatCommand, ApprovalsCommand>(ApprovalsCommand.Name)
            .AddKeyedSingleton<IChatCommand, ApproveCommand>(ApproveCommand.Name)
            .AddKeyedSingleton<IChatCommand, DenyCommand>(DenyCommand.Name)
            .AddKeyedSingleton<IChatCommand, QuietCommand>(QuietCommand.Name)
            .AddKeyedSingleton<IChatCommand, AuditCommand>(AuditCommand.Name)
            .AddKeyedSingleton<IChatCommand, DoctorCommand>(DoctorCommand.Name)
            .AddKeyedSingleton<IChatCommand, HelpCommand>(HelpCommand.Name)
            .AddKeyedSingleton<IChatCommand, UnknownCommand>(UnknownCommand.Name)
            .AddKeyedSingleton<ICardAction, RefreshCard>(RefreshCard.Verb)
            .AddKeyedSingleton<ICardAction, UndoInvitation>(UndoInvitation.Verb)
            .AddKeyedSingleton<ICardAction, TryAgain>(TryAgain.Verb)
            .AddKeyedSingleton<ICardAction, SubmitForm>(SubmitForm.Verb)
            .AddKeyedSingleton<ICardAction, ConfirmDraft>(ConfirmDraft.Verb)
            .AddKeyedSingleton<ICardAction, CancelRequest>(CancelRequest.Verb)
            .AddKeyedSingleton<ICardAction, ApproveInvitation>(ApproveInvitation.Verb)
            .AddKeyedSingleton<ICardAction, DenyInvitation>(DenyInvitation.Verb)
            .AddKeyedSingleton<ICardAction, ShareLink>(ShareLink.Verb)
            .AddKeyedSingleton<ICardAction, TakeLink>(TakeLink.Verb)
            .AddKeyedSingleton<ICardAction, StopLink>(StopLink.Verb)
            .AddKeyedSingleton<ICardAction, RenewLink>(RenewLink.Verb)
            .AddKeyedSingleton<ICardAction, AskLinkInstead>(AskLinkInstead.Verb)
            .AddKeyedSingleton<ICardAction, CorrectRole>(CorrectRole.Verb)
            .AddKeyedSingleton<ICardAction, TurnPage>(TurnPage.Verb)
            .AddKeyedSingleton<ICardAction, ShowAgain>(ShowAgain.Verb)
            .AddKeyedSingleton<ICardAction, TakeFile>(TakeFile.Verb)
            .AddKeyedSingleton<IStep, Reply>(StepKind.Reply)
            .AddKeyedSingleton<IStep, SendHelp>(StepKind.SendHelp)
            .AddKeyedSingleton<IStep, Greet>(StepKind.Greet)
            .AddKeyedSingleton<IStep, LookUpPeople>(StepKind.LookUpPeople)
            .AddKeyedSingleton<IStep, ShowCard>(StepKind.ShowCard)
            .AddKeyedSingleton<IStep, MoveCard>(StepKind.MoveCard)
            .AddKeyedSingleton<IStep, AskApprovers>(StepKind.AskApprovers)
            .AddKeyedSingleton<IStep, ShowApprovals>(StepKind.ShowApprovals)
            .AddKeyedSingleton<IStep, RemindApprover>(StepKind.RemindApprover)
            .AddKeyedSingleton<IStep, TellRequester>(StepKind.TellRequester)
            .AddKeyedSingleton<IStep, ReadList>(StepKind.ReadList)
            .AddKeyedSingleton<IStep, LookBeforeSending>(StepKind.LookBeforeSending)
            .AddKeyedSingleton<IStep, SendInvitations>(StepKind.SendInvitations)
            .AddKeyedSingleton<IStep, TendLinks>(StepKind.TendLinks)
            .AddKeyedSingleton<IStep, ShowLink>(StepKind.ShowLink)
            .AddKeyedSingleton<IStep, HandLink>(StepKind.HandLink)
            .AddKeyedSingleton<IStep, RaiseAlarm>(StepKind.RaiseAlarm)
            .AddKeyedSingleton<IStep, OfferFile>(StepKind.OfferFile)
            .AddKeyedSingleton<IStep, UploadFile>(StepKind.UploadFile)
            .AddKeyedSingleton<IStep, VerifyLedger>(StepKind.VerifyLedger)
            .AddKeyedSingleton<IStep, CheckSetup>(StepKind.CheckSetup)
            .AddKeyedSingleton<IStep, SendMailsAgain>(StepKind.SendMailsAgain)
            .AddKeyedSingleton<IStep, GrantWishes>(StepKind.GrantWishes)
            .AddKeyedSingleton<IStep, Sweep>(StepKind.Sweep)
            .AddKeyedSingleton<IStep, LookAtPerson>(StepKind.LookAtPerson)
            .AddKeyedSingleton<IStep, WelcomeInvitee>(StepKind.Welcome)
            .AddKeyedSingleton<IStep, FollowUp>(StepKind.FollowUp)
            .AddKeyedSingleton<IStep, FollowUpList>(StepKind.FollowUpList)
            .AddKeyedSingleton<IStep, AskFollowUp>(StepKind.AskFollowUp)
            .AddKeyedSingleton<IStep, TellDrift>(StepKind.TellDrift)
            .AddKeyedSingleton<IStep, Housekeeping>(StepKind.Housekeeping);

    /// <summary>A file says what is wanted, whatever words came with it; an invitation link where no command is.</summary>
    public static IChatCommand Find(IServiceProvider services, Activity activity, CommandLine line) =>
        services.GetRequiredKeyedService<IChatCommand>(
            ListCommand.IsAbout(activity) ? ListCommand.Name
            : Words.TryGetValue(line.Word, out var command) ? command
            : services.GetRequiredService<PastedLink>().IsIn(activity) ? LinkInMessage.Name
            : UnknownCommand.Name
        );
}
