using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>P5: no block has two sealed results, and who holds evidence of an execution fork makes no seals.</summary>
/// <remarks>
/// A new root's seals count like any, and evidence of before does not.
/// Seals that liars put into blocks are exempt, and emergency seals: nobody need have verified those. It keeps some
/// bytes per height of the whole run, since a node may lag arbitrarily.
/// </remarks>
public sealed class NoConflictingSeals(Cast cast) : Oracle("P5", cast)
{
    private readonly Dictionary<BlockId, ResultId> results = [];
    private readonly HashSet<NodeId> warned = [];

    public override IReadOnlyList<Type> Hears { get; } =
        [typeof(Notice.Finalized), typeof(Notice.ExecutionFork), typeof(Notice.Built), typeof(Notice.Bootstrapped)];

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Bootstrapped { Head: { Proposer.Index: < 0, Payload: Payload.Main { Seals: var given } } root }:
                foreach (Seal seal in given) Judge(entry, root, seal);
                warned.Remove(entry.Node);
                break;
            case Notice.ExecutionFork:
                warned.Add(entry.Node);
                break;
            case Notice.Built { Block: { Payload: Payload.Main { Seals.Count: > 0 } } block }
                when warned.Contains(entry.Node):
                throw Broken(entry, block.View, "it builds a block with seals", "it has found an execution fork");
            case Notice.Finalized { Block: { Payload: Payload.Main { Seals: var seals } } block }
                when Cast.IsHonest(block.Proposer):
                foreach (Seal seal in seals) Judge(entry, block, seal);
                break;
        }
    }

    private void Judge(in TraceEvent entry, Block block, Seal seal)
    {
        if (seal.IsEmergency || results.TryAdd(seal.BlockId, seal.Result.Id)) return;
        if (results[seal.BlockId] != seal.Result.Id)
            throw Broken(entry, block.View, $"a result of height {seal.Height.Value} is sealed",
                "another one of the same block was sealed before");
    }
}
