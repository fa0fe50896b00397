using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;

namespace FlowSim.Tests.Scenarios;

/// <summary>What Linux says of processes and their children.</summary>
internal static class Family
{
    private const string Processes = "/" + "proc";

    /// <summary>Waits until a process has started another.</summary>
    public static int AwaitChild(Process parent)
    {
        while (true)
        {
            foreach (int child in Process.GetProcesses().Select(process => process.Id))
            {
                if (string.Equals(StatusOf(child, "PPid:"), $"{parent.Id}", StringComparison.Ordinal)) return child;
            }

            if (parent.HasExited) throw new InvalidOperationException("it ended without a child");
            Thread.Sleep(5);
        }
    }

    /// <summary>Whether a process still does anything; one that nobody has buried does not.</summary>
    public static bool IsAlive(int process) => StatusOf(process, "State:") is { } state && !state.StartsWith('Z');

    private static string? StatusOf(int process, string key)
    {
        try
        {
            return File.ReadLines(Path.Combine(Processes, $"{process}", "status"))
                .FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..].Trim();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
