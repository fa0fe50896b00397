using System;
using CsCheck;
using NUnit.Framework;

namespace FlowSim.Tests.Worlds;

/// <summary>Whatever the network does, nodes agree on one chain, and equal specs are equal runs.</summary>
public sealed class AgreementTests
{
    private const int Worlds = 200;

    [Test]
    public void Nodes_agree_on_one_chain_in_any_small_world() =>
        SmallWorld.Any.Sample(world =>
        {
            RunSpec spec = world.Spec;
            RunResult once = Simulation.Run(spec, [new OneChain()]);
            RunResult again = Simulation.Run(world.Spec, []);
            if (!again.Digest.Equals(once.Digest, StringComparison.Ordinal) || again.EndedAt != once.EndedAt)
                throw new InvalidOperationException("equal specs gave different runs");
        }, iter: Worlds);
}
