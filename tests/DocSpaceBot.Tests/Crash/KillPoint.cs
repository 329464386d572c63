namespace DocSpaceBot.Tests.Crash;

internal enum KillMoment
{
    /// <summary>The call is on its way and never arrives.</summary>
    BeforeItsEffect,

    /// <summary>The call has been carried out, and nobody is there any more to hear the answer.</summary>
    BeforeItsAnswer,
}

/// <summary>A moment at which the bot is killed: around the nth call of a kind since the story began.</summary>
internal sealed record KillPoint(string Call, int Nth, KillMoment Moment)
{
    public override string ToString() =>
        $"{Call} #{Nth}, {(Moment is KillMoment.BeforeItsEffect ? "before its effect" : "before its answer")}";
}

/// <summary>Counts the calls of one story, and tells when the armed moment has come.</summary>
internal sealed class KillSwitch
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Call, KillMoment Moment), int> counts = [];
    private KillPoint? armed;

    /// <summary>Whether the armed moment has yet to come.</summary>
    public bool IsArmed
    {
        get
        {
            lock (gate)
            {
                return armed is not null;
            }
        }
    }

    /// <summary>A story begins: counting starts anew.</summary>
    public void Arm(KillPoint? point)
    {
        lock (gate)
        {
            counts.Clear();
            armed = point;
        }
    }

    /// <summary>True once: when this is the moment.</summary>
    public bool IsNow(string call, KillMoment moment)
    {
        lock (gate)
        {
            var nth = counts[(call, moment)] = counts.GetValueOrDefault((call, moment)) + 1;

            if (armed != new KillPoint(call, nth, moment))
            {
                return false;
            }

            armed = null;
            return true;
        }
    }

    /// <summary>
    /// The moments that have passed since the story began: before and after each call that changes something. Where <see cref="EveryMoment"/> is wanted, also
    /// one for each call that only looks: whether it or its answer was lost makes no difference, neither to what is there nor to who has heard of it.
    /// </summary>
    public IReadOnlyList<KillPoint> Passed()
    {
        lock (gate)
        {
            return
            [
                .. counts
                    .Where(pair => !Looks(pair.Key.Call) || (EveryMoment.IsWanted && pair.Key.Moment is KillMoment.BeforeItsEffect))
                    .SelectMany(pair => Enumerable.Range(1, pair.Value).Select(nth => new KillPoint(pair.Key.Call, nth, pair.Key.Moment))),
            ];
        }
    }

    private static bool Looks(string call) => call.Split(' ') is [_, "GET", ..];
}
