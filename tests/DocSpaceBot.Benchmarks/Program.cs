using DocSpaceBot.Benchmarks;

return await Benchmark.RunAsync(args);
