using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using FlowSim.Chain;
using FlowSim.HotStuff;

namespace FlowSim.Tests.Stories;

/// <summary>The messages of a story by name, and effects in words.</summary>
/// <remarks>
/// A name stands for what a real replica made, else for what the story describes in brackets at the first mention,
/// as "proposal v3 (qc v1, tc v2 with qc v1)". A second block of a view is v3', and the root is v0.
/// </remarks>
internal sealed class Library(Setting setting)
{
    private static readonly Regex Mention = new(
        @"^(?<kind>proposal|vote|timeout)s? (?<block>v\d+'?)(?: by (?<by>[^(]+?))?(?: \((?<evidence>.*)\))?$");

    private static readonly Regex Evidence = new(
        @"^qc (?<qc>v\d+'?)(?:, tc v(?<tc>\d+)(?: with qc (?<newest>v\d+))?)?$");

    private readonly SortedDictionary<string, Message.Proposal> proposals = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Message.Timeout> timeouts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, QuorumCertificate> qcs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<ulong, TimeoutCertificate> tcs = [];

    public int IndexOf(string name)
    {
        for (int i = 0; i < setting.Nodes.Count; i++)
            if (string.Equals(setting.Nodes[i].Name, name, StringComparison.Ordinal)) return i;
        throw new FormatException($"nobody is called {name}");
    }

