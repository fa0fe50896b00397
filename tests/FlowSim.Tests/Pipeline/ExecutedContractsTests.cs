using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Contracts;
using FlowSim.Executing;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using FlowSim.ProtocolState;
using FlowSim.Tests.Contracts;
using NUnit.Framework;

namespace FlowSim.Tests.Pipeline;

/// <summary>System contracts on their way through an execution node. Executors are nodes 10 and 11 of SomeContracts.
/// </summary>
public sealed class ExecutedContractsTests
{
    private static readonly Luck.Purpose Sensitivity = new Luck(1).For("sensitive chunk");
    private static readonly KeyValueSnapshot State = StateOf(SomeContracts.Planner);
    private static readonly Block Root = Block.Root(default, State, SomeContracts.Root);

    [Test]
    public void Calls_of_a_blocks_transactions_run_in_order_on_the_parents_contracts()
    {
        Collection first = Collected(1, SomeContracts.Set(2_000, "1.0.0"), null);
        Collection second = Collected(2, SomeContracts.Set(2_000, "1.0.1"));
        Block block = On(Root, State, first, second);
        Block child = On(block, State);
        Driven node = Node().Certify(block, child)
            .Hear(new Message.Pipeline.CollectionResponse([second, first], 0)).FinishAll();

        ExecutionResult[] results = [.. node.Said<Notice.Executed>().Select(e => e.Result)];
        var beacon = (ServiceEvent.VersionBeacon)results[0].ServiceEvents.Single();
        Assert.Multiple(() =>
        {
            Assert.That(beacon.Boundaries[1], Is.EqualTo(new VersionBoundary(new Height(2_000), "1.0.1")));
            Assert.That(node.Said<Notice.ServiceEventEmitted>().Select(e => (e.Block, e.Event)),
                Is.EqualTo(new[] { (block, (ServiceEvent)beacon) }));
            Assert.That(results[1].ServiceEvents, Is.Empty);
            Assert.That(((SystemContracts)results[1].Contracts!).Versions.Sequence, Is.EqualTo(1));
            Assert.That(results[0].State, Is.SameAs(State));
        });
    }

    [Test]
    public void A_behaviour_alters_commitments_and_no_event()
    {
        Block block = On(Root, State, Collected(1, SomeContracts.Set(2_000, "1.0.0")));
        ExecutionResult Of(Behaviour behaviour) => Node(behaviour: behaviour).Certify(block)
            .Hear(new Message.Pipeline.CollectionResponse([Collected(1, SomeContracts.Set(2_000, "1.0.0"))], 0))
            .FinishAll().Said<Notice.Executed>().Single().Result;
        (ExecutionResult right, ExecutionResult wrong) = (Of(Behaviour.Specified), Of(new Behaviour(7, 1_000_000_000)));
        Assert.That(wrong.End, Is.Not.EqualTo(right.End));
        Assert.That(wrong.ServiceEvents.Select(e => e.Key), Is.EqualTo(right.ServiceEvents.Select(e => e.Key)));
    }

    [Test]
    public void A_question_about_contracts_is_answered_as_of_the_block_or_with_nothing()
    {
        Block block = On(Root, State);
        Driven node = Node();
        var query = new Message.Pipeline.ContractQuery(block.Id, 5);
        Assert.That(node.Engine.WorthOf(query), Is.EqualTo(Worth.Reading));
        node.Hear(query, 3).Certify(block).FinishAll().Hear(query, 3);
        ExecutionResult result = node.Said<Notice.Executed>().Single().Result;
        Assert.That(node.SentOf<Message.Pipeline.ContractAnswer>().Select(s => (s.To, s.Message)), Is.EqualTo(new[]
        {
            (new NodeId(3), new Message.Pipeline.ContractAnswer(block.Id, null, 5)),
            (new NodeId(3), new Message.Pipeline.ContractAnswer(block.Id, result.Contracts, 5)),
        }));
    }

