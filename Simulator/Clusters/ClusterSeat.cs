using System.Diagnostics;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Clusters;

/// <summary>A node's seat in one cluster: a replica of the cluster's own chain, in the cluster's envelope.</summary>
/// <remarks>
/// What the replica says to its committee goes to the members of the cluster, and at once to itself: a message to
/// oneself needs no network.
/// </remarks>
public sealed class ClusterSeat
{
    private readonly Replica replica;
    private readonly SeatDisk start;
    private readonly NodeId self;
    private readonly Audience members;
    private readonly TimerKind viewTimer;
    private readonly TimerKind syncTimer;
    private readonly ClusterWords words;
    private readonly Effects meant;

    /// <param name="self">Under which identity the node signs.</param>
    /// <param name="commons">What all collection nodes share.</param>
    /// <param name="main">The main chain as the node knows it.</param>
    /// <param name="store">Where finalized collections go.</param>
    /// <param name="disk">What the node has of this chain.</param>
    /// <param name="isFirst">Whether the cluster and the run begin together.</param>
    public ClusterSeat(NodeId self, ClusterCommons commons, MainChain main, CollectionStore store, SeatDisk disk,
        bool isFirst)
    {
        this.self = self;
        start = disk;
        Epoch = commons.Plan.EpochOf(disk.Cluster);
        Chain = new ClusterChain(disk.Cluster, commons, main, store, disk);
        members = Audience.Of(disk.Cluster);
        words = commons.WordsOf(disk.Cluster);
        meant = words.Meant;
        bool isEven = Epoch % 2 == 0;
        viewTimer = isEven ? TimerKind.EvenClusterView : TimerKind.OddClusterView;
        syncTimer = isEven ? TimerKind.EvenClusterSync : TimerKind.OddClusterSync;
        replica = new Replica(new ReplicaStart(self, disk.Chain, commons.Plan.EpochsOf(disk.Cluster),
            commons.Spec.Pacemaker, commons.CruiseControl, SafetyConstants.FlowGo,
            commons.Sync(disk.Cluster, self, disk.Ledger, isFirst), Chain, Chain.Payloads));
    }

    public ClusterId Cluster => start.Cluster;

    /// <summary>The epoch that the cluster works for.</summary>
    public int Epoch { get; }

    /// <summary>What the node makes of the chain.</summary>
    public ClusterChain Chain { get; }

    /// <summary>What would be left of it if the process died now.</summary>
    public SeatDisk Disk => start with { Chain = replica.Disk };

    /// <inheritdoc cref="ICore.WorthOf"/>
    public Worth WorthOf(Message inner) => replica.WorthOf(inner);

    /// <summary>The process is up, or the cluster begins.</summary>
    public void Start(SimTime now, Effects into) => Step(now, new Input(InputKind.Started, default, null), into);

    /// <summary>A member said something, in the cluster's envelope.</summary>
    public void Receive(SimTime now, NodeId from, Message inner, Effects into) =>
        Step(now, new Input(InputKind.Received, from, inner), into);

    /// <summary>One of the cluster's timers has expired; another seat's is none of its business.</summary>
    public void OnTimer(SimTime now, TimerKind timer, Effects into)
    {
        if (timer == viewTimer) Step(now, new Input(InputKind.TimerFired, default, null), into);
        else if (timer == syncTimer) Step(now, new Input(InputKind.SyncTimerFired, default, null), into);
    }

    /// <summary>The proposal is built and its time has come.</summary>
    public void Publish(SimTime now, Job.PublishInCluster job, Effects into)
    {
        var publication = new Publication((Message.Proposal)job.Proposal.Inner, job.Target, now);
        Step(now, new Input(InputKind.PublicationDue, default, publication), into);
    }

    private void Step(SimTime now, in Input input, Effects into)
    {
        replica.Step(now, input, meant);
        for (int i = 0; i < meant.Count; i++) Translate(now, meant[i], into);
        meant.Clear();
    }

    private void Translate(SimTime now, Effect effect, Effects into)
    {
        switch (effect.Kind)
        {
            case EffectKind.Report when effect.Payload is not Notice.Pledged:
                into.Report(words.Of((Notice)effect.Payload!));
                break;
            case EffectKind.Send:
                into.Send(effect.To, Enveloped(effect));
                break;
            case EffectKind.BroadcastToConsensus or EffectKind.BroadcastToAll:
                into.Multicast(members, Enveloped(effect));
                replica.Step(now, new Input(InputKind.Received, self, effect.Payload), meant);
                break;
            case EffectKind.Publish:
                into.Begin(new Job.PublishInCluster(Enveloped(effect), effect.At));
                break;
            case EffectKind.SetTimer:
                into.SetTimer(viewTimer, effect.At);
                break;
            case EffectKind.SetSyncTimer:
                into.SetTimer(syncTimer, effect.At);
                break;
            case EffectKind.Check:
                into.Check(effect.To, Enveloped(effect));
                break;
            case EffectKind.Report or EffectKind.Multicast:
                into.Add(effect);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private Message.OfCluster Enveloped(in Effect effect) => new(Cluster, (Message)effect.Payload!);
}
