using System;
using System.Collections.Generic;

namespace FlowSim.Scenarios.Reading;

/// <summary>"Did you mean …?" by edit distance.</summary>
public static class Nearest
{
    /// <summary>The list of what is allowed, with a suggestion when one word is close.</summary>
    public static string Allowed(string written, IReadOnlyList<string> allowed) =>
        $"allowed: {string.Join(", ", allowed)}{Suggestion(written, allowed)}";

    /// <summary>" (did you mean 'x'?)", or nothing when no word is close.</summary>
    public static string Suggestion(string written, IReadOnlyList<string> words)
    {
        string? best = null;
        int least = Math.Min(3, Math.Max(1, (written.Length + 1) / 2)) + 1;
        foreach (string word in words)
        {
            int distance = Distance(written.ToLowerInvariant(), word.ToLowerInvariant());
            if (distance >= least) continue;
            best = word;
            least = distance;
        }

        return best is null ? "" : $" (did you mean '{best}'?)";
    }

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours between two words.</summary>
    public static int Distance(string a, string b)
    {
        int[,] steps = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) steps[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) steps[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = steps[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                int best = Math.Min(replaced, Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1);
                bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                steps[i, j] = swapped ? Math.Min(best, steps[i - 2, j - 2] + 1) : best;
            }
        }

        return steps[a.Length, b.Length];
    }
}
