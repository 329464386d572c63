using DocSpaceBot.Benchmarks;
using DocSpaceBot.Benchmarks.Lists;

if (BenchmarkOptions.Read(args) is not { } options)
{
    await Console.Error.WriteLineAsync(BenchmarkOptions.Usage);
    return 2;
}

return options.What is Measured.Lists ? await ListsBenchmark.RunAsync(options) : await Benchmark.RunAsync(options);
