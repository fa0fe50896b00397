using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Kernel;
using FlowSim.ProtocolState;

namespace FlowSim.Tests.Worlds;

/// <summary>What became of the epochs of a run, as the first node to finalize each block has it.</summary>
internal sealed class EpochLife : IProbe
{
    private readonly List<TraceEvent> heard = [];
    private readonly List<Block> chain = [];
    private readonly HashSet<BlockId> changed = [];

    public string Digest { get; private set; } = "";

    /// <summary>Changes by the block that makes them.</summary>
    public List<(EpochChange Change, Block Block, SimTime At)> Changes { get; } = [];

    /// <summary>Final blocks by height.</summary>
    public IReadOnlyList<Block> Chain => chain;

    public Block Head => chain[^1];

    public EpochState Epochs => ((KeyValueSnapshot)Head.State!).Epochs;

    public static EpochLife Of(RunSpec spec, Seams? seams = null)
    {
        var life = new EpochLife();
        life.Digest = Simulation.Run(spec, [life], seams).Digest;
        return life;
    }

    public void On(in TraceEvent entry)
    {
        if (entry.Notice is not (Notice.EnteredView or Notice.Incorporated)) heard.Add(entry);
        switch (entry.Notice)
        {
            case Notice.Finalized { Block: var block } when chain.Count == 0 || block.Height > chain[^1].Height:
                chain.Add(block);
                break;
            case Notice.StateChanged change when changed.Add(change.Block.Id):
                foreach (EpochChange one in EpochChanges.Between(
                    ((KeyValueSnapshot)change.Before).Epochs, ((KeyValueSnapshot)change.After).Epochs))
                    Changes.Add((one, change.Block, entry.At));
                break;
        }
    }

    public IEnumerable<(SimTime At, int Node, T Notice)> Heard<T>() where T : Notice =>
        heard.Where(e => e.Notice is T).Select(e => (e.At, e.Node.Index, (T)e.Notice));

    public IEnumerable<EpochChange> Order => Changes.Select(change => change.Change);

    public (EpochChange Change, Block Block, SimTime At) First(EpochChange change) =>
        Changes.First(one => one.Change == change);

    /// <summary>Who voted in some views, ascending.</summary>
    public IEnumerable<int> Voters(ulong first, ulong final) => Heard<Notice.Voted>()
        .Where(e => e.Notice.Vote.View.Value >= first && e.Notice.Vote.View.Value <= final)
        .Select(e => e.Node).Distinct().Order();

    /// <summary>The view of the last block that is final at a node; 0 for none.</summary>
    public ulong FinalViewOf(int node) => Heard<Notice.Finalized>().Where(e => e.Node == node)
        .Select(e => e.Notice.Block.View.Value).LastOrDefault(0UL);

    /// <summary>What the chain made of the events of a kind, in its order.</summary>
    public IEnumerable<(EventVerdict Verdict, EpochEventFault Fault, Block Block)> Judged<T>() where T : ServiceEvent =>
        Heard<Notice.ServiceEventJudged>().Where(e => e.Notice.Event is T)
            .Select(e => ((EventVerdict)e.Notice.Verdict, (EpochEventFault)e.Notice.Fault, e.Notice.Block))
            .Distinct();
}
