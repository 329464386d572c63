using System.Globalization;
using System.Reflection;
using Xunit.Sdk;

namespace DocSpaceBot.Tests;

/// <summary>The test runs as what is done for somebody whose Teams speaks German.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InGermanAttribute : BeforeAfterTestAttribute
{
    private CultureInfo? before;

    public override void Before(MethodInfo methodUnderTest)
    {
        before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
    }

    public override void After(MethodInfo methodUnderTest) => CultureInfo.CurrentUICulture = before!;
}
