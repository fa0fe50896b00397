using System;
using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Epochs;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.Pipeline;
using FlowSim.ProtocolState;
using FlowSim.Tests.ProtocolState;

namespace FlowSim.Tests.Epochs;

/// <summary>Epoch parts over a chain of one block a second, with contracts and a network that may fail.</summary>
/// <remarks>Epoch 1 begins at view 100 and is set up for epoch 2 in view 105. A block executes the calls that reached
/// access nodes before it, and seals the one five views below.</remarks>
internal sealed class EpochNet
{
    public const ulong First = 100;
    public const ulong SetupAt = 105;
    public const ulong End1 = 165;
    public const ulong End2 = 225;
    public const ulong End3 = 285;

    private readonly PriorityQueue<Action, (SimTime At, long Order)> agenda = new();
    private readonly List<Block> chain = [];
    private readonly Dictionary<BlockId, SomeContracts> executed = [];
    private readonly IEpochPart?[] parts;
    private readonly object?[] saved;
    private readonly int[] heights;
    private readonly long[] timers;
    private readonly bool[] exited;
    private readonly Effects effects = new();
    private readonly Roster roster;
    private readonly Participant[] members;
    private readonly NodeSpec[] specs;
    private SomeContracts contracts = SomeContracts.Empty;
    private SimTime now;
    private long order;

    /// <param name="participants">Consensus nodes.</param>
    /// <param name="clusterless">A collection node that epoch 2 leaves out.</param>
    public EpochNet(int participants, int clusterless = -1)
    {
        Participants = participants;
        Role[] roles =
        [
            .. Enumerable.Repeat(Role.Consensus, participants), Role.Execution, Role.Execution, Role.Access,
            Role.Access, Role.Collection, Role.Collection, Role.Verification,
        ];
        members = [.. roles.Select((role, i) => new Participant(new NodeId(i), role, 100))];
        specs = [.. roles.Select((role, i) => new NodeSpec($"n{i}", role, 100, 0, "operator"))];
        roster = new Roster(specs, NodeSpec.Keys(specs));
        parts = new IEpochPart[specs.Length];
        saved = new object?[specs.Length];
        heights = new int[specs.Length];
        timers = new long[specs.Length];
        exited = new bool[specs.Length];
        Setup2 = SomeEpochs.Setup(2, SomeEpochs.Final + 1,
            [.. members.Where(member => member.Id.Index != clusterless)]);
        chain.Add(Block.Root(new View(First), Root(), contracts));
        executed.Add(chain[0].Id, contracts);
    }

    public int Participants { get; }

    public ulong Seed { get; init; } = 1;

    public DkgSpec Dkg { get; init; } = DkgSpec.FlowGo;

    /// <summary>Whether a message is lost.</summary>
    public Func<NodeId, NodeId, Message, bool> Loses { get; init; } = (_, _, _) => false;

    /// <summary>When a node's process is not up: views.</summary>
    public (int Node, ulong From, ulong To)[] Down { get; init; } = [];

    /// <summary>Which node finalizes blocks so many views late.</summary>
    public (int Node, int Views) Lags { get; init; }

    /// <summary>Which node's keys are deleted, and in which view.</summary>
    public (int Node, ulong At) Forgets { get; init; }

    /// <summary>Service events sealed beside those of the preparation of epoch 2.</summary>
    public Dictionary<ulong, ServiceEvent> Events { get; init; } = [];

    /// <summary>Whether the contracts commit epoch 2 five views after enough equal results.</summary>
    public bool Commits { get; init; } = true;

    public ServiceEvent.EpochSetup Setup2 { get; }

    public SomeContracts Contracts => contracts;

    public List<(int Node, Notice Notice)> Notices { get; } = [];

    public List<(ulong View, NodeId From, NodeId To, Message Message)> Sent { get; } = [];

