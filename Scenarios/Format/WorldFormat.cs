using System.Collections.Generic;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Format;

/// <summary>The keys that make a world; a profile has them all, a scenario overrides some.</summary>
public static class WorldFormat
{
    public static readonly Field<YamlNode> Nodes = new("nodes", new UnreadShape(NodesFormat.Shape),
        "Number of nodes per role, or the path of your own list (id, role, weight, region, operator).");

    public static readonly Field<YamlNode> Network = new("network",
        new UnreadShape(NetworkFormat.Section), "Links between regions and what messages weigh.");

    public static readonly Field<YamlNode> Processing = new("processing",
        new UnreadShape(ProcessingFormat.Section), "What each step costs its node.");

    public static readonly Field<YamlNode> Pipeline = new("pipeline",
        new UnreadShape(PipelineFormat.Section),
        "Transactions from clients to seals. Without it blocks are empty and only consensus works.");

    public static readonly Field<YamlNode> Protocol = new("protocol",
        new UnreadShape(ProtocolFormat.Section),
        "Protocol state and epochs out of the chain, with a pipeline. Without it epochs and members are given.");

    public static readonly Field<YamlNode> Epoch = new("epoch",
        new UnreadShape(EpochFormat.Section), "Length of the epochs; a protocol parameter.");

    public static readonly Field<YamlNode> Parameters = new("parameters", ParameterFormat.Layer,
        "What every parameter set starts from; what is unset has flow-go's default.");

    public static readonly IReadOnlyList<Field<YamlNode>> Fields =
        [Nodes, Network, Processing, Pipeline, Protocol, Epoch, Parameters];
}
