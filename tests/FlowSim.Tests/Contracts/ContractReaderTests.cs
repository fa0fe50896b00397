using FlowSim.Chain;
using FlowSim.Contracts;
using FlowSim.Epochs;
using NUnit.Framework;
using static FlowSim.Tests.Contracts.SomeContracts;

namespace FlowSim.Tests.Contracts;

public sealed class ContractReaderTests
{
    private static readonly ContractReader Reader = new();

    [Test]
    public void What_is_in_is_read_for_the_epoch_set_up_last()
    {
        SystemContracts contracts = InSetup.After(30, Post(1), Post(0), Result(2), Vote(5));
        Assert.Multiple(() =>
        {
            Assert.That(Reader.Whiteboard(contracts, 1), Is.EqualTo(new[] { Post(1), Post(0) }));
            Assert.That(Reader.Whiteboard(contracts, 2), Is.Empty);
            Assert.That(Reader.Whiteboard(Root, 1), Is.Empty);
            Assert.That(Reader.HasResult(contracts, 1, new NodeId(2)), Is.True);
            Assert.That(Reader.HasResult(contracts, 1, new NodeId(1)), Is.False);
            Assert.That(Reader.HasResult(contracts, 2, new NodeId(2)), Is.False);
            Assert.That(Reader.HasVoted(contracts, 1, new NodeId(5)), Is.True);
            Assert.That(Reader.HasVoted(contracts, 1, new NodeId(6)), Is.False);
            Assert.That(Reader.HasVoted(contracts, 0, new NodeId(5)), Is.False);
        });
    }

    [Test]
    public void What_is_in_stays_when_the_epoch_is_committed() => Assert.That(
        Reader.HasVoted(InSetup.After(30, Preparation).After(31), 1, new NodeId(5)), Is.True);
}
