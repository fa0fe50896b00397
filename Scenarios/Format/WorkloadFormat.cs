using System;
using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>The <c>workload</c> section of a pipeline: what clients ask for.</summary>
public static class WorkloadFormat
{
    private const double Thousand = 1_000;
    private const double Million = 1_000_000;

    private static readonly (string Name, ArrivalShape Shape)[] Shapes =
    [
        ("constant", ArrivalShape.Constant), ("poisson", ArrivalShape.Poisson), ("bursts", ArrivalShape.Bursts),
    ];

    private static readonly Field<double> Rate = new("rate", Scalars.Real(0, 1_000_000),
        "Calls per second, over all access nodes.", true);

    private static readonly Field<ArrivalShape> Arrivals = new("arrivals", Choices.Of("a kind of arrivals", Shapes),
        "How calls are spread over time. Default poisson.");

    private static readonly Field<long> Burst = new("burst", Scalars.Whole(1, 100_000),
        "Calls that come at once when arrivals are bursts. Default 1.");

    private static readonly Field<Quantiles> Size = new("size", new MappedShape<long, Quantiles>(
        Scalars.Size, (bytes, _) => Quantiles.Constant(bytes)), "Bytes of a transaction. Default 1kB.");

    private static readonly Field<long> Gas = new("gas", Scalars.Whole(0, 9_999),
        "Computation limit of a transaction. Default 1000.");

    private static readonly Field<double> Scripts = new("scripts", Scalars.Real(0, 1),
        "Share of the calls that are scripts and no transactions. Default 0.");

    public static readonly Section<Workload> Section = new(
        "workload", [Rate, Arrivals, Burst, Size, Gas, Scripts], Build);

    private static Workload Build(Values at)
    {
        ArrivalShape shape = at.Or(Arrivals, ArrivalShape.Poisson);
        if (at.Has(Burst) && shape != ArrivalShape.Bursts)
            throw at.Error("'burst' is for arrivals: bursts", Burst, Arrivals);
        return new Workload
        {
            CallsPerThousandSeconds = (long)Math.Round(at.Get(Rate) * Thousand),
            Shape = shape,
            BurstSize = (int)at.Or(Burst, 1),
            Bytes = at.Or(Size, Quantiles.Constant(1_000)),
            Gas = Quantiles.Constant(at.Or(Gas, 1_000)),
            ScriptsPerMillion = (long)Math.Round(at.Or(Scripts, 0) * Million),
        };
    }
}
