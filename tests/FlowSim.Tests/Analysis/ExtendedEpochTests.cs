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

    /// <summary>Of nine nodes three are members of epoch 0, the other six follow and are members of epoch 1.</summary>
    [Test]
    public void An_epoch_ends_with_its_own_members()
    {
        RunSpec spec = ObservedRun.Spec(1);
        NodeSpec member = spec.Nodes[0];
        var committee = new ObservedCommittee(spec with
        {
            Nodes = [.. Enumerable.Range(0, 9).Select(i => i < 3
                ? member with { Name = $"old-{i}", LastEpoch = 0 }
                : member with { Name = $"new-{i}", FirstEpoch = 1 })],
        }, 0);
        var ends = new EpochEnds(committee);
        View beyond = new(spec.Epochs[0].FinalView.Value + 1);
        for (int node = 3; node < 9; node++) ends.Incorporated(node, beyond, At(99));
        Assert.That(ends.IsComplete(0), Is.False, "who only follows ends no epoch");
        for (int node = 0; node < 3; node++) ends.Incorporated(node, beyond, At(20));
        Assert.That((ends.IsComplete(0), ends.IsComplete(1)), Is.EqualTo((true, false)));
        // One begins again at the root and passes the epoch's end once more, late.
        ends.Joined(0, Block.Root(new View(0)));
        ends.Incorporated(0, beyond, At(500));
        var sheet = new MetricSheet();
        ends.Report(sheet);
        Assert.That(sheet.Measured().Single(value => value.Name is "epoch-end-error").Value,
            Is.EqualTo(20d - spec.Epochs[0].TargetEndTimeSeconds).Within(1e-9));
    }

    /// <summary>View v is observed at v seconds.</summary>
    private static ViewSlot Observed(ulong view, double error) => new()
    {
        View = view, Observations = 1, ObservedAtSum = At(view).Nanoseconds, ErrorSum = error, ErrorMin = error,
        ErrorMax = error,
    };

    private static SimTime At(double seconds) => new((long)(seconds * SimDuration.NanosecondsPerSecond));
}
