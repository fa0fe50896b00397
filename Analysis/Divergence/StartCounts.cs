using System;
using System.Collections.Generic;

namespace FlowSim.Analysis.Divergence;

/// <summary>What came of some of a run's starts.</summary>
/// <param name="Starts">How many there were.</param>
/// <param name="Exposed">Those that ran another behaviour than the specified one.</param>
/// <param name="Manifest">Those that came to another end.</param>
/// <param name="Undetected">Those of them that nothing found.</param>
/// <param name="Expected">How many would come to another end given their exposed chunks: a sum of chances.</param>
internal readonly record struct StartCounts(int Starts, int Exposed, int Manifest, int Undetected, double Expected)
{
    public static StartCounts Of(IReadOnlyList<ProcessStart> starts, Predicate<ProcessStart> counts)
    {
        StartCounts sum = default;
        foreach (ProcessStart start in starts)
        {
            if (!counts(start)) continue;
            sum = new StartCounts(sum.Starts + 1, sum.Exposed + (start.IsExposed ? 1 : 0),
                sum.Manifest + (start.IsManifest ? 1 : 0), sum.Undetected + (start.IsUndetected ? 1 : 0),
                sum.Expected + start.ManifestChance);
        }

        return sum;
    }
}
