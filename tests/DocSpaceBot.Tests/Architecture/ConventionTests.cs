using System.Reflection;
using System.Runtime.CompilerServices;
using DocSpace.Api;
using DocSpaceBot.Chat;
using DocSpaceBot.Hosting;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Tests.Architecture;

/// <summary>Habits that are worth keeping everywhere.</summary>
public sealed class ConventionTests
{
    private static readonly Assembly[] Product =
    [
        typeof(BotApp).Assembly,
        typeof(DocSpaceClient).Assembly,
        typeof(ConnectorClient).Assembly,
    ];

    /// <summary>How long a socket is waited for is measured in real time, whatever the clock says.</summary>
    private static readonly string[] RealSockets =
    [
        "DocSpaceBot/Hosting/Health.cs",
        "DocSpaceBot/Storage/PostgresEngine.cs",
        "Teams.Protocol/Connector/BotTokens.cs",
        "Teams.Protocol/Connector/ConnectorTransport.cs",
        "Teams.Protocol/Graph/GraphTransport.cs",
    ];

    private static readonly string[] Folders = ["DocSpaceBot", "DocSpace.Api", "Teams.Protocol"];

    [Fact]
    public void Every_button_is_routed_by_its_verb() =>
        Assert.Equal(
            Implementing<ICardAction>().Select(type => (type, Constant(type, "Verb"))).ToHashSet(),
            Routed<ICardAction>().ToHashSet()
        );

    [Fact]
    public void Every_command_is_routed_by_its_name() =>
        Assert.Equal(
            Implementing<IChatCommand>().Select(type => (type, Constant(type, "Name"))).ToHashSet(),
            Routed<IChatCommand>().ToHashSet()
        );

    [Fact]
    public void Every_kind_of_step_has_one_who_does_it_and_everybody_who_does_one_has_a_kind()
    {
        var kinds = typeof(StepKind).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(kinds, Routed<IStep>().Select(route => route.Key).ToHashSet(StringComparer.Ordinal));
        Assert.Equal(Implementing<IStep>().ToHashSet(), Routed<IStep>().Select(route => route.Type).ToHashSet());
    }

    [Fact]
    public void Whatever_takes_time_can_be_stopped_and_its_token_comes_last()
    {
        var faults =
            from assembly in Product
            from type in assembly.GetTypes()
            where !IsGenerated(type)
            from method in type.GetMethods(Everything)
            where
                TakesTime(method) && !method.IsPrivate && !IsGenerated(method) && !IsGivenByOthers(method) && !HasATokenInside(type, method)
            where method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken)
            select $"{type.Name}.{method.Name}";

        Assert.True(!faults.Any(), string.Join(", ", faults));
    }

    [Fact]
    public void No_token_may_be_left_out()
    {
        var faults =
            from assembly in Product
            from type in assembly.GetTypes()
            where !IsGenerated(type)
            from method in type.GetMethods(Everything)
            from parameter in method.GetParameters()
            where parameter.ParameterType == typeof(CancellationToken) && parameter.HasDefaultValue && !IsGenerated(method)
            select $"{type.Name}.{method.Name}";

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b")]
    [InlineData(@"\bStopwatch\b")]
    [InlineData(@"\bEnvironment\.TickCount")]
    [InlineData(@"\bThread\.Sleep\b")]
    [InlineData(@"Task\.Delay\((?![^;]*\b[cC]lock\b)")]
    [InlineData(@"\.CancelAfter\(")]
    [InlineData(@"new CancellationTokenSource\([^)](?![^;]*\b[cC]lock\b)")]
    [InlineData(@"new PeriodicTimer\((?![^;]*\b[cC]lock\b)")]
    public void Time_comes_only_from_the_clock_that_was_handed_in(string pattern)
    {
        var faults =
            from folder in Folders
            from file in Source.Files(folder)
            where file.Has(pattern) && !RealSockets.Contains(file.Name)
            select file.Name;

        Assert.Empty(faults);
    }

    [Fact]
    public void What_is_logged_has_its_words_in_one_place_and_no_addresses()
    {
        foreach (var file in Folders.SelectMany(Source.Files))
        {
            Assert.False(file.Has(@"\b_?logger\.Log(Trace|Debug|Information|Warning|Error|Critical)\("), file.Name);
            Assert.False(file.Has(@"LoggerMessage\([^)]*\{(Email|Address|Token|Key|Text|Name|Requester)\}"), file.Name);
        }
    }

    [Fact]
    public void Nothing_changes_or_deletes_what_is_in_the_ledger()
    {
        foreach (var file in Source.Files("DocSpaceBot"))
        {
            Assert.False(file.Has(@"(?i)\b(update|delete\s+from|replace\s+into|truncate(\s+table)?|drop\s+table)\s+ledger\b"), file.Name);
        }
    }

    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static IEnumerable<Type> Implementing<T>() =>
        typeof(BotApp).Assembly.GetTypes().Where(type => type.IsClass && !type.IsAbstract && typeof(T).IsAssignableFrom(type));

    private static IEnumerable<(Type Type, string Key)> Routed<T>() =>
        new ServiceCollection()
            .AddRoutes()
            .Where(route => route.ServiceType == typeof(T))
            .Select(route => (route.KeyedImplementationType!, (string)route.ServiceKey!));

    private static string Constant(Type type, string name) => (string)type.GetField(name)!.GetRawConstantValue()!;

    private static bool TakesTime(MethodInfo method) =>
        typeof(Task).IsAssignableFrom(method.ReturnType)
        || method.ReturnType == typeof(ValueTask)
        || (
            method.ReturnType.IsGenericType
            && method.ReturnType.GetGenericTypeDefinition() is var generic
            && (generic == typeof(ValueTask<>) || generic == typeof(IAsyncEnumerable<>))
        );

    private static bool IsGenerated(MemberInfo member) =>
        member.Name.Contains('<', StringComparison.Ordinal)
        || member.GetCustomAttribute<CompilerGeneratedAttribute>() is not null
        || (member.DeclaringType is { } outer && IsGenerated(outer));

    /// <summary>Whose shape is not ours to choose.</summary>
    private static bool IsGivenByOthers(MethodInfo method) =>
        method.IsSpecialName
        || method.Name is "DisposeAsync"
        || method.GetBaseDefinition().DeclaringType != method.DeclaringType
        || method.DeclaringType!.GetInterfaces().Any(given => given.Assembly != method.DeclaringType.Assembly && IsOf(given, method));

    private static bool IsOf(Type given, MethodInfo method) =>
        !method.DeclaringType!.IsInterface && method.DeclaringType.GetInterfaceMap(given).TargetMethods.Contains(method);

    /// <summary>
    /// A unit is carried out whole or not at all, and has the token of whoever began it; a request has its own; the program ends by signals;
    /// and what is fetched for everybody at once must not end with one of them.
    /// </summary>
    private static bool HasATokenInside(Type type, MethodInfo method) =>
        type == typeof(Unit)
        || type == typeof(ChatTurn)
        || method
            .GetParameters()
            .Any(parameter => parameter.ParameterType == typeof(Unit) || parameter.ParameterType == typeof(HttpContext))
        || (type.Name, method.Name) is (nameof(BotApp), nameof(BotApp.RunAsync)) or ("TokenEndpoint", "FetchAsync");
}