    /// <summary>Every message a line mentions, with its sender.</summary>
    public IEnumerable<(NodeId From, Message Message)> Named(string text)
    {
        Match match = Mention.Match(text);
        if (!match.Success) throw new FormatException($"not a message: {text}");
        string name = match.Groups["block"].Value;
        string evidence = match.Groups["evidence"].Value;
        string[] senders = match.Groups["by"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (match.Groups["kind"].Value is "proposal")
        {
            NodeId leader = setting.Epochs.Leader(ViewOf(name))!.Value;
            NodeId by = senders is [var one] ? new NodeId(IndexOf(one)) : leader;
            return [(by, ProposalOf(name, by, evidence))];
        }

        bool isVote = match.Groups["kind"].Value is "vote";
        return senders.Select(sender => new NodeId(IndexOf(sender))).Select(by => (by, isVote
            ? (Message)new Message.Vote(ViewOf(name), BlockOf(name).Id, by, setting.Nodes[by.Index].HasBeaconKey)
            : TimeoutOf(name, by, evidence)));
    }

    /// <summary>Keeps what a replica made, so that the story can name it.</summary>
    public void Note(in Effect effect)
    {
        switch (effect.Payload)
        {
            case Message.Proposal proposal when effect.Kind == EffectKind.Publish:
                proposals.TryAdd(FormattableString.Invariant($"v{proposal.Block.View}"), proposal);
                break;
            case Message.Timeout timeout when effect.Kind == EffectKind.BroadcastToConsensus:
                timeouts[KeyOf(timeout.View, timeout.Signer)] = timeout;
                break;
            case Notice.QcAssembled assembled:
                qcs.TryAdd(NameOf(assembled.Qc.BlockId), assembled.Qc);
                break;
            case Notice.TcAssembled assembled:
                tcs.TryAdd(assembled.Tc.View.Value, assembled.Tc);
                break;
        }
    }

    /// <summary>An effect in words; null if the effect beside it says the same.</summary>
    public string? Words(Effect effect) => (effect.Kind, effect.Payload) switch
    {
        (EffectKind.SetTimer, _) => $"timer {Setting.Time(effect.At)}",
        (EffectKind.Publish, Message.Proposal proposal) =>
            $"builds {NameOf(proposal.Block.Id)} ({EvidenceText(proposal.Block.Qc, proposal.LastViewTc)}) "
            + $"for {Setting.Time(effect.At)}",
        (EffectKind.BroadcastToAll, Message.Proposal proposal) => $"publishes {NameOf(proposal.Block.Id)}",
        (EffectKind.Send, Message.Vote vote) =>
            $"votes {NameOf(vote.BlockId)} -> {setting.Nodes[effect.To.Index].Name}",
        (EffectKind.BroadcastToConsensus, Message.Timeout timeout) => FormattableString.Invariant(
            $"timeout v{timeout.View} ({EvidenceText(timeout.NewestQc, timeout.LastViewTc)}) tick {timeout.Tick}"),
        (EffectKind.Report, Notice.EnteredView entered) =>
            FormattableString.Invariant($"enters v{entered.View} by {(entered.ByTc ? "tc" : "qc")}"),
        (EffectKind.Report, Notice.Incorporated incorporated) => $"adds {NameOf(incorporated.Block.Id)}",
        (EffectKind.Report, Notice.Finalized finalized) => $"finalizes {NameOf(finalized.Block.Id)}",
        (EffectKind.Report, Notice.DoubleProposal twice) =>
            $"sees {NameOf(twice.Block.Id)} beside {NameOf(twice.Earlier.Id)}",
        (EffectKind.Report, Notice.QcAssembled assembled) => FormattableString.Invariant(
            $"makes qc {NameOf(assembled.Qc.BlockId)} of {assembled.Qc.Signers.Count} votes"),
        (EffectKind.Report, Notice.TcAssembled assembled) => FormattableString.Invariant(
            $"makes tc v{assembled.Tc.View} with qc {NameOf(assembled.Tc.NewestQc.BlockId)}"),
        (EffectKind.Report, Notice.Rejected rejected) =>
            $"refuses v{rejected.View} of {setting.Nodes[rejected.From.Index].Name}: {rejected.Reason}",
        _ => null,
    };

    private Message.Proposal ProposalOf(string name, NodeId by, string evidence)
    {
        if (proposals.TryGetValue(name, out Message.Proposal? known))
            return evidence.Length == 0 ? known : throw new FormatException($"{name} is described twice");
        (QuorumCertificate qc, TimeoutCertificate? tc) = EvidenceOf(evidence);
        Block block = Block.On(ViewOf(name), BlockOf(NameOf(qc.BlockId)), qc, by, name.EndsWith('\'') ? 1UL : 0);
        return proposals[name] = new Message.Proposal(block, tc);
    }

    private Message.Timeout TimeoutOf(string name, NodeId by, string evidence)
    {
        string key = KeyOf(ViewOf(name), by);
        if (evidence.Length == 0) return timeouts[key];
        (QuorumCertificate qc, TimeoutCertificate? tc) = EvidenceOf(evidence);
        return timeouts[key] = new Message.Timeout(ViewOf(name), qc, tc, by, 0);
    }

    private (QuorumCertificate Qc, TimeoutCertificate? Tc) EvidenceOf(string text)
    {
        Match match = Evidence.Match(text);
        if (!match.Success) throw new FormatException($"not evidence: ({text})");
        QuorumCertificate qc = QcOf(match.Groups["qc"].Value);
        if (!match.Groups["tc"].Success) return (qc, null);
        ulong view = ulong.Parse(match.Groups["tc"].Value, CultureInfo.InvariantCulture);
        if (match.Groups["newest"].Success)
            tcs[view] = TimeoutCertificate.Trusted(new View(view), QcOf(match.Groups["newest"].Value));
        return (qc, tcs[view]);
    }

    private QuorumCertificate QcOf(string block)
    {
        if (!qcs.TryGetValue(block, out QuorumCertificate? qc))
            qcs.Add(block, qc = QuorumCertificate.Trusted(ViewOf(block), BlockOf(block).Id));
        return qc;
    }

    private Block BlockOf(string name) => name is "v0"
        ? Setting.Root
        : proposals.TryGetValue(name, out Message.Proposal? known)
            ? known.Block
            : throw new FormatException($"{name} is not known yet");

    private string NameOf(BlockId id) => id == Setting.Root.Id
        ? "v0"
        : proposals.First(entry => entry.Value.Block.Id == id).Key;

    private string EvidenceText(QuorumCertificate qc, TimeoutCertificate? tc) => $"qc {NameOf(qc.BlockId)}"
        + (tc is null ? "" : $", tc v{tc.View} with qc {NameOf(tc.NewestQc.BlockId)}");

    private static View ViewOf(string name) =>
        new(ulong.Parse(name.TrimEnd('\'')[1..], CultureInfo.InvariantCulture));

    private static string KeyOf(View view, NodeId by) => FormattableString.Invariant($"{view} {by.Index}");
}