    /// <summary>The first vector that a dealer sent, lost or not.</summary>
    public ContractCall.DkgPost VectorOf(NodeId dealer) => Sent.Where(sent => sent.From == dealer)
        .Select(sent => sent.Message).OfType<Message.Pipeline.NodeCall>().Select(call => call.Call)
        .OfType<ContractCall.DkgPost>().First(post => post.Kind == DkgPostKind.Vector);

    public NodeId Collector => new(Participants + 4);

    private KeyValueSnapshot State => (KeyValueSnapshot)((Payload.Main)chain[^1].Payload!).State!;

    private View Tip => chain[^1].View;

    public bool IsUp(int node) => parts[node] is not null;

    public DkgPart Part(int node) => (DkgPart)parts[node]!;

    /// <summary>What a node's key generation for epoch 2 came to; null when it did not end.</summary>
    public Notice.DkgEnded? Ended(int node) =>
        Notices.Where(n => n.Node == node).Select(n => n.Notice).OfType<Notice.DkgEnded>().LastOrDefault();

    public ulong[] Keys(params IEnumerable<int> nodes) => [.. nodes.Select(node => Ended(node)?.GroupKey ?? 0)];

    /// <summary>How far below the tip the blocks lie that consensus nodes ask about.</summary>
    public IEnumerable<ulong> Depths => Sent.Where(sent => sent.From.Index < Participants)
        .Where(sent => sent.Message is Message.Pipeline.ContractQuery)
        .Select(sent => sent.View - chain.Single(
            block => block.Id == ((Message.Pipeline.ContractQuery)sent.Message).BlockId).View.Value);

    public EpochNet Run(ulong upTo = 320)
    {
        foreach (int node in Enumerable.Range(0, specs.Length).Where(node => !IsDown(node, First))) Start(node);
        while (Tip.Value < upTo)
        {
            SimTime next = At(Tip.Value + 1);
            while (agenda.TryPeek(out Action? action, out (SimTime At, long Order) due) && due.At < next)
            {
                agenda.Dequeue();
                now = due.At;
                action();
            }

            now = next;
            Grow();
        }

        return this;
    }

    private static SimTime At(ulong view) => SimTime.FromSeconds((long)(view - First));

    private bool IsDown(int node, ulong view) =>
        Array.Exists(Down, down => down.Node == node && down.From <= view && view < down.To);

    private KeyValueSnapshot Root()
    {
        ServiceEvent.EpochSetup setup = SomeEpochs.Setup(1, First, members);
        setup = setup with
        {
            Views = setup.Views with
            {
                Phase1Final = new View(End1), Phase2Final = new View(End2), Phase3Final = new View(End3),
            },
        };
        return SomeEpochs.In(EpochPhase.Staking) with
        {
            Epochs = new EpochState(null, EpochEntry.Of(setup, SomeEpochs.Commit(setup)), null, false),
        };
    }

    private void Grow()
    {
        Block parent = chain[^1];
        ulong view = parent.View.Value + 1;
        List<ServiceEvent> events = [];
        if (view == SetupAt) events.Add(Setup2);
        if (Commits && Commit() is { } commit) events.Add(commit);
        if (Events.TryGetValue(view, out ServiceEvent? planned)) events.Add(planned);
        KeyValueSnapshot state = Evolution.Next(
            State, new View(view), [new SealedEvents(new Height(1), events)], VersionSupport.FlowGo).Snapshot;
        Block last = chain[int.Max(0, chain.Count - 5)];
        var seal = new Seal(last.Id, last.Height, ExecutionResult.OfRoot(last));
        Block block = Block.On(new View(view), parent, QuorumCertificate.Trusted(parent.View, parent.Id),
            new NodeId(0), 0, new Payload.Main([], [], [], seal, state));
        chain.Add(block);
        executed.Add(block.Id, contracts);
        if (view == Forgets.At) Part(Forgets.Node).Forget();
        for (int node = 0; node < specs.Length; node++)
        {
            if (IsDown(node, view)) Stop(node);
            else if (parts[node] is null && !exited[node]) Start(node);
            CatchUp(node);
        }
    }

