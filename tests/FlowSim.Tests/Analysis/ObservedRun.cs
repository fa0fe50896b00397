using System.Collections.Generic;
using System.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim.Tests.Analysis;

/// <summary>
/// A run told by hand: three consensus nodes and a follower, epochs of ten views of one second.
/// </summary>
internal sealed class ObservedRun
{
    public const int Follower = 3;

    private readonly RunObserver observer;
    private readonly Dictionary<ulong, Block> blocks = [];

    public ObservedRun(ulong warmup = 0, ulong firstView = 1, params Window[] cuts)
    {
        RunSpec spec = Spec(firstView) with
        {
            LinkFaults = [.. cuts.Select(cut => new LinkFault.Cut(cut, new NodeSet(4, [0]), new NodeSet(4, [1])))],
        };
        observer = new RunObserver(new RunKey("scenario", "set", 7), spec, warmup);
    }

    public void Enter(int node, double at, ulong view, ulong from, bool byTc = false) =>
        Say(node, at, new Notice.EnteredView(new View(view), new View(from), byTc, SimDuration.Zero));

    public void EnterAll(double at, ulong view, bool byTc = false)
    {
        for (int node = 0; node < 3; node++) Enter(node, at, view, view - 1, byTc);
    }

    public void Publish(int leader, double at, ulong view, double delay = 0, ulong salt = 0) =>
        Say(leader, at, new Notice.Published(new Message.Proposal(BlockOf(view, salt), null), At(at - delay)));

    public void Finalize(int node, double at, ulong view, ulong salt = 0) =>
        Say(node, at, new Notice.Finalized(BlockOf(view, salt)));

    public void FinalizeAll(double at, ulong view)
    {
        for (int node = 0; node < 3; node++) Finalize(node, at, view);
    }

    public void Incorporate(int node, double at, ulong view) =>
        Say(node, at, new Notice.Incorporated(BlockOf(view, 0)));

    public void Observe(int node, double at, ulong view, double error, long targetMs = 800) =>
        Say(node, at, new Notice.ControllerUpdated(new ControllerObservation(
            new View(view), At(at), error, 0, 0, 0, 0, SimDuration.Zero,
            SimDuration.FromMilliseconds(targetMs))));

    public void TimeOut(int node, double at, ulong view, ulong tick = 0)
    {
        var qc = QuorumCertificate.Trusted(default, default);
        var timeout = new Message.Timeout(new View(view), qc, null, new NodeId(node), tick);
        Say(node, at, new Notice.TimedOut(timeout));
    }

    public Measurement End(double at)
    {
        observer.End(At(at));
        return observer.Measure();
    }

    public static RunSpec Spec(ulong firstView) => new()
    {
        Seed = 7,
        Nodes =
        [
            new NodeSpec("a", Role.Consensus, 100, 0, "x"),
            new NodeSpec("b", Role.Consensus, 100, 0, "x"),
            new NodeSpec("c", Role.Consensus, 100, 0, "x"),
            new NodeSpec("f", Role.Access, 100, 0, "x"),
        ],
        Network = new NetworkSpec
        {
            Regions = ["r"],
            OneWay = [[0L]],
            JitterPerMillion = Quantiles.Constant(0),
            SpikeChancePerMillion = 0,
            SpikeExtraPerMillion = 0,
            UplinkBitsPerSecond = 0,
            Sizes = new MessageSizes(0, 0, 0),
        },
        Processing = new ProcessingSpec
        {
            BuildProposal = Quantiles.Constant(0),
            ValidateProposal = Quantiles.Constant(0),
            VerifyVote = Quantiles.Constant(0),
            VerifyTimeout = Quantiles.Constant(0),
            Persist = Quantiles.Constant(0),
        },
        Epochs =
        [
            new EpochTiming(new View(firstView - 1), new View(firstView + 9), 11, 10), // the root takes a view
            new EpochTiming(new View(firstView + 10), new View(firstView + 19), 10, 20),
        ],
        Pacemaker = PacemakerConfig.ConsensusDefault,
        CruiseControl = CruiseControlConfig.Default,
        Stop = new StopCondition(new View(firstView + 12), SimTime.FromSeconds(100)),
    };

    private void Say(int node, double at, Notice notice) =>
        observer.On(new TraceEvent(At(at), new NodeId(node), notice));

    private Block BlockOf(ulong view, ulong salt)
    {
        if (blocks.TryGetValue(view * 10 + salt, out Block? known)) return known;
        var root = Block.Root(default);
        var qc = QuorumCertificate.Trusted(root.View, root.Id);
        return blocks[view * 10 + salt] = Block.On(new View(view), root, qc, new NodeId(0), salt);
    }

    private static SimTime At(double seconds) => new((long)System.Math.Round(seconds * 1e9));
}
