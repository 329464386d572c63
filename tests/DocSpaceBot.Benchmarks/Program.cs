using DocSpaceBot.Benchmarks;
using DocSpaceBot.Benchmarks.Approvals;
using DocSpaceBot.Benchmarks.FollowUps;
using DocSpaceBot.Benchmarks.Links;
using DocSpaceBot.Benchmarks.Lists;

if (BenchmarkOptions.Read(args) is not { } options)
{
    await Console.Error.WriteLineAsync(BenchmarkOptions.Usage);
    return 2;
}

return options.What switch
{
    Measured.Lists => await ListsBenchmark.RunAsync(options),
    Measured.Links => await LinksBenchmark.RunAsync(options),
    Measured.FollowUps => await FollowUpsBenchmark.RunAsync(options),
    Measured.Approvals => await ApprovalsBenchmark.RunAsync(options),
    _ => await Benchmark.RunAsync(options),
};
