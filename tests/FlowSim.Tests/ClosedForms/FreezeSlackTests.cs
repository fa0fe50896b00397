using System.Collections.Generic;
using CsCheck;
using FlowSim.Chain;
using FlowSim.Contracts;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.ClosedForms;

/// <summary>Whether a node hears of a boundary before it executes beyond it (O8), by the contract's table, the index of
/// sealed beacons and the stop control of an execution node.</summary>
/// <remarks>
/// All in blocks: an event at E is sealed at E + seal; a node finalizes what the network finalized so many blocks
/// before (lag), and executes so many blocks above what the network finalizes (ahead). What it does not say: the least
/// boundary that the contract takes lies one block beyond the freeze period, so that there is a block of slack more.
/// </remarks>
public sealed class FreezeSlackTests
{
    private const ulong Event = 20;

    private static readonly Gen<(int Freeze, int Beyond, int Seal, int Lag, int Ahead)> Any =
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 4], Gen.Int[1, 45], Gen.Int[0, 6], Gen.Int[-5, 6]);

    [Test]
    public void A_node_is_late_unless_there_is_slack()
    {
        int late = 0, inTime = 0;
        Any.Sample(at =>
        {
            int distance = at.Freeze + at.Beyond;
            bool isLate = IsLate(at.Freeze, distance, at.Seal, at.Lag, at.Ahead);
            int used = at.Seal + at.Lag + at.Ahead;
            if (isLate) late++;
            else inTime++;
            return isLate == (distance - used <= 0) && (!isLate || at.Freeze - used <= 0);
        }, iter: 2_000, threads: 1);
        Assert.That((late, inTime), Is.GreaterThan((200, 0)));
        Assert.That(inTime, Is.GreaterThan(200));
    }

    [TestCase(1, false)]
    [TestCase(0, false)]
    [TestCase(-1, true)]
    public void At_the_least_boundary_that_the_contract_takes(int slack, bool isLate)
    {
        const int freeze = 10, lag = 2, ahead = 3;
        Assert.That(IsLate(freeze, freeze + 1, freeze - lag - ahead - slack, lag, ahead), Is.EqualTo(isLate));
        Assert.That(VersionTable.Empty(freeze).Set(Boundary(Event + freeze), new Height(Event)).IsDirty, Is.False);
    }

    /// <summary>Whether a node with the old version executes a block at the boundary.</summary>
    private static bool IsLate(int freeze, int distance, int seal, int lag, int ahead)
    {
        ulong boundary = Event + (ulong)distance;
        ServiceEvent.VersionBeacon beacon = VersionTable.Empty((ulong)freeze)
            .Set(Boundary(boundary), new Height(Event)).Heartbeat(new Height(Event)).Beacon!;
        var node = new Node();
        for (int final = 1; final < (int)boundary + 60; final++)
        {
            for (int height = node.Executed + 1; height <= final + ahead; height++) node.Execute(height);
            if (final - lag > 0)
                node.Finalize(final - lag, final - lag == (int)Event + seal ? [beacon] : []);
        }

        return node.Executed >= (int)boundary;
    }

    private static VersionBoundary Boundary(ulong height) => new(new Height(height), "2.0.0");

    /// <summary>An execution node's knowledge on one chain of blocks, named by their heights.</summary>
    private sealed class Node : IExecutionKnowledge
    {
        private readonly SealedBeacons beacons = new();
        private StopControl control = new(SemanticVersion.Parse("1.0.0"));
        private int final;

        public int Executed { get; private set; }

        public void Execute(int height)
        {
            if (!control.MayExecute(new Height((ulong)height), out control)) return;
            Executed = height;
            control = control.Executed(Id(height), new Height((ulong)height)).Control;
        }

        public void Finalize(int height, IReadOnlyList<ServiceEvent> events)
        {
            final = height;
            beacons.AddLastOf(new Height((ulong)height), events);
            control = control.Finalized(new Height((ulong)height), Id(height - 1), this).Control;
        }

        public SealedBeacon? Highest(Height height) => beacons.Highest(height);

        public BlockId? FinalizedAt(Height height) => height.Value <= (ulong)final ? Id((int)height.Value) : null;

        public bool IsExecuted(BlockId block) => block.Value <= (ulong)Executed;

        private static BlockId Id(int height) => new((ulong)height);
    }
}
