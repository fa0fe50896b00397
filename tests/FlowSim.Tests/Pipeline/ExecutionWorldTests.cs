using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using NUnit.Framework;
using static FlowSim.Tests.Pipeline.ExecutionWorld;

namespace FlowSim.Tests.Pipeline;

/// <summary>Execution and verification in a whole world; sealing is left out, so nothing else decides.</summary>
public sealed class ExecutionWorldTests
{
    [Test]
    public void Every_block_is_executed_alike_by_all_once_it_is_certified()
    {
        List<TraceEvent> heard = Run(Spec);
        var certified = heard.Of<Notice.Published>().ToDictionary(p => p.Notice.Proposal.Block.ParentId, p => p.At.At);
        var executed = heard.Of<Notice.Executed>().GroupBy(e => e.Notice.Result.BlockId).ToList();
        double[][] times = [.. heard.Of<Notice.Executed>().GroupBy(e => e.At.Node.Index)
            .Select(g => g.Select(e => e.At.At.TotalSeconds).ToArray())];
        double[] startable = [.. executed.Select(g => certified[g.Key].TotalSeconds + 0.02 + 0.04)];
        Assert.Multiple(() =>
        {
            Assert.That(executed, Has.Count.GreaterThan(50));
            Assert.That(executed.SkipLast(3).Select(g => g.Count()), Is.All.EqualTo(4));
            Assert.That(executed.Select(g => g.Select(e => e.Notice.Result.Id).Distinct().Count()), Is.All.EqualTo(1));

            // A way for the child that shows the certificate, two for the collections, the parent, half a second.
            foreach (double[] node in times)
            {
                Assert.That(node, Is.EqualTo(node.Select((_, i) => 0.5
                    + (i == 0 ? startable[0] : double.Max(startable[i], node[i - 1])))).Within(1e-9));
            }
        });
    }

    [Test]
    public void Every_chunk_is_approved_by_three_within_the_tick_and_the_work()
    {
        List<TraceEvent> heard = Run(Spec);
        var brought = new Dictionary<ResultId, SimTime>();
        foreach ((TraceEvent at, Notice.Finalized notice) in heard.Of<Notice.Finalized>())
        {
            foreach (ExecutionReceipt receipt in ((Payload.Main)notice.Block.Payload!).Receipts)
                brought.TryAdd(receipt.Result.Id, at.At);
        }

        var approvals = heard.Of<Notice.Approved>()
            .GroupBy(a => (a.Notice.Approval.ResultId, a.Notice.Approval.Chunk)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(brought, Has.Count.GreaterThan(40));
            Assert.That(approvals.Count(g => g.Count() == 3), Is.GreaterThan(3 * (brought.Count - 4)));
            Assert.That(approvals.Select(g => g.Count()), Is.All.LessThanOrEqualTo(3));
            Assert.That(heard.Of<Notice.Approved>().Select(
                a => (a.At.At - brought[a.Notice.Approval.ResultId]).TotalSeconds), Is.All.InRange(0.14, 1.3));
        });
    }

    [TestCase(0L, false)]
    [TestCase(1_000_000_000L, true)]
    public void Wrong_execution_nodes_and_wrong_verifiers_show_as_their_sensitivity_has_it(long sensitivity, bool shows)
    {
        var behaviour = new Behaviour(5, sensitivity);
        List<TraceEvent> executor = Run(With(new Deviation(Set(8), behaviour)));
        List<TraceEvent> verifiers = Run(With(new Deviation(Set(12, 13), behaviour)));

        var first = executor.Of<Notice.Executed>().Where(e => e.Notice.Result.Height.Value == 1).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(first.Select(e => e.Notice.Result.Id).Distinct().Count(), Is.EqualTo(shows ? 2 : 1));
            Assert.That(executor.Of<Notice.ChunkFault>().Any(), Is.EqualTo(shows));
            Assert.That(verifiers.Of<Notice.ChunkFault>().Select(f => f.At.Node.Index).Distinct().Order(),
                Is.EqualTo(shows ? new[] { 12, 13 } : []));
            Assert.That(executor.Of<Notice.Approved>().Select(a => a.Notice.Approval.ResultId),
                Is.All.Matches<ResultId>(id => executor.Of<Notice.Executed>()
                    .Any(e => e.Notice.Result.Id == id && (e.At.Node.Index != 8 || !shows))));
        });
    }

    [Test]
    public void After_a_crash_an_execution_node_catches_up_once_its_state_is_there()
    {
        RunSpec spec = With(new NodeFault.Crash(new Window(SimTime.FromSeconds(10), SimTime.FromSeconds(15)), Set(8)))
            with { Processing = Spec.Processing with { LoadState = Quantiles.Constant(5_000_000_000) } };
        var executed = Run(spec).Of<Notice.Executed>().Where(e => e.At.Node.Index == 8)
            .Select(e => (At: e.At.At.TotalSeconds, Height: e.Notice.Result.Height.Value)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(executed.Where(e => e.At is > 10 and < 20), Is.Empty);
            Assert.That(executed.Select(e => e.Height), Is.EqualTo(
                Enumerable.Range(1, executed.Count).Select(h => (ulong)h)), "each once, none left out");
            Assert.That(executed[^1].Height, Is.GreaterThan(50));
        });
    }

    [Test]
    public void After_a_crash_a_verifier_takes_its_chunks_up_again()
    {
        List<TraceEvent> heard = Run(With(
            new NodeFault.Crash(new Window(SimTime.FromSeconds(10), SimTime.FromSeconds(20)), Set(12))));
        double[] approved = [.. heard.Of<Notice.Approved>().Where(a => a.At.Node.Index == 12)
            .Select(a => a.At.At.TotalSeconds)];
        int[] perChunk = [.. heard.Of<Notice.Approved>().Where(a => a.At.At < SimTime.FromSeconds(40))
            .GroupBy(a => (a.Notice.Approval.ResultId, a.Notice.Approval.Chunk)).Select(g => g.Count())];
        Assert.Multiple(() =>
        {
            Assert.That(approved.Where(at => at is > 10 and < 20), Is.Empty);
            Assert.That(approved.Count(at => at is > 20 and < 40), Is.GreaterThan(10));
            Assert.That(perChunk.SkipLast(12), Is.All.EqualTo(3), "none is lost");
        });
    }

    [Test]
    public void Equal_runs_have_equal_digests() => Assert.That(
        Simulation.Run(Spec, [], Seams()).Digest, Is.EqualTo(Simulation.Run(Spec, [], Seams()).Digest));
}
