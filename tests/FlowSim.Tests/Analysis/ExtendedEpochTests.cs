using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.ProtocolState;
using FlowSim.Tests.ProtocolState;
using NUnit.Framework;

namespace FlowSim.Tests.Analysis;

public sealed class ExtendedEpochTests
{
    /// <summary>Epoch 1 was planned to end with view 20, and the chain made it 1,099.</summary>
    [Test]
    public void The_error_of_views_that_the_chain_added_is_in_the_integral()
    {
        var committee = new ObservedCommittee(ObservedRun.Spec(1), 0);
        var ends = new EpochEnds(committee);
        var errors = new ControllerErrors(committee, ends);
        ends.Known(SomeEpochs.In(EpochPhase.Staking));
        errors.Take(Observed(500, error: 2));
        errors.Take(Observed(510, error: 0));
        for (int node = 0; node < 3; node++) ends.Incorporated(node, new View(SomeEpochs.Final + 1), At(1_100));
        var sheet = new MetricSheet();
        errors.Report(sheet);
        // Ten seconds at 2 s in one of two epochs.
        Assert.That(sheet.Measured().Single(value => value.Name is "controller-iae").Value,
            Is.EqualTo(10 * 2 / 2.0).Within(1e-9));
    }

    /// <summary>View v is observed at v seconds.</summary>
    private static ViewSlot Observed(ulong view, double error) => new()
    {
        View = view, Observations = 1, ObservedAtSum = At(view).Nanoseconds, ErrorSum = error, ErrorMin = error,
        ErrorMax = error,
    };

    private static SimTime At(double seconds) => new((long)(seconds * SimDuration.NanosecondsPerSecond));
}
