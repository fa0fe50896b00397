using BenchmarkDotNet.Attributes;
using FlowSim.Kernel;

namespace FlowSim.Benchmarks;

/// <summary>One event out and one in, at several numbers pending.</summary>
public class WheelBenchmarks
{
    private readonly Quantiles delays = Quantiles.Exponential(100_000_000);
    private readonly Luck.Purpose delay = new Luck(1).For("delay");
    private Agenda agenda = null!;

    [Params(100, 1_000, 10_000, 100_000)]
    public int Pending { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        agenda = new Agenda(new TimingWheel());
        for (int i = 0; i < Pending; i++) Push();
    }

    [Benchmark]
    public bool Hold()
    {
        bool popped = agenda.TryPop(SimTime.Never, out _);
        Push();
        return popped;
    }

    private void Push() => agenda.Push(
        agenda.Now + new SimDuration(delays.Value(delay.Draw((ulong)agenda.Pushed))), EventClass.Arrival, 0, 0, null);
}

/// <summary>What a draw costs.</summary>
public class ChanceBenchmarks
{
    private readonly Luck.Purpose purpose = new Luck(1).For("draw");
    private readonly Quantiles lognormal = Quantiles.Lognormal(19_000, 0.96);
    private ulong occasion;

    [Benchmark]
    public ulong LuckOfOneId() => purpose.Draw(occasion++);

    [Benchmark]
    public ulong LuckOfThreeIds() => purpose.Draw(1, 2, occasion++);

    [Benchmark]
    public long QuantilesOfALognormal() => lognormal.Value(purpose.Draw(occasion++));
}
