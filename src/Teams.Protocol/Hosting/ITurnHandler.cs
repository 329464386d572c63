using Teams.Protocol.Activities;

namespace Teams.Protocol.Hosting;

/// <summary>The one door to the product: an activity in, at most one answer out.</summary>
public interface ITurnHandler
{
    /// <summary>
    /// Handles one activity whose sender, tenant and service URL are already checked. What is not an invoke must be durable before this
    /// returns: the channel does not send it again after a 200. The same activity can come twice.
    /// </summary>
    /// <param name="activity">Has a type; messages, invokes and updates also have a sender, a conversation, a channel and a service URL.</param>
    /// <param name="cancellationToken">Ends after 10 s; not when the caller hangs up, because that must not undo half an approval.</param>
    /// <returns>The answer to an invoke, or null: an invoke the bot does not know (501), or nothing to say (200).</returns>
    Task<InvokeAnswer?> OnTurnAsync(Activity activity, CancellationToken cancellationToken);

    /// <summary>What whoever pressed a button reads when the turn has failed; in the language of the activity, if the product speaks several.</summary>
    string WhenItFails(Activity activity) => "Something went wrong on our side. Nothing was changed. Please try again.";
}
