using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Scenarios;
using NUnit.Framework;

namespace FlowSim.Tests.Tidy;

/// <summary>The drawing in ARCHITECTURE.md is true: a storey uses those below it, never one above.</summary>
public sealed class StoreyTests
{
    private const string Roof = "FlowSim";

    private static readonly Assembly Simulator = typeof(Block).Assembly;

    /// <summary>Each storey of the simulator and those it stands on.</summary>
    private static readonly (string Storey, string[] Below)[] Storeys =
    [
        ("FlowSim.Kernel", []),
        ("FlowSim.Chain", ["FlowSim.Kernel"]),
        ("FlowSim.Assignment", ["FlowSim.Kernel"]),
        ("FlowSim.Sync", ["FlowSim.Kernel", "FlowSim.Chain"]),
        ("FlowSim.HotStuff", ["FlowSim.Kernel", "FlowSim.Chain", "FlowSim.Sync"]),
        ("FlowSim.ProtocolState", ["FlowSim.Kernel", "FlowSim.Chain", "FlowSim.HotStuff"]),
        ("FlowSim.Contracts", ["FlowSim.Kernel", "FlowSim.Chain", "FlowSim.Assignment"]),
        ("FlowSim.Upgrades", ["FlowSim.Kernel", "FlowSim.Chain", "FlowSim.ProtocolState", "FlowSim.Faults"]),
        ("FlowSim.Faults", ["FlowSim.Kernel"]),
        ("FlowSim.Network", ["FlowSim.Kernel", "FlowSim.Chain", "FlowSim.Faults"]),
        ("FlowSim.Liars", ["FlowSim.Kernel", "FlowSim.Chain", "FlowSim.HotStuff", "FlowSim.Faults"]),
        ("FlowSim.Oracles",
            ["FlowSim.Kernel", "FlowSim.Chain", "FlowSim.Sync", "FlowSim.HotStuff", "FlowSim.Faults",
                "FlowSim.Network", "FlowSim.Pipeline", "FlowSim.Clusters", "FlowSim.ProtocolState", "FlowSim.Contracts",
                "FlowSim.Epochs", "FlowSim.Sealing", "FlowSim.Verifying"]),
        ("FlowSim.Pipeline",
            ["FlowSim.Kernel", "FlowSim.Chain", "FlowSim.HotStuff", "FlowSim.Assignment", "FlowSim.Upgrades"]),
        ("FlowSim.Clusters", [.. Engine, "FlowSim.Sync", "FlowSim.Assignment", "FlowSim.Contracts"]),
        ("FlowSim.Sealing", Engine),
        ("FlowSim.Executing", [.. Engine, "FlowSim.Contracts", "FlowSim.Upgrades"]),
        ("FlowSim.Verifying", [.. Engine, "FlowSim.Upgrades"]),
        ("FlowSim.Epochs", [.. Engine, "FlowSim.ProtocolState", "FlowSim.Contracts", "FlowSim.Upgrades"]),
        ("FlowSim.Access", [.. Engine, "FlowSim.Clusters", "FlowSim.Contracts", "FlowSim.ProtocolState"]),
        ("FlowSim.Roles", ["FlowSim.Kernel", "FlowSim.Chain", "FlowSim.HotStuff"]),
    ];

    /// <summary>What the engine of a role may use.</summary>
    private static string[] Engine => ["FlowSim.Kernel", "FlowSim.Chain", "FlowSim.HotStuff", "FlowSim.Pipeline"];

    /// <summary>Words of the roof that any storey may use: the spec, what observers hear, a run's end.</summary>
    private static readonly Type[] CommonWords =
    [
        typeof(NodeSpec), typeof(InvariantViolation), typeof(RunSpec), typeof(PipelineSpec), typeof(IProbe),
        typeof(TraceEvent), typeof(UpgradeSpec), typeof(Release), typeof(ProtocolSpec), typeof(GovernanceAct),
    ];

    private static IEnumerable<string> Names => Storeys.Select(s => s.Storey);

    [TestCaseSource(nameof(Names))]
    public void A_storey_uses_only_those_below_it(string storey)
    {
        string[] below = Storeys.Single(s => Same(s.Storey, storey)).Below;
        Assert.That(TypesOf(storey), Is.Not.Empty);
        Assert.That(
            from user in TypesOf(storey)
            from used in Uses(user)
            where !below.Append(storey).Any(allowed => Same(used.Namespace, allowed)) && !CommonWords.Contains(used)
            select $"{user} uses {used}", Is.Empty);
    }

    [Test]
    public void Every_type_of_the_simulator_belongs_to_a_storey() =>
        Assert.That(Own(Simulator.GetTypes()).Select(type => type.Namespace!).Distinct(StringComparer.Ordinal),
            Is.SubsetOf(Names.Append(Roof)));

    [Test]
    public void Only_the_boot_knows_the_roles() =>
        Assert.That(TypesOf(Roof).Where(user => Uses(user).Any(used => Same(used.Namespace, "FlowSim.Roles")))
            .Select(user => user.Name), Is.EqualTo(new[] { nameof(Boot) }));

    [Test]
    public void The_simulator_knows_nobody_and_the_analysis_only_the_simulator()
    {
        Assert.That(OwnReferences(Simulator), Is.Empty);
        Assert.That(OwnReferences(typeof(RunObserver).Assembly), Is.EqualTo(new[] { Simulator.GetName().Name }));
        Assert.That(OwnReferences(typeof(ScenarioFile).Assembly), Has.Length.EqualTo(2));
    }

    private static bool Same(string? name, string other) => string.Equals(name, other, StringComparison.Ordinal);

    private static IEnumerable<Type> TypesOf(string storey) =>
        Own(Simulator.GetTypes()).Where(type => Same(type.Namespace, storey) && !type.IsNested);

    private static IEnumerable<Type> Uses(Type user) =>
        Own(References.Of(user).Where(used => used.Assembly == Simulator));

    private static IEnumerable<Type> Own(IEnumerable<Type> types) =>
        types.Where(type => type.Namespace?.StartsWith("FlowSim", StringComparison.Ordinal) == true);

    private static string?[] OwnReferences(Assembly assembly) =>
    [
        .. assembly.GetReferencedAssemblies().Select(reference => reference.Name)
            .Where(name => name!.StartsWith("flowsim", StringComparison.OrdinalIgnoreCase)),
    ];
}
