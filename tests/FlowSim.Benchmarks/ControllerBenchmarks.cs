using BenchmarkDotNet.Attributes;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Benchmarks;

/// <summary>The block-time controller takes in one block, on schedule.</summary>
public class ControllerBenchmarks
{
    private static readonly EpochTiming LongEpoch = new(default, new View(9_999_999_999), 8_000_000_000, 8_000_000_000);

    private readonly CruiseControl control = new(CruiseControlConfig.Default, default, LongEpoch, null);
    private ulong view;

    [Benchmark]
    public ControllerObservation? Observe()
    {
        view++;
        return control.Observe(new View(view), new BlockId(view), new SimTime((long)view * 800_000_000));
    }
}
