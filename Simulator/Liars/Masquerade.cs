using System;
using System.Collections.Generic;
using System.Diagnostics;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Liars;

/// <summary>Puts on a participant every disguise that the spec gives it, in the order of the spec.</summary>
internal sealed class Masquerade(
    IReadOnlyList<NodeSpec> nodes, NodeId[] identities, IReadOnlyList<Liar> liars, SimDuration minTimeout)
{
    /// <summary>The core as the world shall meet it.</summary>
    public ICore Disguised(int node, ICore core)
    {
        if (nodes[node].TwinOf is not null) core = new Twin(core, Mix64.OfText(nodes[node].Name));
        foreach (Liar liar in liars)
        {
            if (liar.Nodes.Contains(node)) core = Disguised(node, core, liar);
        }

        return core;
    }

    private ICore Disguised(int node, ICore core, Liar liar) => liar switch
    {
        Liar.VoteWithholder => new VoteWithholder(core),
        Liar.SelectiveSender selective => new SelectiveSender(core,
            Hearing(node, selective.Favoured, _ => true),
            Hearing(node, selective.Favoured, favoured => nodes[favoured].Role == Role.Consensus)),
        Liar.LateLeader late => new LateLeader(core, minTimeout - late.Margin),
        Liar.TimeoutSpammer spammer => new TimeoutSpammer(core, spammer.Interval),
        _ => throw new UnreachableException(),
    };

    /// <summary>The sender first, then whom it favours; twins are heard under one identity.</summary>
    private List<NodeId> Hearing(int node, NodeSet favoured, Func<int, bool> isMeant)
    {
        List<NodeId> hearing = [identities[node]];
        foreach (int member in favoured.Members)
        {
            if (isMeant(member) && !hearing.Contains(identities[member])) hearing.Add(identities[member]);
        }

        return hearing;
    }
}
