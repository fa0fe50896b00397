using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace FlowSim.Scenarios.Workers;

/// <summary>The cores that this process may use, where the system tells.</summary>
public static class Cores
{
    private const int MostTold = 64;

    /// <summary>Whether a process can be kept to a core here.</summary>
    public static bool CanBeChosen { get; } = OperatingSystem.IsLinux() || OperatingSystem.IsWindows();

    /// <summary>Numbers of cores, ascending; none where they cannot be chosen.</summary>
    public static IReadOnlyList<int> Usable { get; } = Told();

    /// <summary>Keeps a process to one of <see cref="Usable"/>.</summary>
    /// <param name="process">A process that has just begun: threads that it has already may stay elsewhere.</param>
    /// <param name="core">The number of the core.</param>
    public static void Keep(Process process, int core)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) process.ProcessorAffinity = (nint)(1UL << core);
    }

    private static int[] Told()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows()) return [];
        using var self = Process.GetCurrentProcess();
        ulong mask = (ulong)self.ProcessorAffinity;
        return [.. Enumerable.Range(0, MostTold).Where(core => (mask >> core & 1) == 1)];
    }
}
