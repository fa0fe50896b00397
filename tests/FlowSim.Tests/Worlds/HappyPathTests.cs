using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>Without faults every view has a block, views last τ0, and the epoch ends on time.</summary>
public sealed class HappyPathTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(7)]
    public void Small_committees_finalize_without_pause(int consensus)
    {
        var finalized = new List<View>();
        Simulation.Run(Some.World(consensus, views: 100), [new Listener(e =>
        {
            if (e.Node.Index == 0 && e.Notice is Notice.Finalized(var block)) finalized.Add(block.View);
        })]);
        Assert.That(finalized, Has.Count.GreaterThan(95));
    }

    [TestCase(800)]
    [TestCase(1250)]
    public void Mean_view_time_is_the_target_and_the_epoch_ends_within_a_second(long tauMs)
    {
        const ulong Views = 1000;
        RunSpec spec = Some.Mainnet(views: Views, tauMs: tauMs);
        if (tauMs > 910)
        {
            spec = spec with
            {
                CruiseControl = spec.CruiseControl with { MaxViewDuration = SimDuration.FromMilliseconds(1600) },
                Pacemaker = spec.Pacemaker with { MinTimeout = SimDuration.FromMilliseconds(2500) },
            };
        }

        SimTime hundredth = default;
        SimTime switchover = default;
        Simulation.Run(spec, [new Listener(e =>
        {
            if (e.Node.Index != 0 || e.Notice is not Notice.Incorporated(var block)) return;
            if (block.View.Value == 100) hundredth = e.At;
            if (block.View.Value == Views) switchover = e.At;
        })]);

        double target = spec.Epochs[0].TargetEndTimeSeconds;
        Assert.That(switchover.TotalSeconds, Is.EqualTo(target).Within(1.0));
        Assert.That((switchover - hundredth).TotalSeconds / (Views - 100) * 1000, Is.EqualTo(tauMs).Within(1).Percent);
    }

    [Test]
    public void Followers_of_every_role_finalize_the_same_chain()
    {
        var chains = new Dictionary<int, List<BlockId>>();
        Simulation.Run(Some.Mainnet(views: 60, followers: 30), [new Listener(e =>
        {
            if (e.Notice is Notice.Finalized(var block))
                (chains.TryGetValue(e.Node.Index, out List<BlockId>? chain) ? chain : chains[e.Node.Index] = [])
                    .Add(block.Id);
        })]);
        Assert.That(chains, Has.Count.EqualTo(94 + 30));
        BlockId[] shortest = [.. chains.Values.MinBy(c => c.Count)!];
        Assert.That(shortest, Has.Length.GreaterThan(50));
        Assert.That(chains.Values.Select(c => c.Take(shortest.Length)), Is.All.EqualTo(shortest));
    }
}
