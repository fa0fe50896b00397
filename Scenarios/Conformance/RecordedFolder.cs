using System;
using System.Collections.Generic;
using System.IO;
using FlowSim.HotStuff;

namespace FlowSim.Scenarios.Recorded;

/// <summary>The families found in a folder, in order of name.</summary>
internal sealed class RecordedFolder
{
    private static readonly string[] Pending =
    [
        "chunk-assignment", "cluster-assignment", "kvstore-random", "kvstore-replicate", "kvstore-unit",
        "semver", "stop-control-random", "stop-control-unit", "version-beacon-validate",
    ];

    private readonly List<(IFamily Family, IReadOnlyList<string> Files)> families = [];
    private readonly List<string> notReplayedYet = [];

    /// <summary>What can be replayed.</summary>
    public IReadOnlyList<(IFamily Family, IReadOnlyList<string> Files)> Families => families;

    /// <summary>Families recorded for protocol parts that the simulator does not contain yet.</summary>
    public IReadOnlyList<string> NotReplayedYet => notReplayedYet;

    /// <exception cref="RecordingException">The folder, or one in it, is missing, empty or of no known
    /// family.</exception>
    public static RecordedFolder Open(string directory, SafetyConstants constants)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (!Directory.Exists(path)) throw new RecordingException($"{directory}: no such folder");

        string[] parts = Sorted(Directory.GetDirectories(path));
        if (parts.Length == 0) parts = [path];
        else if (JsonFiles(path).Length > 0)
            throw new RecordingException($"{directory}: recordings lie both in it and in folders below");

        IFamily[] known = Known(constants);
        var folder = new RecordedFolder();
        foreach (string part in parts) folder.Add(part, known);
        return folder;
    }

    private static IFamily[] Known(SafetyConstants constants) =>
    [
        new CruiseTrajectories("cruisectl-open-loop"),
        new CruiseTrajectories("cruisectl-closed-loop"),
        new CruiseTrajectories("cruisectl-errors"),
        new CruiseFilters(),
        new TimeoutSequences(),
        new ViewChanges(),
        new ForksTrees("forks-unit"),
        new ForksTrees("forks-random"),
        new SafetyDecisions(constants),
        new QuorumThresholds(),
        new LeaderSequences(),
        new ChunkAssignments(),
        new ClusterAssignments(),
        new GeneratorOutputs(),
        new EpochExtensions(),
    ];

    private void Add(string path, IFamily[] known)
    {
        string name = Path.GetFileName(path);
        string[] files = JsonFiles(path);
        if (files.Length == 0) throw new RecordingException($"{path}: no recording in it");
        if (Array.Find(known, k => string.Equals(k.Name, name, StringComparison.Ordinal)) is { } family)
            families.Add((family, files));
        else if (Array.IndexOf(Pending, name) >= 0) notReplayedYet.Add(name);
        else throw new RecordingException($"{path}: no such family");
    }

    private static string[] JsonFiles(string path) => Sorted(Directory.GetFiles(path, "*.json"));

    private static string[] Sorted(string[] paths)
    {
        Array.Sort(paths, StringComparer.Ordinal);
        return paths;
    }
}
