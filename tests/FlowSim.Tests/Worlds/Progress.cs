using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.Network;

namespace FlowSim.Tests.Worlds;

/// <summary>How far each node gets: the views it enters and the views of its final blocks.</summary>
internal sealed class Progress : IProbe
{
    private readonly OneChain agreement = new();
    private readonly List<TraceEvent> heard = [];

    public static Progress Of(RunSpec spec, DeliverySchedule? schedule = null, Seams? seams = null)
    {
        var progress = new Progress();
        Simulation.Run(spec, [progress], (seams ?? Seams.Default) with { Schedule = schedule });
        return progress;
    }

    public void On(in TraceEvent entry)
    {
        agreement.On(entry);
        heard.Add(entry);
    }

    public IEnumerable<(SimTime At, int Node, T Notice)> Of<T>() where T : Notice =>
        heard.Where(e => e.Notice is T).Select(e => (e.At, e.Node.Index, (T)e.Notice));

    /// <summary>Views of a node's final blocks in order.</summary>
    public ulong[] FinalViews(int node) =>
        [.. Of<Notice.Finalized>().Where(e => e.Node == node).Select(e => e.Notice.Block.View.Value)];

    public ulong CurrentView(int node) => Of<Notice.EnteredView>().Where(e => e.Node == node)
        .Select(e => e.Notice.View.Value).LastOrDefault(1UL);

    /// <summary>The least finalized view among some nodes.</summary>
    public ulong LeastFinalView(params IEnumerable<int> nodes) =>
        nodes.Min(node => FinalViews(node).LastOrDefault(0UL));

    /// <summary>The least number of final blocks among some nodes.</summary>
    public int LeastFinalCount(params IEnumerable<int> nodes) => nodes.Min(agreement.LengthOf);
}
