using FlowSim.Kernel;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>How long a run is; exactly one is given.</summary>
public sealed record RunLength(long? Epochs, long? Views, SimDuration? Time);

/// <summary>The <c>duration</c> section.</summary>
public static class LengthFormat
{
    private static readonly Field<long> Epochs = new("epochs", Scalars.Whole(1, 1_000),
        "Whole epochs to finish.");

    private static readonly Field<long> Views = new("views", Scalars.Whole(1, 1_000_000_000),
        "Views to pass.");

    private static readonly Field<SimDuration> Time = new("time",
        Scalars.Duration(SimDuration.FromSeconds(1), SimDuration.FromSeconds(366 * 86_400)),
            "Simulated time.");

    public static readonly Section<RunLength> Section = new("duration", [Epochs, Views, Time],
        at => new RunLength(at.Has(Epochs) ? at.Get(Epochs) : null, at.Has(Views) ? at.Get(Views) : null,
            at.Has(Time) ? at.Get(Time) : null),
        Epochs, Views, Time);
}
