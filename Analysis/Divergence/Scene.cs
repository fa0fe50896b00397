using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Upgrades;

namespace FlowSim.Analysis.Divergence;

/// <summary>What recorders of divergence know of the run so far; each notice is in it before they hear of it.</summary>
public sealed class Scene
{
    private static readonly SimDuration Grace = SimDuration.FromSeconds(60);

    private readonly bool[] isUp;
    private readonly int[] images;
    private readonly SimTime?[] passed;
    private readonly Height?[] announced;
    private readonly Height?[] firsts;
    private readonly Specification specification;

    public Scene(RunSpec run)
    {
        Run = run;
        specification = Specification.Of(run);
        isUp = new bool[run.Nodes.Count];
        images = new int[run.Nodes.Count];
        for (int node = 0; node < images.Length && node < run.Upgrade!.Initial.Count; node++)
            images[node] = run.Upgrade.Initial[node];
        passed = new SimTime?[specification.Changes.Count];
        announced = new Height?[passed.Length];
        firsts = new Height?[passed.Length];
        for (int i = 0; i < firsts.Length; i++)
            firsts[i] = (specification.Changes[i] as SpecifiedChange.FromHeight)?.Height;
        Lineage = new Lineage(specification, new Luck(run.Seed).For("sensitive chunk"));
        Availability = new Availability(run.Nodes.Count);
    }

    public RunSpec Run { get; }

    public Specification Specification => specification;

    public Lineage Lineage { get; }

    public Availability Availability { get; }

    /// <summary>The highest final height anywhere.</summary>
    public Height Final { get; private set; }

    /// <summary>The highest height whose seal is final anywhere.</summary>
    public Height Sealed { get; private set; }

    /// <summary>The highest height that anybody has executed.</summary>
    public Height Executed { get; private set; }

    /// <summary>The root of the last spork; null when there was none.</summary>
    public Block? Root { get; private set; }

    /// <summary>How many of the changes a final block is beyond.</summary>
    public int Passed { get; private set; }

    /// <summary>Version boundaries whose announcement is sealed, as last heard.</summary>
    public IReadOnlyList<VersionBoundary> Boundaries { get; private set; } = [];

    public Role RoleOf(int node) => Run.Nodes[node].Role;

    public bool IsUp(int node) => isUp[node];

    /// <summary>The number of the image that a node's present or last process runs.</summary>
    public int ImageOf(int node) => images[node];

    /// <summary>How a node executes a block.</summary>
    public Behaviour BehaviourOf(int node, CommittedState? state) =>
        Run.Upgrade!.Images[images[node]].BehaviourFor(Specification.VersionOf(state));

    /// <summary>The changes as the network stands to them.</summary>
    public IReadOnlyList<Trigger> Triggers()
    {
        var triggers = new Trigger[passed.Length];
        for (int i = 0; i < triggers.Length; i++)
            triggers[i] = new Trigger(specification.Changes[i], firsts[i], passed[i] is not null, announced[i]);
        return triggers;
    }

    /// <summary>Nodes that are up with an image that is not meant for what a final block has been beyond for a minute.
    /// </summary>
    public int OutdatedNodes(SimTime at)
    {
        SpecifiedChange? last = null;
        for (int i = 0; i < passed.Length; i++)
        {
            if (passed[i] is { } since && since + Grace <= at) last = specification.Changes[i];
        }

        if (last is null) return 0;
        int count = 0;
        for (int node = 0; node < isUp.Length; node++)
            count += isUp[node] && !specification.IsNewFor(last, images[node]) ? 1 : 0;
        return count;
    }

    internal void Up(int node) => isUp[node] = true;

    internal void Down(int node) => isUp[node] = false;

    internal void Runs(int node, int image) => images[node] = image;

    internal void HasExecuted(Height height)
    {
        if (height > Executed) Executed = height;
    }

    /// <summary>A block became final, which no node had at its height.</summary>
    internal void Finalized(Block block, SimTime at)
    {
        Final = block.Height;
        Availability.Finality.Advance(at);
        Pass(block, at);
    }

    /// <summary>A spork: what it makes final and seals is so by decree, and no progress of the network's.</summary>
    internal void BegunAnew(Notice.Sporked spork, SimTime at)
    {
        Root = spork.Root;
        Final = spork.Root.Height;
        Sealed = ((Payload.Main)spork.Root.Payload!).LastSeal.Height;
        specification.Learn(spork.FirstExecuted);
        for (int i = 0; i < firsts.Length; i++)
            if (specification.Changes[i] is SpecifiedChange.FromRoot) firsts[i] = spork.FirstExecuted;
        Pass(spork.Root, at);
    }

    private void Pass(Block block, SimTime at)
    {
        ulong version = Specification.VersionOf(block.State);
        for (int i = 0; i < passed.Length; i++)
        {
            if (passed[i] is not null || !specification.Applies(specification.Changes[i], block.Height, version))
                continue;
            passed[i] = at;
            firsts[i] ??= block.Height;
            Passed++;
        }
    }

    /// <summary>A seal became final, which none was at its height.</summary>
    internal void SealFinalized(Seal seal, Block within, SimTime at)
    {
        Sealed = seal.Height;
        Availability.Sealing.Advance(at);
        foreach (ServiceEvent emitted in seal.Result.ServiceEvents)
        {
            if (emitted is ServiceEvent.VersionBeacon beacon) Boundaries = beacon.Boundaries;
            for (int i = 0; i < announced.Length; i++)
            {
                if (Announces(emitted, specification.Changes[i])) announced[i] ??= within.Height;
            }
        }
    }

    private static bool Announces(ServiceEvent emitted, SpecifiedChange change)
    {
        if (emitted is ServiceEvent.ProtocolStateVersionUpgrade upgrade)
            return change is SpecifiedChange.FromVersion version && version.Version == upgrade.NewVersion;
        if (emitted is not ServiceEvent.VersionBeacon beacon
            || change is not SpecifiedChange.FromHeight height) return false;
        foreach (VersionBoundary boundary in beacon.Boundaries)
        {
            if (boundary.Height == height.Height) return true;
        }

        return false;
    }
}
