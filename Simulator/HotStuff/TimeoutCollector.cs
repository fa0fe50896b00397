using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.HotStuff;

/// <summary>More than a third of the weight gave up on a view: time to join.</summary>
/// <remarks>flow-go timeoutcollector/timeout_processor.go.</remarks>
/// <param name="View">The abandoned view.</param>
/// <param name="NewestQc">Newest QC seen among the timeout objects so far.</param>
/// <param name="LastViewTc">The TC inside the timeout object that crossed the threshold.</param>
public sealed record PartialTc(View View, QuorumCertificate NewestQc, TimeoutCertificate? LastViewTc);

/// <summary>The timeout objects of one view (flow-go timeoutcollector/).</summary>
/// <remarks>
/// The first object of a signer counts; a rebroadcast differs only in its tick. Exactly one partial TC and one TC come
/// out of a view, each at the object that crosses its threshold; later objects are ignored. A collector serves one view
/// after another, because nearly every view has one.
/// </remarks>
/// <param name="first">The committee of its first view.</param>
public sealed class TimeoutCollector(Committee first)
{
    private readonly List<int> counted = [];
    private Committee committee = first;
    private Message.Timeout?[] bySigner = new Message.Timeout?[first.Size];
    private View view;
    private QuorumCertificate? newestQc;
    private ulong weight;

    /// <summary>Forgets the view before.</summary>
    public void Begin(View next, Committee members)
    {
        view = next;
        foreach (int member in counted) bySigner[member] = null;
        if (bySigner.Length != members.Size) bySigner = new Message.Timeout?[members.Size];
        committee = members;
        counted.Clear();
        newestQc = null;
        weight = 0;
    }

    /// <summary>Counts a timeout object.</summary>
    /// <param name="timeout">The object, already validated: its signer is a member.</param>
    /// <param name="partial">Set when the weight first exceeds one third.</param>
    /// <param name="tc">Set when the weight first exceeds two thirds.</param>
    /// <returns>False if the signer contradicts an earlier object.</returns>
    public bool Add(Message.Timeout timeout, out PartialTc? partial, out TimeoutCertificate? tc)
    {
        partial = null;
        tc = null;
        if (weight >= committee.WeightToCertify) return true;
        int member = committee.IndexOf(timeout.Signer);
        if (bySigner[member] is not null) return Holds(member, timeout);
        bySigner[member] = timeout;
        counted.Add(member);

        ulong before = weight;
        weight += committee.WeightOf(member);
        if (newestQc is null || timeout.NewestQc.View > newestQc.View) newestQc = timeout.NewestQc;
        if (before < committee.WeightToTimeout && weight >= committee.WeightToTimeout)
            partial = new PartialTc(view, newestQc, timeout.LastViewTc);
        if (weight >= committee.WeightToCertify)
            tc = new TimeoutCertificate(view, newestQc.View, newestQc, Signers(), weight);
        return true;
    }

    /// <summary>Whether the signer's object is counted and this one differs from it at most in its tick.</summary>
    public bool Holds(Message.Timeout timeout) =>
        committee.IndexOf(timeout.Signer) is var member and >= 0 && Holds(member, timeout);

    private bool Holds(int member, Message.Timeout timeout) => bySigner[member] is { } earlier
        && earlier.NewestQc.Key == timeout.NewestQc.Key && earlier.LastViewTc?.Key == timeout.LastViewTc?.Key;

    private SignerSet Signers()
    {
        var signers = new SignerSet(bySigner.Length);
        foreach (int member in counted) signers.Add(member);
        return signers;
    }
}
