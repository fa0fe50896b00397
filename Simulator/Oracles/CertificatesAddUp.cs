using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.HotStuff;

namespace FlowSim.Oracles;

/// <summary>S5: every certificate's signers are members in its view, and their weight, counted again, is a quorum.
/// </summary>
/// <remarks>
/// The QC of the root, or of the block that a node begins with, is trusted as given. A TC's newest QC is at least as
/// new as any signer's and not newer than its view. Since a signer is one bit, equal weight also shows that no vote was
/// counted twice.
/// </remarks>
public sealed class CertificatesAddUp(Cast cast) : Oracle("S5", cast)
{
    private QuorumCertificate? lastQc;
    private TimeoutCertificate? lastTc;
    private readonly HashSet<BlockId> trusted = [cast.Root.Id];

    public override IReadOnlyList<Type> Hears { get; } =
    [
        typeof(Notice.QcAssembled), typeof(Notice.TcAssembled), typeof(Notice.Incorporated), typeof(Notice.Published),
        typeof(Notice.TimedOut), typeof(Notice.Bootstrapped),
    ];

    public override bool HearsRepeats => false;

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Bootstrapped { Head: var head }:
                trusted.Add(head.Id);
                break;
            case Notice.Incorporated { Block: var block }:
                Judge(entry, block.Qc);
                break;
            case Notice.QcAssembled { Qc: var qc }:
                Judge(entry, qc);
                break;
            case Notice.TcAssembled { Tc: var tc }:
                Judge(entry, tc);
                break;
            case Notice.Published { Proposal: var proposal }:
                Judge(entry, proposal.Block.Qc);
                Judge(entry, proposal.LastViewTc);
                break;
            case Notice.TimedOut { Timeout: var timeout }:
                Judge(entry, timeout.NewestQc);
                Judge(entry, timeout.LastViewTc);
                break;
        }
    }

    private void Judge(in TraceEvent entry, TimeoutCertificate? tc)
    {
        if (tc is null || ReferenceEquals(tc, lastTc)) return;
        Committee committee = CommitteeOf(entry, tc.View);
        ulong weight = WeightOf(tc.Signers, committee, out _);
        if (weight < committee.WeightToCertify || weight != tc.Weight)
            throw Broken(entry, tc.View, $"a TC claims weight {tc.Weight}",
                $"its signers have {weight} and {committee.WeightToCertify} is needed");
        if (tc.NewestQc.View < tc.NewestQcView || tc.NewestQc.View > tc.View)
            throw Broken(entry, tc.View, $"a TC carries the QC of view {tc.NewestQc.View}",
                $"a signer knew the QC of view {tc.NewestQcView}");
        Judge(entry, tc.NewestQc);
        lastTc = tc;
    }

    private void Judge(in TraceEvent entry, QuorumCertificate qc)
    {
        if (ReferenceEquals(qc, lastQc) || (qc.Weight == ulong.MaxValue && trusted.Contains(qc.BlockId))) return;
        Committee committee = CommitteeOf(entry, qc.View);
        ulong weight = WeightOf(qc.Signers, committee, out int shares);
        if (weight < committee.WeightToCertify || weight != qc.Weight)
            throw Broken(entry, qc.View, $"a QC claims weight {qc.Weight}",
                $"its signers have {weight} and {committee.WeightToCertify} is needed");
        if (qc.BeaconShares < committee.BeaconSharesNeeded || qc.BeaconShares > shares)
            throw Broken(entry, qc.View, $"a QC claims {qc.BeaconShares} beacon shares",
                $"its signers hold {shares} keys and {committee.BeaconSharesNeeded} are needed");
        lastQc = qc;
    }

    private Committee CommitteeOf(in TraceEvent entry, View view) => Cast.CommitteeAt(view)
        ?? throw Broken(entry, view, "there is a certificate", "no epoch with this view is committed");

    /// <summary>The weight of the members among the signers; a signer who is none has none.</summary>
    private static ulong WeightOf(SignerSet signers, Committee committee, out int beaconKeys)
    {
        ulong weight = 0;
        beaconKeys = 0;
        int known = int.Min(committee.Size, signers.Words.Length * 64);
        for (int member = 0; member < known; member++)
        {
            if (!signers.Contains(member)) continue;
            weight += committee.WeightOf(member);
            if (committee.HasBeaconKey(member)) beaconKeys++;
        }

        return weight;
    }
}
