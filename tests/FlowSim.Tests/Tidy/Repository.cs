using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace FlowSim.Tests.Tidy;

/// <summary>The checkout that the tests run in.</summary>
internal static class Repository
{
    private static readonly string[] Generated = ["bin", "obj", "results", "TestResults"];

    /// <summary>The folder of FlowSim.sln, found upwards from the tests' own.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Its own files that end so, as paths below the root with forward slashes.</summary>
    public static string[] Files(params string[] endings) =>
    [
        .. Below(Root).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal),
    ];

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Every line that breaks a rule, with its place.</summary>
    public static string[] Offences(IEnumerable<string> files, Func<string, bool> isWrong) =>
    [
        .. files.SelectMany(path => Text(path).Split('\n')
            .Select((line, i) => (line, place: $"{path}:{i + 1}: {line.Trim()}"))
            .Where(at => isWrong(at.line)).Select(at => at.place)),
    ];

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder)
            .Where(path => !Path.GetFileName(path).StartsWith('.') && !Generated.Contains(Path.GetFileName(path)))
            .SelectMany(Below));

    private static string FindRoot()
    {
        for (string? at = TestContext.CurrentContext.TestDirectory; at is not null; at = Path.GetDirectoryName(at))
            if (File.Exists(Path.Combine(at, "FlowSim.sln"))) return at;
        throw new FileNotFoundException("the tests run outside a checkout", "FlowSim.sln");
    }
}
