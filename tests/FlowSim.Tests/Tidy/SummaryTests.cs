using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using FlowSim.Analysis.Metrics;
using FlowSim.Chain;
using FlowSim.Scenarios;
using NUnit.Framework;

namespace FlowSim.Tests.Tidy;

/// <summary>Every type says in a sentence what it is.</summary>
public sealed class SummaryTests
{
    private static readonly Assembly[] Assemblies =
        [typeof(Block).Assembly, typeof(RunObserver).Assembly, typeof(ScenarioFile).Assembly];

    [TestCaseSource(nameof(Assemblies))]
    public void Every_public_type_has_a_summary(Assembly assembly)
    {
        HashSet<string> told = Summaries(assembly);
        string[] types = [.. assembly.GetExportedTypes().Select(type => type.FullName!.Replace('+', '.'))];
        Assert.That(types, Is.Not.Empty);
        Assert.That(types.Where(type => !told.Contains("T:" + type)), Is.Empty);
    }

    private static HashSet<string> Summaries(Assembly assembly) =>
        XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
            .Where(member => !string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
            .Select(member => member.Attribute("name")!.Value).ToHashSet(StringComparer.Ordinal);
}
