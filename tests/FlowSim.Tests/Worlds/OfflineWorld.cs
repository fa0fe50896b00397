using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Tests.Worlds;

/// <summary>
/// Mainnet's 94 nodes without latency or processing, a static 800 ms per view, and some nodes off from the start.
/// </summary>
/// <remarks>
/// With nothing else going on, who leads decides everything, and closed forms are exact. Static means both limits of
/// the controller at 800 ms: after a lost view the next leader still publishes at once, as flow-go does when the parent
/// is not the last block observed.
/// </remarks>
internal sealed class OfflineWorld
{
    public const int Nodes = 94;
    public const double Tau = 0.8;
    public const double Timeout = 1.045;

    private readonly bool[] isOffline = new bool[Nodes];
    private readonly KnownEpochs epochs;
    private readonly SortedDictionary<ulong, double> published = [];
    private readonly SortedDictionary<ulong, double> finalized = [];
    private readonly SortedDictionary<ulong, ulong> finalIn = [];
    private ulong newest;

    /// <param name="offline">How many nodes are off; the first by name.</param>
    /// <param name="seed">Decides the leaders.</param>
    /// <param name="views">Length of the run.</param>
    /// <param name="grows">Whether the timeout grows after failed rounds as flow-go's does.</param>
    public OfflineWorld(int offline, ulong seed, ulong views, bool grows = false)
    {
        RunSpec world = Some.World(Nodes, seed, views) with { Network = Some.Network(SimDuration.Zero) };
        RunSpec spec = world with
        {
            CruiseControl = world.CruiseControl with
            {
                MinViewDuration = SimDuration.FromMilliseconds(800),
                MaxViewDuration = SimDuration.FromMilliseconds(800),
            },
            Pacemaker = grows ? world.Pacemaker : world.Pacemaker with { HappyPathMaxRoundFailures = 1_000_000 },
            NodeFaults =
            [
                new NodeFault.Crash(new Window(SimTime.Zero, SimTime.Never),
                    new NodeSet(Nodes, Enumerable.Range(0, offline))),
            ],
            Stop = new StopCondition(new View(views + 10), SimTime.FromSeconds(3 * (long)views)),
        };
        for (int i = 0; i < offline; i++) isOffline[i] = true;
        epochs = KnownEpochs.Planned(spec.Nodes, spec.Epochs, new Luck(seed));
        Views = views;
        EndedAt = Simulation.Run(spec, [new Listener(Hear)]).EndedAt.TotalSeconds;
    }

    public ulong Views { get; }

    public double EndedAt { get; private set; }

    /// <summary>When the last counted view began.</summary>
    public double LastEntry { get; private set; }

    /// <summary>Counted views that have no block on the finalized chain.</summary>
    public IEnumerable<ulong> Lost => Counted.Where(view => !finalized.ContainsKey(view));

    /// <summary>Views that cannot have one: their leader, or whoever collects their votes, is off.</summary>
    public IEnumerable<ulong> Doomed => Counted.Where(view => IsOff(view) || IsOff(view + 1));

    /// <summary>Seconds from publication to finality of each finalized block.</summary>
    public IEnumerable<double> Finality => finalized.Select(block => block.Value - published[block.Key]);

    public int Blocks => finalized.Count;

    /// <summary>The newest view that anybody had entered when a block of a counted view became final, by its view.
    /// </summary>
    public IEnumerable<(ulong View, ulong FinalIn)> FinalIn =>
        Counted.Where(finalIn.ContainsKey).Select(view => (view, finalIn[view]));

    /// <summary>Whether so many leaders in a row are on from a view on.</summary>
    public bool IsRun(ulong view, int leaders) =>
        Enumerable.Range(0, leaders).All(i => !IsOff(view + (ulong)i));

    /// <summary>All but the root's view and the tail that finality may not have reached.</summary>
    private IEnumerable<ulong> Counted => Enumerable.Range(1, (int)Views - 100).Select(view => (ulong)view);

    private bool IsOff(ulong view) => isOffline[epochs.Leader(new View(view))!.Value.Index];

    private void Hear(TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Published { Block: var block }:
                published.TryAdd(block.View.Value, entry.At.TotalSeconds);
                break;
            case Notice.Finalized { Block: var block } when block.View.Value <= Views:
                finalized.TryAdd(block.View.Value, entry.At.TotalSeconds);
                finalIn.TryAdd(block.View.Value, newest);
                break;
            case Notice.EnteredView { View: var view } when view.Value <= Views:
                LastEntry = entry.At.TotalSeconds;
                newest = ulong.Max(newest, view.Value);
                break;
        }
    }
}
