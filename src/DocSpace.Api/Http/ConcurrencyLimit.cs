using System.Diagnostics.CodeAnalysis;
using Polly;

namespace DocSpace.Api.Http;

/// <summary>
/// Lets so many attempts through at once; the others wait. The portal answers 429 above 15 writes, and seat locks there put them in a row anyway.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "A semaphore without a wait handle holds nothing; disposing it at the end would break the calls that are just ending."
)]
internal sealed class ConcurrencyLimit(int most) : ResilienceStrategy<HttpResponseMessage>
{
    private readonly SemaphoreSlim _places = new(most, most);

    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback,
        ResilienceContext context,
        TState state
    )
    {
        try
        {
            await _places.WaitAsync(context.CancellationToken);
        }
        catch (OperationCanceledException e)
        {
            return Outcome.FromException<HttpResponseMessage>(e);
        }

        try
        {
            return await callback(context, state);
        }
        finally
        {
            _places.Release();
        }
    }
}

internal sealed class ConcurrencyLimitOptions : ResilienceStrategyOptions
{
    public ConcurrencyLimitOptions() => Name = nameof(ConcurrencyLimit);
}
