using System;
using System.Collections.Generic;
using System.IO;

namespace FlowSim.Scenarios.Recorded;

/// <summary>The families found in a folder, in order of name.</summary>
internal sealed class RecordedFolder
{
    private readonly List<(IFamily Family, IReadOnlyList<string> Files)> families = [];

    /// <summary>What can be replayed.</summary>
    public IReadOnlyList<(IFamily Family, IReadOnlyList<string> Files)> Families => families;

    /// <exception cref="RecordingException">The folder, or one in it, is missing, empty or of no known
    /// family.</exception>
    public static RecordedFolder Open(string directory, RecordedRules rules)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (!Directory.Exists(path)) throw new RecordingException($"{directory}: no such folder");

        string[] parts = Sorted(Directory.GetDirectories(path));
        if (parts.Length == 0) parts = [path];
        else if (JsonFiles(path).Length > 0)
            throw new RecordingException($"{directory}: recordings lie both in it and in folders below");

        IFamily[] known = Known(rules);
        var folder = new RecordedFolder();
        foreach (string part in parts) folder.Add(part, known);
        return folder;
    }

    private static IFamily[] Known(RecordedRules rules) =>
    [
        new CruiseTrajectories("cruisectl-open-loop"),
        new CruiseTrajectories("cruisectl-closed-loop"),
        new CruiseTrajectories("cruisectl-errors"),
        new CruiseFilters(),
        new TimeoutSequences(),
        new ViewChanges(),
        new ForksTrees("forks-unit"),
        new ForksTrees("forks-random"),
        new SafetyDecisions(rules.Safety),
        new QuorumThresholds(),
        new LeaderSequences(),
        new ChunkAssignments(),
        new ClusterAssignments(),
        new GeneratorOutputs(),
        new EpochExtensions(),
        new ProtocolStates("kvstore-unit", rules.Versions),
        new ProtocolStates("kvstore-random", rules.Versions),
        new VersionReplications(rules.Versions),
        new VersionOrder(),
        new BeaconChecks(),
        new StopControls("stop-control-unit"),
        new StopControls("stop-control-random"),
    ];

    private void Add(string path, IFamily[] known)
    {
        string name = Path.GetFileName(path);
        string[] files = JsonFiles(path);
        if (files.Length == 0) throw new RecordingException($"{path}: no recording in it");
        if (Array.Find(known, k => string.Equals(k.Name, name, StringComparison.Ordinal)) is { } family)
            families.Add((family, files));
        else throw new RecordingException($"{path}: no such family");
    }

    private static string[] JsonFiles(string path) => Sorted(Directory.GetFiles(path, "*.json"));

    private static string[] Sorted(string[] paths)
    {
        Array.Sort(paths, StringComparer.Ordinal);
        return paths;
    }
}