    private ServiceEvent.EpochCommit? Commit()
    {
        if (State.Epochs.Phase != EpochPhase.Setup) return null;
        SomeContracts seen = executed[chain[int.Max(0, chain.Count - 5)].Id];
        var winner = seen.Results.Distinct().Where(r => r.GroupKey != 0).GroupBy(r => r.GroupKey)
            .FirstOrDefault(group => group.Count() > (Participants - 1) / 2);
        return winner is null ? null : SomeEpochs.Commit(Setup2) with { GroupKey = winner.Key };
    }

    private void Stop(int node)
    {
        if (parts[node] is null) return;
        saved[node] = parts[node]!.Saved;
        parts[node] = null;
        timers[node]++;
    }

    private void Start(int node)
    {
        bool isRestart = saved[node] is not null || heights[node] > 0;
        var start = new EngineStart(new NodeId(node), chain[0],
            Disk.Bootstrapped(chain[0]) with { Finalized = chain[heights[node]] }, isRestart,
            new Ledger(new Archive(chain[0], specs.Length)), roster, new Luck(Seed));
        parts[node] = specs[node].Role switch
        {
            Role.Consensus => new DkgPart(start, Dkg, contracts,
                (BeaconKeys?)saved[node] ?? BeaconKeys.AtRoot(start.Self, Root())),
            Role.Collection => new RootVotePart(start, RootVoteSpec.FlowGo, contracts),
            _ => null,
        };
        if (parts[node] is not { } part) return;
        part.Start(now, effects);
        CarryOut(node);
    }

    private void CatchUp(int node)
    {
        int known = chain.Count - 1 - (Lags.Node == node ? Lags.Views : 0);
        while (parts[node] is { } part && heights[node] < known)
        {
            var before = ((Payload.Main)chain[heights[node]].Payload!).State!;
            heights[node]++;
            part.Finalized(now, chain[heights[node]], before, effects);
            CarryOut(node);
        }
    }

    private void CarryOut(int node)
    {
        Effect[] all = [.. Enumerable.Range(0, effects.Count).Select(i => effects[i])];
        effects.Clear();
        foreach (Effect effect in all)
        {
            switch (effect.Kind)
            {
                case EffectKind.Send:
                    Send(new NodeId(node), effect.To, (Message)effect.Payload!);
                    break;
                case EffectKind.SetEngineTimer:
                    SetTimer(node, effect.At);
                    break;
                case EffectKind.Report:
                    Notices.Add((node, (Notice)effect.Payload!));
                    break;
                case EffectKind.Exit:
                    Stop(node);
                    exited[node] = true;
                    break;
            }
        }
    }

    private void SetTimer(int node, SimTime at)
    {
        long timer = ++timers[node];
        Plan(SimTime.Max(at, now), () =>
        {
            if (timers[node] != timer || parts[node] is not { } part) return;
            part.OnTimer(now, effects);
            CarryOut(node);
        });
    }

    private void Plan(SimTime at, Action action) => agenda.Enqueue(action, (at, order++));

    private void Send(NodeId from, NodeId to, Message message)
    {
        Sent.Add((Tip.Value, from, to, message));
        if (!Loses(from, to, message))
            Plan(now + SimDuration.FromMilliseconds(100), () => Arrive(from, to, message));
    }

    private void Arrive(NodeId from, NodeId to, Message message)
    {
        switch (message)
        {
            case Message.Pipeline.NodeCall call:
                contracts = new SomeContracts([.. contracts.Calls, call.Call]);
                break;
            case Message.Pipeline.ContractQuery query:
                Send(to, from, new Message.Pipeline.ContractAnswer(
                    query.BlockId, executed.GetValueOrDefault(query.BlockId), query.Nonce));
                break;
            default:
                if (parts[to.Index] is not { } part) break;
                part.Receive(now, from, message, effects);
                CarryOut(to.Index);
                break;
        }
    }
}
