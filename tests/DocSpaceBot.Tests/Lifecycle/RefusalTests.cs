using System.Globalization;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Tests.Lifecycle;

public sealed class RefusalTests
{
    [Fact]
    [InGerman]
    public void Speaks_the_language_of_whoever_it_is_for()
    {
        Assert.Equal("Das kann nur die Person, die angefragt hat.", Refusal.NotYours.Text);
        Assert.Equal(
            "Die Regel „Partner“ erlaubt diese Einladung nicht. Niemand wurde eingeladen. Ein Betreiber kann die Regel ändern.",
            Refusal.PolicyDenies("Partner").Text
        );
        Assert.Equal(
            "Alle kostenpflichtigen Plätze von DocSpace sind belegt, und diese Rolle braucht einen. Niemand wurde eingeladen. "
                + "Laden Sie als Benutzer ein, oder bitten Sie einen Betreiber um mehr Plätze.",
            Refusal.NobodyBecause(Cause.SeatsFull).Text
        );
        Assert.Equal(
            "DocSpace lässt den Bot keine Links erstellen. Es gibt keinen Link. Fragen Sie einen Betreiber.",
            Refusal.LinkBecause(Cause.Forbidden)
        );
        Assert.Equal("für 10 Personen, 7 Tage lang", LinkTerms.Usual.InWords());
    }

    [Fact]
    public void Is_not_kept_in_the_language_of_whoever_met_it_first()
    {
        var english = Refusal.NotAnAddress.Text;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
        var german = Refusal.NotAnAddress.Text;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

        Assert.Equal("ist keine E-Mail-Adresse. Schreiben Sie sie wie alice@example.com.", german);
        Assert.Equal(english, Refusal.NotAnAddress.Text);
    }

    [Fact]
    public void Every_cause_has_words_of_its_own_in_every_language()
    {
        foreach (var language in Language.All)
        {
            CultureInfo.CurrentUICulture = language;
            Assert.Distinct(Enum.GetValues<Cause>().Select(cause => Refusal.Because(cause).Text));
        }
    }
}
