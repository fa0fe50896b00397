using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim;

/// <summary>What is seen of a run: its digest with checkpoints, its probes, and whether it is over.</summary>
internal sealed class Observation(IReadOnlyList<IProbe> probes, View stop)
{
    /// <summary>Views between two checkpoints of the digest.</summary>
    private const ulong CheckpointViews = 1000;

    private readonly IProbe[] probes = [.. probes];
    private readonly INetworkProbe[] networkProbes = [.. probes.OfType<INetworkProbe>()];
    private readonly List<Checkpoint> checkpoints = [];
    private View highest;

    public TraceDigest Digest { get; } = new();

    public IReadOnlyList<Checkpoint> Checkpoints => checkpoints;

    public bool HasReachedStopView => highest >= stop;

    /// <summary>Takes a notice; its node and time are in the digest already, with the step that made it.</summary>
    public void Report(in TraceEvent entry)
    {
        entry.Notice.Into(Digest);
        if (entry.Notice is Notice.EnteredView { View: var view } && view > highest) Advance(view);
        foreach (IProbe probe in probes) probe.On(entry);
    }

    /// <summary>Whom to tell of messages; null when nobody listens, so that nothing is spent on it.</summary>
    public PassageListener? Passages => networkProbes.Length == 0 ? null : Report;

    public void End(SimTime at)
    {
        foreach (IProbe probe in probes) probe.End(at);
    }

    private void Report(in Passage passage)
    {
        foreach (INetworkProbe probe in networkProbes) probe.On(passage);
    }

    private void Advance(View view)
    {
        ulong passed = view.Value / CheckpointViews;
        if (highest.Value > 0 && passed > highest.Value / CheckpointViews)
            checkpoints.Add(new Checkpoint(new View(passed * CheckpointViews), Digest.Text));
        highest = view;
    }
}
