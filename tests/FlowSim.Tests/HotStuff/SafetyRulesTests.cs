using FlowSim.Chain;
using FlowSim.HotStuff;
using NUnit.Framework;

namespace FlowSim.Tests.HotStuff;

/// <summary>A replica never signs two different things for one view.</summary>
public sealed class SafetyRulesTests
{
    private static readonly NodeId Self = new(0);
    private static readonly NodeId Leader = new(1);
    private static readonly SafetyContext Context = new(Self, Leader, false, true, true);

    [Test]
    public void It_votes_once_per_view_and_locks_the_QC_it_votes_on()
    {
        SafetyRules rules = Rules();
        Assert.That(rules.ProduceVote(Proposal(101, 100), new View(101), Context).Granted, Is.True);
        Assert.That(rules.Data, Is.EqualTo(new SafetyData(new View(100), new View(101), null)));

        SafetyData written = rules.Data;
        Assert.That(rules.ProduceVote(Proposal(101, 100), new View(101), Context).Granted, Is.False);
        Assert.That(rules.Data, Is.SameAs(written), "a refusal writes nothing");
    }

    [Test]
    public void It_may_time_out_after_voting_but_not_vote_after_timing_out()
    {
        SafetyRules rules = Rules();
        rules.ProduceVote(Proposal(101, 100), new View(101), Context);
        Assert.That(rules.ProduceTimeout(new View(101), Qc(100), null, Context).Timeout, Is.Not.Null);

        rules.ProduceTimeout(new View(102), Qc(101), null, Context);
        Assert.That(rules.ProduceVote(Proposal(102, 101), new View(102), Context).Granted, Is.False);
    }

    [Test]
    public void It_repeats_a_timeout_whatever_it_learned_meanwhile()
    {
        SafetyRules rules = Rules();
        Message.Timeout first = rules.ProduceTimeout(new View(101), Qc(100), null, Context).Timeout!;
        SafetyContext outside = Context with { SelfAuthorizedInEpoch = false };
        Message.Timeout second = rules.ProduceTimeout(new View(101), Qc(200), null, outside).Timeout!;

        Assert.That(second.NewestQc, Is.SameAs(first.NewestQc));
        Assert.That((first.Tick, second.Tick), Is.EqualTo((0UL, 1UL)));
        Assert.That(second.Key, Is.Not.EqualTo(first.Key), "each sending has its own fate");
        Assert.That(rules.Data.LastTimeout, Is.SameAs(second));
    }

    [Test]
    public void It_votes_by_the_certificates_not_by_the_lock()
    {
        var rules = new SafetyRules(new SafetyData(new View(105), new View(100), null),
            SafetyConstants.FlowGo);
        Assert.That(rules.ProduceVote(Proposal(101, 100), new View(101), Context).Granted, Is.True);
        Assert.That(rules.Data.LockedOneChainView, Is.EqualTo(new View(105)), "the lock never goes down");
    }

    [Test]
    public void Ejection_stops_votes_but_not_own_proposals()
    {
        SafetyContext ejected = Context with { ProposerEjected = true, SelfAuthorizedAtBlock = false };
        Assert.That(Rules().ProduceVote(Proposal(101, 100), new View(101), ejected).Granted, Is.False);
        SafetyContext own = ejected with { Leader = Self };
        Assert.That(Rules().SignOwnProposal(Proposal(101, 100, Self), own).Granted, Is.True);
    }

    [Test]
    public void What_its_own_inputs_rule_out_is_an_error()
    {
        Assert.That(() => Rules().ProduceVote(Proposal(101, 100), new View(102), Context),
            Throws.InstanceOf<SafetyException>());
        Assert.That(() => Rules().ProduceVote(Proposal(102, 100), new View(102), Context),
            Throws.InstanceOf<SafetyException>());
        Assert.That(() => Rules().SignOwnProposal(Proposal(101, 100), Context),
            Throws.InstanceOf<SafetyException>());
        SafetyContext unknownEpoch = Context with { Leader = null };
        Assert.That(() => Rules().ProduceVote(Proposal(101, 100), new View(101), unknownEpoch),
            Throws.InstanceOf<SafetyException>());
        Assert.That(() => Rules().ProduceTimeout(new View(101), null, null, Context),
            Throws.InstanceOf<SafetyException>());
    }

    private static SafetyRules Rules() =>
        new(new SafetyData(new View(100), new View(100), null), SafetyConstants.FlowGo);

    private static QuorumCertificate Qc(ulong view) =>
        QuorumCertificate.Trusted(new View(view), new BlockId(view));

    private static Message.Proposal Proposal(ulong view, ulong qcView, NodeId? proposer = null) => new(
        new Block(new BlockId(view), new View(view), default, Qc(qcView), proposer ?? Leader), null);
}
