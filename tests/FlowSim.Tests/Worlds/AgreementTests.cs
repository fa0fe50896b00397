using System;
using System.Collections.Generic;
using CsCheck;
using FlowSim.Chain;
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

    /// <summary>Throws at the first block with which a node leaves the chain of the others.</summary>
    private sealed class OneChain : IProbe
    {
        private readonly List<Block> chain = [];
        private readonly Dictionary<NodeId, int> lengths = [];

        public void On(in TraceEvent entry)
        {
            if (entry.Notice is not Notice.Finalized(var block)) return;
            int length = lengths.GetValueOrDefault(entry.Node);
            if (length == chain.Count) Extend(block);
            if (chain[length].Id != block.Id) throw new InvalidOperationException($"{entry.Node} left the chain");
            lengths[entry.Node] = length + 1;
        }

        private void Extend(Block block)
        {
            if (chain.Count > 0 && (block.ParentId != chain[^1].Id || block.View <= chain[^1].View))
                throw new InvalidOperationException($"the block of view {block.View} does not extend the last");
            if (block.Height != new Height((ulong)chain.Count + 1))
                throw new InvalidOperationException($"view {block.View} has {block.Height} after {chain.Count} blocks");
            chain.Add(block);
        }
    }
}
