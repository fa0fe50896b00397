using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Clusters;
using FlowSim.HotStuff;

namespace FlowSim.Oracles;

/// <summary>P6: a cluster's members finalize one chain, and work on it neither before its epoch nor too long after.
/// </summary>
/// <remarks>
/// A member's time is its own: what counts is how far its main chain is final. Agreement is not owed by clusters in
/// which so much weight is faulty that two quorums may share no honest member.
/// </remarks>
public sealed class ClusterChains(Cast cast) : Oracle("P6", cast)
{
    private readonly ClusterPlan plan = new(cast.Spec, cast.Spec.Pipeline!.Clusters.Count);

    private readonly ulong expiry = cast.Spec.Pipeline.Clusters.TransactionExpiry;
    private readonly ulong[] final = new ulong[cast.Nodes];
    private readonly ulong?[] firstHeights = new ulong?[cast.Spec.Epochs.Count];
    private readonly Dictionary<int, SharedChain> chains = [];

    public override IReadOnlyList<Type> Hears { get; } =
        [typeof(Notice.Finalized), typeof(Notice.OfCluster), typeof(Notice.Bootstrapped)];

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Finalized { Block: var block }:
                final[entry.Node.Index] = block.Height.Value;
                firstHeights[plan.EpochOf(block)] ??= block.Height.Value;
                break;
            case Notice.Bootstrapped { Head: var head }:
                final[entry.Node.Index] = head.Height.Value;
                firstHeights[plan.EpochOf(head)] ??= head.Height.Value;
                break;
            case Notice.OfCluster { Cluster: var cluster, Inner: var inner }:
                if (BlockOf(inner) is not { } concerned) break;
                JudgeTime(entry, cluster, concerned);
                if (inner is Notice.Finalized) JudgeChain(entry, cluster, concerned);
                break;
        }
    }

    private static Block? BlockOf(Notice notice) => notice switch
    {
        Notice.EnteredView or Notice.Voted => null,
        Notice.Built { Block: var block } => block,
        Notice.Published { Block: var block } => block,
        Notice.Incorporated { Block: var block } => block,
        Notice.Finalized { Block: var block } => block,
        _ => null,
    };

    private void JudgeTime(in TraceEvent entry, ClusterId cluster, Block block)
    {
        int epoch = plan.EpochOf(cluster);
        ulong own = final[entry.Node.Index];
        if (epoch > 0 && (firstHeights[epoch] is not { } first || own < first))
            throw Broken(entry, block.View, $"works on cluster {cluster.Index} of epoch {epoch}",
                $"its main chain is final up to height {own}, before that epoch");
        for (int next = epoch + 1; next < firstHeights.Length; next++)
        {
            if (firstHeights[next] is not { } after || own < after + expiry) continue;
            throw Broken(entry, block.View, $"works on cluster {cluster.Index} with height {own} final",
                $"the cluster stops at height {after + expiry}");
        }
    }

    private void JudgeChain(in TraceEvent entry, ClusterId cluster, Block block)
    {
        if (!chains.TryGetValue(cluster.Index, out SharedChain? chain))
            chains.Add(cluster.Index, chain = Begun(cluster));
        if (!chain.IsOwed) return;
        int member = plan.CommitteeOf(cluster).IndexOf(Cast.IdentityOf(entry.Node));
        if (member < 0) throw Broken(entry, block.View, $"finalizes in cluster {cluster.Index}", "is no member");
        ulong expected = chain.NextOf(member);
        if (block.Height.Value != expected)
            throw Broken(entry, block.View, $"finalizes height {block.Height.Value} of cluster {cluster.Index}",
                $"the next height is {expected}");
        if (chain.Append(member, block.Id) is { } other)
            throw Broken(entry, block.View,
                $"finalizes {block.Id.Value:x16} at height {block.Height.Value} of cluster {cluster.Index}",
                $"another member finalized {other.Value:x16} there");
    }

    private SharedChain Begun(ClusterId cluster)
    {
        Committee committee = plan.CommitteeOf(cluster);
        ulong faulty = 0;
        for (int member = 0; member < committee.Size; member++)
        {
            if (!Cast.IsHonest(committee.Members[member])) faulty += committee.WeightOf(member);
        }

        return new SharedChain(committee.Size, 2 * committee.WeightToCertify > committee.TotalWeight + faulty);
    }

    /// <summary>The final blocks of a cluster above the slowest member's.</summary>
    private sealed class SharedChain(int members, bool isOwed)
    {
        private const int Batch = 1 << 10;

        private readonly ulong[] heights = new ulong[members];
        private readonly List<BlockId> blocks = [];
        private ulong forgotten;

        public bool IsOwed => isOwed;

        public ulong NextOf(int member) => heights[member] + 1;

        /// <summary>A member finalizes its next block; the other block that is final there, if there is one.</summary>
        public BlockId? Append(int member, BlockId block)
        {
            int place = (int)(heights[member]++ - forgotten);
            if (place == blocks.Count) blocks.Add(block);
            if (blocks[place] != block) return blocks[place];
            if (blocks.Count > Batch) Forget();
            return null;
        }

        private void Forget()
        {
            ulong slowest = ulong.MaxValue;
            foreach (ulong height in heights) slowest = ulong.Min(slowest, height);
            if (slowest < forgotten + Batch / 2) return;
            blocks.RemoveRange(0, (int)(slowest - forgotten));
            forgotten = slowest;
        }
    }
}
