using DocSpace.Api;
using DocSpaceBot.Approvals;
using DocSpaceBot.Audit;
using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;
using DocSpaceBot.Doctor;
using DocSpaceBot.Files;
using DocSpaceBot.FollowUps;
using DocSpaceBot.Invitations;
using DocSpaceBot.Links;
using DocSpaceBot.Overview;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Teams.Protocol.Hosting;

namespace DocSpaceBot.Hosting;

/// <summary>Puts the bot together; one line per room.</summary>
internal static class BotApp
{
    public const string DefaultUrl = "http://localhost:3978";

    /// <param name="configure">Last word on settings and services: the try-out and the tests bring their own clock here.</param>
    /// <exception cref="InvalidOperationException">A setting is unknown or cannot be read; the message names it.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // The settings file lies beside the program, wherever it was started from.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
        );
        builder.WebHost.UseKestrelHttpsConfiguration();

        builder.AddLogs();
        configure?.Invoke(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        Settings.Check(builder.Configuration);

        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.Services.AddStorage();
        builder.Services.AddWork();
        builder.Services.AddInvitations();
        builder.Services.AddApprovals();
        builder.Services.AddLinks();
        builder.Services.AddFollowUps();
        builder.Services.AddAudit();
        builder.Services.AddDoctor();
        builder.Services.AddChat();
        builder.Services.AddHealth();
        builder.Services.AddDocSpaceApi(builder.Configuration);
        builder.Services.AddTeamsProtocol(builder.Configuration);

        var app = builder.Build();

        // Watches from the first moment: a policy that breaks before anybody has asked must not be the first one that is read.
        app.Services.GetRequiredService<CurrentPolicy>();
        app.MapBot();
        app.MapPortalWebhook();
        app.MapHealth();
        return app;
    }

    /// <summary>Runs until it is stopped. 1 when it cannot start; the reason is one line on the error output.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);
            await app.RunAsync();
            return 0;
        }
        catch (OptionsValidationException e)
        {
            await Console.Error.WriteLineAsync($"The bot cannot start. {e.Failures.First()}");
            return 1;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync($"The bot cannot start. {OneLine(e)}");
            return 1;
        }
    }

    private static string OneLine(Exception e) =>
        string.Join(' ', e.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static void AddStorage(this IServiceCollection services)
    {
        services.AddCheckedOptions<StorageOptions>(StorageOptions.Section);
        services.AddSingleton<WorkSignal>();
        services.AddSingleton<Database>();
        services.AddSingleton<InvitationStore>();
        services.AddSingleton<DraftStore>();
        services.AddSingleton<ConversationStore>();
        services.AddSingleton<PeopleStore>();
        services.AddSingleton<SentCardStore>();
        services.AddSingleton<ApproverStore>();
        services.AddSingleton<LinkStore>();
        services.AddSingleton<Storage.PortalFacts>();
        services.AddSingleton<StepQueue>();
        services.AddSingleton<Ledger>();
        services.AddHostedService<PrepareStorage>();
    }

    private static void AddWork(this IServiceCollection services)
    {
        services.AddSingleton<StepWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<StepWorker>());
    }

    private static void AddInvitations(this IServiceCollection services)
    {
        services.AddSingleton<AskForInvitations>();
        services.AddSingleton<RequestCards>();
        services.AddSingleton<RequesterButton>();
        services.AddSingleton<PortalOffers>();
        services.AddSingleton<PortalLook>();
        services.AddSingleton<PortalRooms>();
        services.AddSingleton<PortalSeats>();
        services.AddSingleton<InvitationCalls>();
        services.AddSingleton<InviteeLanguages>();
        services.AddSingleton<WishLook>();
        services.AddSingleton<CarefulCalls>();
        services.AddSingleton<RevokeWish>();
        services.AddSingleton<RoleWish>();
        services.AddSingleton<ResendWish>();
        services.AddSingleton<PasswordWish>();
        services.AddSingleton<FewCalls>();
        services.AddSingleton<KnownDomains>();
        services.AddSingleton<RequesterAddress>();
        services.AddSingleton<RequestResults>();
        services.AddKeyedSingleton<IGivenFile, RequestResults>(GivenFiles.OfRequest);
        services.AddCheckedOptions<ApprovalOptions>(ApprovalOptions.Section);
        services.AddCheckedOptions<PolicyOptions>(PolicyOptions.Section);
        services.AddSingleton<CurrentPolicy>();
    }

    private static void AddApprovals(this IServiceCollection services)
    {
        services.AddSingleton<RequestPolicy>();
        services.AddSingleton<ApproverDirectory>();
        services.AddSingleton<DecideRequest>();
        services.AddSingleton<DecideByClick>();
        services.AddSingleton<DecideByWords>();
        services.AddSingleton<ApprovalCards>();
        services.AddSingleton<TellOperators>();
        services.AddHostedService<ReviewWaiting>();
    }

    private static void AddLinks(this IServiceCollection services)
    {
        services.AddSingleton<AskForLink>();
        services.AddSingleton<LinkVault>();
        services.AddSingleton<ManagedLinks>();
        services.AddSingleton<LinkCards>();
        services.AddSingleton<LinkLists>();
        services.AddSingleton<LinkChange>();
        services.AddSingleton<CardEdits>();
        services.AddSingleton<Places>();
        services.AddSingleton<PastedLink>();
    }

    private static void AddFollowUps(this IServiceCollection services)
    {
        services.AddSingleton<PersonLook>();
        services.AddSingleton<Overdue>();
        services.AddSingleton<WaitingCards>();
        services.AddSingleton<DriftLook>();
        services.AddSingleton<TakeWebhook>();
        services.AddCheckedOptions<FollowUpOptions>(FollowUpOptions.Section);
    }

    private static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<LedgerCsv>();
        services.AddKeyedSingleton<IGivenFile, LedgerFile>(LedgerFile.Kind);
    }

    private static void AddDoctor(this IServiceCollection services)
    {
        services.AddSingleton<PortalFindings>();
        services.AddSingleton<WebhookCare>();
    }

    private static void AddChat(this IServiceCollection services)
    {
        services.AddSingleton<Installation>();
        services.AddSingleton<PersonalChats>();
        services.AddSingleton<GivenFiles>();
        services.AddSingleton<OverviewLists>();
        services.AddSingleton<MemberAddress>();
        services.AddSingleton<Operators>();
        services.AddSingleton<HomeTenant>();
        services.AddSingleton<OperatorOptionsSetup>();
        services.AddSingleton<IConfigureOptions<OperatorOptions>>(provider => provider.GetRequiredService<OperatorOptionsSetup>());
        services.AddSingleton<IValidateOptions<OperatorOptions>, OperatorOptionsValidator>();
        services.AddOptions<OperatorOptions>().ValidateOnStart();
        services.AddSingleton<ITurnHandler, Bot>();
        services.AddRoutes();
    }

    /// <summary>Runs before anything that uses storage: hosted services start in the order of their registration.</summary>
    private sealed class PrepareStorage(Database database) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => database.PrepareAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
