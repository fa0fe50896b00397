using System.Linq;
using FlowSim.Chain;
using FlowSim.Faults;
using FlowSim.Kernel;
using FlowSim.ProtocolState;
using FlowSim.Tests.Pipeline;
using FlowSim.Upgrades;

namespace FlowSim.Tests.Upgrades;

/// <summary>Images and rollouts for the nodes of <see cref="SomeChain"/>, ten seconds a restart.</summary>
internal static class SomeUpgrade
{
    public static readonly SimDuration Downtime = SimDuration.FromSeconds(10);

    public static readonly NodeSet Everybody =
        new(SomeChain.Nodes.Length, Enumerable.Range(0, SomeChain.Nodes.Length));

    /// <summary>Image 0 is the specified one, image 1 differs on every chunk, image 2 has another layout on disk.
    /// </summary>
    public static UpgradeSpec Spec { get; } = new()
    {
        Images = [Image("old", "0.41.0"), Image("new", "0.42.0", 1_000_000_000), Image("next", "0.43.0", schema: 1)],
        Operators = OperatorSpec.Assumed with
        {
            Downtime = Quantiles.Constant(Downtime.Nanoseconds),
            SwapDelay = Quantiles.Constant(300 * SimDuration.NanosecondsPerSecond),
        },
    };

    public static Rollout Rollout(params Wave[] waves) =>
        new(1, Everybody, SimTime.FromSeconds(100)) { Waves = waves };

    public static NodeSet Only(params int[] nodes) => new(SomeChain.Nodes.Length, nodes);

    public static Operated Run(UpgradeSpec spec, long seconds = 100_000, ulong seed = 1) =>
        new Operated(spec, SomeChain.Nodes, seed).Until(SimTime.FromSeconds(seconds));

    private static Image Image(string name, string version, long sensitivity = 0, int schema = 0) => new(name,
        SemanticVersion.Parse(version), VersionSupport.FlowGo,
        sensitivity == 0 ? [] : [new ImageBehaviour(null, new Behaviour(Mix64.OfText(name), sensitivity))], schema);
}
