using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Overview;

/// <summary>The Older and Newer buttons of a list. Whoever presses sees their own and nobody else's, whatever the card says.</summary>
internal sealed class TurnPage(Database database, OverviewLists lists, Operators operators) : ICardAction
{
    public const string Verb = "overview/page";

    public async Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken)
    {
        if (ListPointer.Read(click.Id) is not { } pointer)
        {
            return InvokeAnswer.Error(400, "BadRequest", OverviewTexts.NoSuchPage.With($"/{MineCommand.Name}"));
        }

        if (pointer.Person != click.By.Id)
        {
            return InvokeAnswer.Message(OverviewTexts.NotYourList.With(pointer.Command));
        }

        if (ListPointer.ReadPage(click.Row) is not { } number)
        {
            return InvokeAnswer.Error(400, "BadRequest", OverviewTexts.NoSuchPage.With(pointer.Command));
        }

        var reader = Reader.Of(click);

        if (
            pointer.Kind is ListKind.All
            && !(reader.IsPersonal && await operators.IsOneAsync(reader.TenantId, reader.Who, cancellationToken))
        )
        {
            return InvokeAnswer.Message(reader.IsPersonal ? OverviewTexts.AllForOperators : OverviewTexts.AllInPersonalChat);
        }

        var (card, _) = await database.ReadAsync(
            db => lists.DrawAsync(new Unit(db, transaction: null, database.IsPostgres), reader, pointer.Kind, number),
            cancellationToken
        );
        return InvokeAnswer.Card(card);
    }
}
