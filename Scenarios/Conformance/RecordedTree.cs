using System;
using System.Collections.Generic;
using System.Text.Json;
using FlowSim.Chain;
using FlowSim.HotStuff;

namespace FlowSim.Scenarios.Recorded;

/// <summary>A recorded block tree: blocks by the names the recording gives them.</summary>
internal sealed class RecordedTree
{
    private readonly List<string> names = [];
    private readonly List<Block> blocks = [];

    public RecordedTree(JsonElement file)
    {
        names.Add(file.Get("root").Text("id"));
        foreach (JsonElement block in file.Get("blocks").EnumerateArray()) names.Add(block.Text("id"));
        Root = Add(file.Get("root"));
        foreach (JsonElement block in file.Get("blocks").EnumerateArray()) Add(block);
    }

    public Block Root { get; }

    public Block Named(string name) => blocks[names.IndexOf(name)];

    public string NameOf(Block block) => names[(int)block.Id.Value];

    /// <summary>The names of the blocks that the tree under test knows, sorted.</summary>
    public string Known(Forks forks)
    {
        List<string> known = [];
        foreach (Block block in blocks)
            if (forks.Find(block.Id) is not null) known.Add(NameOf(block));
        known.Sort(StringComparer.Ordinal);
        return string.Join(' ', known);
    }

    /// <summary>Events as the recording spells them.</summary>
    public string Names(List<ForksEvent> events)
    {
        List<string> texts = [];
        foreach (ForksEvent happened in events)
        {
            texts.Add(happened.Change switch
            {
                ForksChange.Incorporated => $"incorporated:{NameOf(happened.Block)}",
                ForksChange.Finalized => $"makeFinal:{NameOf(happened.Block)} finalized:{NameOf(happened.Block)}",
                ForksChange.DoubleProposal => $"doubleProposal:{NameOf(happened.Block)},{NameOf(happened.Earlier!)}",
                _ => "unknown",
            });
        }

        return string.Join(' ', texts);
    }

    private Block Add(JsonElement json)
    {
        var qc = QuorumCertificate.Trusted(json.View("qcView"), IdOf(json.Text("qcBlock")));
        var block = new Block(IdOf(json.Text("id")), json.View("view"), default, qc, default);
        blocks.Add(block);
        return block;
    }

    /// <summary>A block's place in the list; the root's parent is not in it.</summary>
    private BlockId IdOf(string name) => new(unchecked((ulong)names.IndexOf(name)));
}
