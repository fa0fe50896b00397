using System;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Pipeline;
using FlowSim.Sealing;
using FlowSim.Tests.Oracles;
using NUnit.Framework;

namespace FlowSim.Tests.Sealing;

/// <summary>Each oracle about sealing ends a run with the bug that it is there for.</summary>
public sealed class SealingOracleTests
{
    private static readonly RunSpec Spec = SealingWorld.Of(views: 40);

    [Test]
    public void P2_is_broken_by_leaders_content_with_one_executor() =>
        Assert.That(Watched.Break("P2", SealingWorld.Of(executors: 1, views: 40),
            WithRules(SealingWorld.Of(executors: 1, views: 40), rules => rules with { RequiredExecutors = 1 })),
            Does.Contain("1 execution nodes came to it"));

    [Test]
    public void P2_is_broken_by_leaders_that_do_without_approvals() =>
        Assert.That(Watched.Break("P2", Spec, WithRules(Spec, rules => rules with { RequiredApprovals = 0 })),
            Does.Contain("has 0 approvals"));

    [Test]
    public void P2_is_broken_by_a_seal_that_skips_a_height() =>
        Assert.That(Watched.Break("P2", Spec, Tampered((_, payload) => payload.Seals.Count > 0
            ? payload with { Seals = [payload.Seals[^1] with { Height = payload.Seals[^1].Height.Next }] }
            : payload)), Does.Contain("is sealed before it"));

    [Test]
    public void P2_is_broken_by_a_seal_of_a_result_that_the_parent_incorporates() =>
        Assert.That(Watched.Break("P2", Spec, Tampered((parent, payload) =>
            payload.Seals.Count == 0 && parent.Payload is Payload.Main { LastSeal: var last, Receipts: var receipts }
                && receipts.FirstOrDefault(receipt => receipt.Result.PreviousId == last.Result.Id) is { } next
                ? payload with { Seals = [new Seal(next.Result.BlockId, next.Result.Height, next.Result)] }
                : payload)), Does.Contain("its first receipt is in the block's parent"));

    [Test]
    public void P2_is_broken_by_results_that_are_no_chain() =>
        Assert.That(Watched.Break("P2", Spec, Tampered((_, payload) => payload.Seals.Count > 0
            ? payload with
            {
                Seals = [payload.Seals[0] with { Result = payload.Seals[0].Result with { PreviousId = default } }],
            }
            : payload)), Does.Contain("does not build on"));

    [Test]
    public void P3_is_broken_by_a_block_that_takes_a_seal_back() =>
        Assert.That(Watched.Break("P3", Spec, SayingLastSeal(
            (block, last) => block.Height.Value == 20 ? Seal.OfRoot(Bench.Root) : last)),
            Does.Contain("was sealed before"));

    [Test]
    public void P3_is_broken_by_a_seal_of_what_is_not_final() =>
        Assert.That(Watched.Break("P3", Spec, SayingLastSeal((block, last) => last with { Height = block.Height })),
            Does.Contain("is the last final one"));

    [Test]
    public void P5_is_broken_by_another_result_for_a_sealed_block() =>
        Assert.That(Watched.Break("P5", Spec, Plant.Saying(notice =>
            notice is Notice.Finalized { Block: { Payload: Payload.Main { Seals.Count: > 0 } main } block }
                ? [notice, new Notice.Finalized(block with { Payload = main with { Seals = [Other(main.Seals[0])] } })]
                : [notice])), Does.Contain("another one of the same block"));

    [Test]
    public void P5_is_broken_by_a_node_that_goes_on_sealing_after_an_execution_fork() =>
        Assert.That(Watched.Break("P5", Spec, Plant.Saying(notice =>
            notice is Notice.Built { Block.Payload: Payload.Main { Seals: [var seal, ..] } }
                ? [new Notice.ExecutionFork(seal, Other(seal)), notice]
                : [notice])), Does.Contain("it has found an execution fork"));

    private static Seal Other(Seal seal) => seal with { Result = seal.Result with { Id = new ResultId(1) } };

    /// <summary>Consensus nodes whose rules are not those of the run.</summary>
    private static Seams WithRules(RunSpec spec, Func<SealingSpec, SealingSpec> altered)
    {
        var roster = new Roster(spec.Nodes, NodeSpec.Keys(spec.Nodes));
        var assignments = new ChunkAssignments(roster, spec.Pipeline!.Verification.PerChunk);
        var collections = new FinalizedCollections(Block.Root(spec.Epochs[0].FirstView));
        return Seams.Default with
        {
            Engine = (start, own) => own is ConsensusEngine
                ? new ConsensusEngine(start, altered(spec.Pipeline.Sealing), assignments,
                    new CollectionLedger(collections))
                : own,
        };
    }

    /// <summary>Nodes that see another last seal in the blocks that they finalize.</summary>
    private static Seams SayingLastSeal(Func<Block, Seal, Seal> seen) => Plant.Saying(notice =>
        notice is Notice.Finalized { Block: { Payload: Payload.Main main } block }
            ? [new Notice.Finalized(block with { Payload = main with { LastSeal = seen(block, main.LastSeal) } })]
            : [notice]);

    /// <summary>Leaders that change what they build, and replicas that take everything.</summary>
    private static Seams Tampered(Func<Block, Payload.Main, Payload.Main> change) =>
        Plant.Starting(start => start with { Payloads = new Tamperer(start.Payloads!, change) });

    private sealed class Tamperer(IPayloads honest, Func<Block, Payload.Main, Payload.Main> change) : IPayloads
    {
        public Payload? Build(View view, Block parent, Effects into) =>
            honest.Build(view, parent, into) is Payload.Main main ? change(parent, main) : null;

        public bool IsValid(Block block) => true;
    }
}
