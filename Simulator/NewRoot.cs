using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.Executing;
using FlowSim.HotStuff;
using FlowSim.ProtocolState;
using FlowSim.Upgrades;

namespace FlowSim;

/// <summary>The root from which a network begins anew at a spork, out of what all nodes left on their disks.</summary>
/// <remarks>
/// <para>A block on top of the newest one that is final anywhere, so that nothing final is lost and no height gets two
/// final blocks. It seals, as operators decide and without approvals, what any execution node has executed of the final
/// chain, so that nobody executes again what others executed by the old software: the execution state carries over, and
/// what is final above it is executed after the spork. Where execution nodes differ it takes the result of most. Its
/// view is above any that anybody was in: a node that begins after it signs twice in no view, with its safety data or
/// without, and what is still under way from before is past.</para>
/// <para>A real spork roots at a sealed block that was chosen beforehand, lets what is not sealed go, migrates the
/// execution state, and makes a root block of a new chain with a quorum certificate of all its nodes. Views begin at 0
/// and a new epoch begins with other clusters and keys (flow-go cmd/bootstrap, state/protocol/badger/state.go). Here
/// the epoch goes on, and with it clusters, keys, and the controllers' target, for which it is late after the
/// outage.</para>
/// </remarks>
internal static class NewRoot
{
    /// <summary>Puts the root onto a chain, and gives the snapshot that all start from.</summary>
    /// <param name="chain">The highest finalized chain of any node; the root is appended to it.</param>
    /// <param name="disks">What all nodes left; null of those that never ran.</param>
    /// <param name="beacons">The version beacons that a node of that chain has indexed.</param>
    /// <param name="knowledge">Which of them the snapshot tells.</param>
    /// <param name="support">What the software handles that went on with the chain until now.</param>
    /// <exception cref="ProtocolStateException">That software cannot tell the root's protocol state.</exception>
    public static Snapshot On(Ledger chain, IReadOnlyList<Disk?> disks, SealedBeacons beacons,
        BeaconKnowledge knowledge, VersionSupport support)
    {
        Block tip = chain.At(chain.Height)!.Block;
        Seal last = ((Payload.Main)tip.Payload!).LastSeal;
        List<Seal> seals = Executed(chain, disks, last);
        if (seals.Count > 0) last = seals[^1];
        View view = Highest(tip, disks).Next;
        KeyValueSnapshot state = Evolutions.Next(StateKeeper.StateOf(tip), view, seals, support).Snapshot;
        Block root = Block.RootOn(tip, view, new Payload.Main([], [], seals, last, state));
        chain.Append(new Message.Proposal(root, null));

        List<ServiceEvent> events = [];
        foreach (Seal seal in seals) events.AddRange(seal.Result.ServiceEvents);
        beacons.AddLastOf(root.Height, events);
        List<Block> segment = [];
        for (Height height = last.Height; height <= root.Height; height = height.Next)
            segment.Add(chain.At(height)!.Block);
        return new Snapshot(segment, SnapshotDesk.Told(beacons, knowledge));
    }

    /// <summary>Seals above the last one, as far as the chain is executed by anybody.</summary>
    private static List<Seal> Executed(Ledger chain, IReadOnlyList<Disk?> disks, Seal last)
    {
        List<(ExecutionResult Result, int Executor)> all = Results(chain, disks, last.Height);
        List<Seal> seals = [];
        for (Height height = last.Height.Next; height <= chain.Height; height = height.Next)
        {
            BlockId block = chain.At(height)!.Block.Id;
            if (OfMost(all.FindAll(one => one.Result.BlockId == block && one.Result.PreviousId == last.Result.Id))
                is not { } result) break;
            last = new Seal(block, height, result);
            seals.Add(last);
        }

        return seals;
    }

    /// <summary>Who came to what above a height, as their disks and the chain's receipts say, by node.</summary>
    private static List<(ExecutionResult Result, int Executor)> Results(
        Ledger chain, IReadOnlyList<Disk?> disks, Height above)
    {
        List<(ExecutionResult, int)> all = [];
        for (int node = 0; node < disks.Count; node++)
        {
            if ((disks[node]?.Engine as KeeperDisk)?.Role is not ExecutionDisk executor) continue;
            foreach (ExecutionDisk.Entry entry in executor.Blocks)
                if (entry.Result is { } own && own.Height > above) all.Add((own, node));
        }

        for (Height height = above.Next; height <= chain.Height; height = height.Next)
        {
            foreach (ExecutionReceipt receipt in ((Payload.Main)chain.At(height)!.Block.Payload!).Receipts)
                if (receipt.Result.Height > above) all.Add((receipt.Result, receipt.Executor.Index));
        }

        return all;
    }

    /// <summary>The result of most nodes; of equals the one that is named first.</summary>
    private static ExecutionResult? OfMost(List<(ExecutionResult Result, int Executor)> results)
    {
        (ExecutionResult? best, int most) = (null, 0);
        foreach ((ExecutionResult result, _) in results)
        {
            HashSet<int> executors = [];
            foreach ((ExecutionResult other, int executor) in results)
                if (other.Id == result.Id) executors.Add(executor);
            if (executors.Count > most) (best, most) = (result, executors.Count);
        }

        return best;
    }

    private static View Highest(Block tip, IReadOnlyList<Disk?> disks)
    {
        View highest = tip.View;
        foreach (Disk? disk in disks)
        {
            if (disk is null) continue;
            highest = View.Max(highest, View.Max(disk.Liveness.CurrentView, disk.Safety.HighestAcknowledgedView));
        }

        return highest;
    }
}
