using DocSpace.Api;
using DocSpaceBot.Doctor;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Tests.Doctor;

public sealed class SetupCardTests
{
    private static readonly Finding Good = new("DocSpace", Health.Good, "It can be reached. Version 3.7.2.");
    private static readonly Finding Attention = new("Webhook", Health.Attention, "It is registered, but switched off.", "Switch it on.");
    private static readonly Finding Broken = new("API key", Health.Broken, "The key is switched off.", "Switch it on in DocSpace.");

    [Fact]
    public void Everything_is_good() =>
        ApprovedCard.Same("SetupCard.Good", SetupCard.For([Good, Good with { About = "API key" }], An.Instant));

    [Fact]
    public void Something_is_broken() => ApprovedCard.Same("SetupCard.Broken", SetupCard.For([Good, Broken, Attention], An.Instant));

    [Fact]
    [InGerman]
    public void Something_is_broken_in_german() =>
        ApprovedCard.Same(
            "SetupCard.Broken.de",
            SetupCard.For(
                [
                    new(DoctorTexts.AboutDocSpace, Health.Good, DoctorTexts.ReachedVersion.With("3.7.2")),
                    PortalFindings.Failed(DoctorTexts.AboutKey, new(DocSpaceProblemKind.NotAuthorised)),
                    new(DoctorTexts.AboutWebhook, Health.Attention, DoctorTexts.WebhookOff, DoctorTexts.WebhookBadAdvice),
                ],
                An.Instant
            )
        );

    [Fact]
    public void The_summary_counts_what_is_to_be_done()
    {
        Assert.Equal("Everything is set up", SetupCard.Summary([Good]));
        Assert.Equal("One thing needs you", SetupCard.Summary([Good, Attention]));
        Assert.Equal("2 things need you", SetupCard.Summary([Broken, Attention]));
    }
}
