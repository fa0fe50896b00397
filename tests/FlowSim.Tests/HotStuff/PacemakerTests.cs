using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.HotStuff;

/// <summary>Only certificates for the current view or later ones move a node on.</summary>
public sealed class PacemakerTests
{
    private static readonly SimDuration HappyTimeout = SimDuration.FromMilliseconds(1045);

    [TestCase(3UL)]
    [TestCase(13UL)]
    public void A_QC_ends_its_view_and_all_before(ulong view)
    {
        Pacemaker pacemaker = Started();
        ViewChange? change = pacemaker.ProcessQc(Qc(view));
        Assert.That(change, Is.EqualTo(new ViewChange(new View(3), new View(view + 1), false, HappyTimeout)));
        Assert.That(pacemaker.NewestQc, Is.EqualTo(Qc(view)));
        Assert.That(pacemaker.LastViewTc, Is.Null);
    }

    [Test]
    public void A_TC_ends_its_view_until_a_QC_makes_it_irrelevant()
    {
        Pacemaker pacemaker = Started();
        TimeoutCertificate tc = TimeoutCertificate.Trusted(new View(3), Qc(1));
        ViewChange? change = pacemaker.ProcessTc(tc);
        Assert.That(change, Is.EqualTo(new ViewChange(new View(3), new View(4), true, HappyTimeout)));
        Assert.That(pacemaker.LastViewTc, Is.SameAs(tc));
        Assert.That(pacemaker.NewestQc.View, Is.EqualTo(new View(2)), "the TC's QC is older");
        Assert.That(pacemaker.Timeouts.Failures, Is.EqualTo(1));

        pacemaker.ProcessQc(Qc(4));
        Assert.That(pacemaker.LastViewTc, Is.Null);
        Assert.That(pacemaker.Timeouts.Failures, Is.Zero);
    }

    [Test]
    public void An_old_certificate_changes_nothing_but_perhaps_the_newest_QC()
    {
        Pacemaker pacemaker = Started();
        pacemaker.ProcessTc(TimeoutCertificate.Trusted(new View(9), Qc(1)));
        LivenessData before = pacemaker.Liveness;

        Assert.That(pacemaker.ProcessQc(Qc(1)), Is.Null);
        Assert.That(pacemaker.ProcessTc(null), Is.Null);
        Assert.That(pacemaker.ProcessTc(TimeoutCertificate.Trusted(new View(8), Qc(2))), Is.Null);
        Assert.That(pacemaker.Liveness, Is.SameAs(before), "nothing is written");

        Assert.That(pacemaker.ProcessTc(TimeoutCertificate.Trusted(new View(8), Qc(5))), Is.Null);
        Assert.That(pacemaker.Liveness, Is.EqualTo(before with { NewestQc = Qc(5) }));
    }

    private static Pacemaker Started() =>
        new(PacemakerConfig.ConsensusDefault, new LivenessData(new View(3), Qc(2), null));

    private static QuorumCertificate Qc(ulong view) =>
        QuorumCertificate.Trusted(new View(view), new BlockId(view));
}
