using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace FlowSim.Scenarios.Workers;

/// <summary>How this program starts itself again.</summary>
internal static class Self
{
    private const string Host = "dotnet";

    /// <summary>A process of this very program with the same environment, its streams in our hands.</summary>
    /// <remarks>The <c>dotnet</c> host is told which program; where another uses FlowSim, it is asked for.</remarks>
    public static Process Start(params string[] words)
    {
        string library = typeof(Self).Assembly.Location;
        string? running = Environment.ProcessPath;
        return IsNamed(running, Path.GetFileNameWithoutExtension(library)) || library.Length == 0
            ? Start(running!, words)
            : Start(IsNamed(running, Host) ? running! : Host, ["exec", library, .. words]);
    }

    private static bool IsNamed(string? path, string name) =>
        string.Equals(Path.GetFileNameWithoutExtension(path), name, StringComparison.Ordinal);

    private static Process Start(string path, IReadOnlyList<string> words) => Process.Start(
        new ProcessStartInfo(path, words)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
