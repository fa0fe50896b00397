using System;
using System.Collections.Generic;
using FlowSim.Chain;

namespace FlowSim.Oracles;

/// <summary>D3: only members of a view's committee vote, propose and give up in it, each under its own name.</summary>
public sealed class OnlyMembersSpeak(Cast cast) : Oracle("D3", cast)
{
    public override IReadOnlyList<Type> Hears { get; } =
        [typeof(Notice.Voted), typeof(Notice.Built), typeof(Notice.Published), typeof(Notice.TimedOut)];

    public override void On(in TraceEvent entry)
    {
        switch (entry.Notice)
        {
            case Notice.Voted { Vote: var vote }:
                Judge(entry, vote.View, vote.Signer, "votes");
                break;
            case Notice.Built { Block: var block }:
                Judge(entry, block.View, block.Proposer, "proposes");
                break;
            case Notice.Published { Block: var block }:
                Judge(entry, block.View, block.Proposer, "publishes");
                break;
            case Notice.TimedOut { Timeout: var timeout }:
                Judge(entry, timeout.View, timeout.Signer, "gives up");
                break;
        }
    }

    private void Judge(in TraceEvent entry, View view, NodeId signer, string what)
    {
        if (signer != Cast.IdentityOf(entry.Node))
            throw Broken(entry, view, $"{what} as {Cast.NameOf(signer)}", "that is not its name");
        if (!Cast.IsMember(entry.Node, view)) throw Broken(entry, view, what, "it is not in the committee");
    }
}
