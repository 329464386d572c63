using System.CodeDom.Compiler;
using System.Reflection;
using DocSpace.Api;
using DocSpaceBot.Chat;
using DocSpaceBot.Hosting;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Work;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Tests.Architecture;

/// <summary>Who may know whom.</summary>
public sealed class ArrowTests
{
    private static readonly string[] Slices =
    [
        "Approvals",
        "Audit",
        "Conversations",
        "Doctor",
        "Files",
        "FollowUps",
        "Invitations",
        "Links",
        "Overview",
    ];

    private static readonly Type[] Ours = typeof(BotApp).Assembly.GetTypes();

    [Fact]
    public void The_two_libraries_know_neither_each_other_nor_the_product_nor_a_database()
    {
        Assembly[] libraries = [typeof(DocSpaceClient).Assembly, typeof(ConnectorClient).Assembly];

        foreach (var library in libraries)
        {
            var known = library.GetReferencedAssemblies().Select(name => name.Name).ToList();
            Assert.DoesNotContain(known, name => name is "DocSpace.Api" or "Teams.Protocol" or "DocSpaceBot" or "Dapper" or "Npgsql");
        }
    }

    [Fact]
    public void The_lifecycle_is_made_of_values_alone()
    {
        var strangers =
            from type in Ours
            where type.Namespace == typeof(Invitation).Namespace && !IsMadeByTheBuild(type)
            from member in type.GetMembers(Everything)
            from used in TypesOf(member)
            where !IsValueOfOurs(used)
            select $"{type.Name}.{member.Name} uses {used}";

        Assert.Empty(strangers);
    }

    [Fact]
    public void The_lifecycle_has_no_clock_no_storage_and_no_network()
    {
        foreach (var file in Source.Files("DocSpaceBot/Lifecycle"))
        {
            Assert.False(
                file.Has(
                    @"^using (?!static )(?!DocSpace\.Api;|System\.(Diagnostics\.CodeAnalysis|Globalization|Text|Collections\.Frozen);)"
                ),
                file.Name
            );
            Assert.False(file.Has(@"\b(TimeProvider|UtcNow|HttpClient|Dapper|async|await|ILogger|File)\b"), file.Name);
        }
    }

    [Fact]
    public void Slices_leave_steps_for_each_other_and_do_not_call_each_others_handlers()
    {
        var handlers = Ours.Where(type => type.IsClass && IsHandler(type)).ToList();
        Assert.NotEmpty(handlers);

        var calls =
            from file in Source.Files("DocSpaceBot")
            where file.Slice is { } slice && Slices.Contains(slice)
            from handler in handlers
            where handler.Namespace != $"DocSpaceBot.{file.Slice}" && file.Has($@"(?<!\.)\b{handler.Name}\b")
            select $"{file.Name} names {handler.FullName}";

        Assert.Empty(calls);
    }

    [Fact]
    public void Libraries_and_storage_do_not_know_the_slices()
    {
        foreach (var file in Source.Files("DocSpaceBot/Storage").Concat(Source.Files("DocSpaceBot/Work")))
        {
            Assert.False(file.Has($@"^using DocSpaceBot\.({string.Join('|', Slices)}|Chat|Hosting)\b"), file.Name);
        }
    }

    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The texts, which the build makes a class of: what is inside is the compiler's business.</summary>
    private static bool IsMadeByTheBuild(Type type) => type.IsDefined(typeof(GeneratedCodeAttribute), inherit: false);

    private static bool IsHandler(Type type) =>
        typeof(IStep).IsAssignableFrom(type) || typeof(ICardAction).IsAssignableFrom(type) || typeof(IChatCommand).IsAssignableFrom(type);

    private static IEnumerable<Type> TypesOf(MemberInfo member) =>
        member switch
        {
            FieldInfo field => [field.FieldType],
            PropertyInfo property => [property.PropertyType],
            MethodBase method =>
            [
                .. method.GetParameters().Select(parameter => parameter.ParameterType),
                .. method is MethodInfo { ReturnType: var type } ? [type] : Array.Empty<Type>(),
            ],
            _ => [],
        };

    private static bool IsValueOfOurs(Type type)
    {
        while (type.HasElementType)
        {
            type = type.GetElementType()!;
        }

        return type.IsGenericParameter
            || type.GetGenericArguments().Where(argument => argument != type).All(IsValueOfOurs)
                && (
                    type == typeof(DocSpaceRole)
                    || type.Namespace == typeof(Invitation).Namespace
                    || type.Namespace
                        is "System"
                            or "System.Text"
                            or "System.Globalization"
                            or "System.Collections.Generic"
                            or "System.Collections.Frozen"
                            or "System.Collections"
                    || type.FullName?.StartsWith('<') is true
                );
    }
}
