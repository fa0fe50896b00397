using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace FlowSim.Scenarios.Benching;

/// <summary>What a benchmark ran on.</summary>
/// <param name="Cpu">The processor's model.</param>
/// <param name="Cores">Processors the process may use.</param>
/// <param name="MemoryGiB">Memory the process may use.</param>
/// <param name="System">Operating system and architecture.</param>
/// <param name="Runtime">.NET and how it collects garbage.</param>
/// <param name="Program">FlowSim's version and build.</param>
public sealed record Machine(
    string Cpu, int Cores, double MemoryGiB, string System, string Runtime, string Program)
{
    private const string CpuInfo = "/" + "proc/cpuinfo";

    /// <summary>This machine.</summary>
    public static Machine Here { get; } = new(
        CpuModel(), Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Math.Pow(2, 30), 1),
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
        $"{RuntimeInformation.FrameworkDescription}, "
            + (global::System.Runtime.GCSettings.IsServerGC ? "server" : "workstation") + " collector",
        $"flowsim {Build.Version} (build {Build.Hash[..12]})");

    /// <summary>The machine in lines of a report.</summary>
    public void Write(TextWriter output)
    {
        output.Write($"{Program}\n");
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{Cpu}; {Cores} cores, {MemoryGiB:F1} GiB\n"));
        output.Write($"{System}; {Runtime}\n");
    }

    /// <summary>Linux tells in a file, Windows in the environment; elsewhere the architecture must do.</summary>
    private static string CpuModel()
    {
        if (File.Exists(CpuInfo))
        {
            foreach (string line in File.ReadLines(CpuInfo))
            {
                if (line.StartsWith("model name", StringComparison.Ordinal)) return line.Split(':')[^1].Trim();
            }
        }

        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? $"unnamed {RuntimeInformation.ProcessArchitecture} processor";
    }
}
