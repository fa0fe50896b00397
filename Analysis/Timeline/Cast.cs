using System.Collections.Generic;
using System.Globalization;
using System.Text;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.HotStuff;
using FlowSim.Kernel;

namespace FlowSim.Analysis.Timeline;

/// <summary>Who takes part in a run, as its readers call them.</summary>
public sealed class Cast(RunSpec spec)
{
    private const int MostNames = 8;

    private readonly KnownEpochs epochs = KnownEpochs.Planned(spec.Nodes, spec.Epochs, new Luck(spec.Seed));

    /// <summary>Length of arrays by node index.</summary>
    public int Population => spec.Nodes.Count;

    /// <summary>First view of the run; the root block takes the one before it.</summary>
    public View FirstView => spec.Epochs[0].FirstView.Next;

    /// <summary>Indexes of the members in a view, ascending.</summary>
    public IEnumerable<int> MembersAt(View view)
    {
        for (int i = 0; i < Population; i++)
        {
            if (CommitteeAt(view).IndexOf(new NodeId(i)) >= 0) yield return i;
        }
    }

    /// <summary>Whether a node takes part in consensus, be it in one epoch only.</summary>
    public bool IsParticipant(int node) => spec.Nodes[node].IsParticipant;

    /// <summary>The committee of a view; beyond the planned epochs the last one's.</summary>
    public Committee CommitteeAt(View view) => epochs.At(view) ?? epochs.Newest.Committee;

    /// <summary>A node's weight in the committee of a view, zero outside.</summary>
    public ulong WeightOf(int node, View view)
    {
        Committee committee = CommitteeAt(view);
        int member = committee.IndexOf(new NodeId(node));
        return member < 0 ? 0 : committee.WeightOf(member);
    }

    /// <summary>Index of the node that leads a view; -1 beyond the known epochs.</summary>
    public int Leader(View view) => epochs.Leader(view)?.Index ?? -1;

    /// <summary>Index of the node of a name; -1 if there is none.</summary>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Population; i++)
        {
            if (string.Equals(spec.Nodes[i].Name, name, System.StringComparison.Ordinal)) return i;
        }

        return -1;
    }

    /// <summary>When a node's process stands still during a period; null if it does not.</summary>
    public Window? PauseOf(int node, SimTime from, SimTime until)
    {
        foreach (NodeFault fault in spec.NodeFaults)
        {
            if (fault is NodeFault.Pause && fault.Nodes.Contains(node) && fault.During.From < until
                && from < fault.During.Until) return fault.During;
        }

        return null;
    }

    /// <summary>How a node departs from the protocol, in brackets; empty for an honest one.</summary>
    public string Lies(int node)
    {
        var text = new StringBuilder();
        foreach (Liar liar in spec.Liars)
        {
            if (node >= 0 && liar.Nodes.Contains(node)) text.Append($" [a liar: {liar.GetType().Name}]");
        }

        return text.ToString();
    }

    /// <summary>Name and region.</summary>
    public string Name(int node) => node < 0
        ? "nobody"
        : $"{spec.Nodes[node].Name} ({spec.Network.Regions[spec.Nodes[node].Region]})";

    /// <summary>Names with regions; of many only the first are named.</summary>
    public string Names(IReadOnlyList<int> nodes)
    {
        var text = new StringBuilder();
        for (int i = 0; i < nodes.Count && i < MostNames; i++) text.Append(i > 0 ? ", " : "").Append(Name(nodes[i]));
        if (nodes.Count > MostNames)
            text.Append(CultureInfo.InvariantCulture, $" and {nodes.Count - MostNames} more");
        return text.ToString();
    }
}
