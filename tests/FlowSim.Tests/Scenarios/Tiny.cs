using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FlowSim.Scenarios;

namespace FlowSim.Tests.Scenarios;

/// <summary>A small scenario in a folder of its own, run through the command line.</summary>
public sealed class Tiny : IDisposable
{
    /// <summary>Four short runs: two sets under two seeds.</summary>
    public const string Text = """
        format: 1
        scenarios:
          - name: tiny
            question: Does it run?
            profile: mainnet-2024
            nodes: { consensus: 5, collection: 0, execution: 0, verification: 0, access: 0 }
            epoch: { views: 60, target-view-time: 800ms }
            seeds: 1..2
            duration: { epochs: 1 }
            warmup-views: 5
            sets:
              - name: base
              - name: slow
                hotstuff-min-timeout: 3s
            expect:
              - { metric: mean-view-time, set: slow, min: 0.5, max: 1.5 }
        """;

    private readonly Written files = new();

    public Tiny(string text = Text) => files.With("s.yaml", text);

    /// <summary>The scenario file.</summary>
    public string Scenario => files.PathOf("s.yaml");

    /// <summary>The results folder.</summary>
    public string Results => files.PathOf("results");

    /// <summary>Where a scenario's derived files are.</summary>
    public string Derived => Path.Combine(Results, "s", "tiny");

    /// <summary>Runs the scenario in this process, alone unless told otherwise.</summary>
    public (int Code, string Output, string Error) Run(params string[] more) =>
        Call("run", more.Contains("--workers") ? more : ["--workers", "1", .. more]);

    /// <summary>Calls another verb on the scenario in this process.</summary>
    public (int Code, string Output, string Error) Call(string verb, params string[] more)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = CommandLine.Run([verb, Scenario, "--out", Results, .. more], output, error);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>The bytes of all records as text, by path below the results folder.</summary>
    public SortedDictionary<string, string> Records() => Files(Path.Combine(Results, "records"));

    /// <summary>The bytes of all derived files as text.</summary>
    public SortedDictionary<string, string> DerivedFiles() => Files(Derived);

    /// <summary>Files that should not outlive a call, successful or not.</summary>
    public IReadOnlyList<string> Leftovers() => !Directory.Exists(Results)
        ? []
        : [.. Directory.EnumerateFiles(Results, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(path)!)
            .Where(name => name.Contains(".tmp.", StringComparison.Ordinal)
                || name.Contains(".probe", StringComparison.Ordinal))];

    public string PathOf(string name) => files.PathOf(name);

    public void Dispose() => files.Dispose();

    private static SortedDictionary<string, string> Files(string folder)
    {
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        if (!Directory.Exists(folder)) return files;
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            files.Add(Path.GetRelativePath(folder, path), Convert.ToHexString(File.ReadAllBytes(path)));
        return files;
    }
}