    /// <remarks>Thirty blocks, of which results are served 3 heights below the sealed one.</remarks>
    [TestCase(10UL, 19UL)]
    [TestCase(2UL, 27UL)]
    [TestCase(1_000UL, 1UL)]
    public void Contracts_can_be_read_some_heights_below_the_sealed_one(ulong heights, ulong lowest)
    {
        ExecutionSpec spec = ExecutionSpec.FlowGo with { ServedHeights = 3, ScriptHeights = heights };
        Driven node = Node(spec: spec);
        List<Block> chain = [];
        for (Seal seal = Seal.OfRoot(Root); chain.Count < 30;)
        {
            chain.Add(On(chain.Count > 0 ? chain[^1] : Root, State, seal));
            node.Certify(chain[^1]).FinishAll().Finalize(chain[^1]);
            ExecutionResult result = node.Said<Notice.Executed>().Last().Result;
            seal = new Seal(result.BlockId, result.Height, result);
        }

        AssertReadable(node);
        AssertReadable(Node(written: node.Engine.Saved, spec: spec).FinishAll());

        void AssertReadable(Driven asked)
        {
            foreach (Block block in chain) asked.Hear(new Message.Pipeline.ContractQuery(block.Id, 5), 3);
            Assert.That(asked.SentOf<Message.Pipeline.ContractAnswer>()
                .Select(sent => sent.Message).Zip(chain)
                .Where(pair => pair.First.Contracts is not null).Select(pair => pair.Second.Height.Value),
                Is.EqualTo(chain.Select(block => block.Height.Value).Where(height => height >= lowest)));
        }
    }

    [Test]
    public void A_node_that_is_no_executor_as_of_a_block_keeps_its_receipt_to_itself()
    {
        NodeSpec[] nodes = [.. SomeContracts.Nodes];
        nodes[11] = nodes[11] with { FirstEpoch = 1 };
        KeyValueSnapshot without = StateOf(SomeContracts.Planned(nodes));
        Block block = On(Root, without);
        Driven node = Node(self: 11).Certify(block, On(block, State)).FinishAll();
        Assert.That(node.Said<Notice.Executed>().Count(), Is.EqualTo(2));
        Assert.That(node.Multicasts.Select(m => ((Message.Pipeline.Receipt)m.Message).Signed.Result.BlockId).Distinct(),
            Has.Exactly(1).Items.And.None.EqualTo(block.Id));
        Assert.That(Node(self: 10).Certify(block).FinishAll().Multicasts, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_restarted_node_goes_on_from_the_contracts_on_its_disk()
    {
        Block block = On(Root, State, Collected(1, SomeContracts.Set(2_000, "1.0.0")));
        Driven node = Node().Certify(block)
            .Hear(new Message.Pipeline.CollectionResponse([Collected(1, SomeContracts.Set(2_000, "1.0.0"))], 0))
            .FinishAll();
        Driven again = Node(written: node.Engine.Saved).FinishAll().Certify(On(block, State)).FinishAll();
        Assert.That(((SystemContracts)again.Said<Notice.Executed>().Single().Result.Contracts!).Versions.Sequence,
            Is.EqualTo(1));
    }

    private static KeyValueSnapshot StateOf(EpochPlanner planner)
    {
        ServiceEvent.EpochSetup setup = SomeContracts.RootOf(planner).Clock.Current;
        return new KeyValueSnapshot(KeyValueSnapshot.DefaultVersion, null,
            new EpochState(null, EpochEntry.Of(setup, EpochPlanner.RootCommit(setup)), null, false), 50, 10);
    }

    private static Collection Collected(ulong id, params ContractCall?[] calls) => Collection.Of(
        [.. calls.Select((call, i) => new Transaction(new TransactionId(Mix64.Then(id, (ulong)i)), Root.Id, default,
            1_000, 10, call))], Root.Id, default);

    private static Block On(Block parent, KeyValueSnapshot state, params Collection[] collections) =>
        On(parent, state, Seal.OfRoot(Root), collections);

    private static Block On(Block parent, KeyValueSnapshot state, Seal lastSeal, params Collection[] collections) =>
        Block.On(parent.View.Next, parent, QuorumCertificate.Trusted(parent.View, parent.Id), new NodeId(0), 0,
            new Payload.Main(
                [.. collections.Select(c => new Guarantee(c.Id, Root.Id, default, default, [new NodeId(4)]))],
                [], [], lastSeal, state));

    private static Driven Node(int self = 10, Behaviour behaviour = default, object? written = null,
        ExecutionSpec? spec = null)
    {
        var roster = new FlowSim.Pipeline.Roster(SomeContracts.Nodes, NodeSpec.Keys(SomeContracts.Nodes));
        var start = new FlowSim.Pipeline.EngineStart(new NodeId(self), Root,
            Disk.Bootstrapped(Root) with { Engine = written }, written is not null,
            new Ledger(new Archive(Root, SomeContracts.Nodes.Length)), roster, new Luck(1));
        return new Driven(new ExecutionEngine(start, spec ?? ExecutionSpec.FlowGo, behaviour, Sensitivity)).Start();
    }
}
