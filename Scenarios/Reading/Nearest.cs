using System;
using System.Collections.Generic;
using System.Linq;

namespace FlowSim.Scenarios.Reading;

/// <summary>"Did you mean …?" by edit distance.</summary>
public static class Nearest
{
    private const int LongestList = 24;
    private const int Shown = 8;

    /// <summary>The list of what is allowed, with a suggestion when one word is close.</summary>
    /// <param name="written">What stands there.</param>
    /// <param name="allowed">Every word that could; of a long list only the nearest are named.</param>
    /// <param name="lister">A command that prints a long list in full.</param>
    public static string Allowed(string written, IReadOnlyList<string> allowed, string? lister = null)
    {
        if (allowed.Count <= LongestList)
            return $"allowed: {string.Join(", ", allowed)}{Suggestion(written, allowed)}";
        string all = lister is null ? "" : $" ({lister} lists all)";
        return FormattableString.Invariant($"the {Shown} nearest of {allowed.Count} allowed{all}: ")
            + $"{string.Join(", ", NearestOf(written, allowed))}{Suggestion(written, allowed)}";
    }

    /// <summary>" (did you mean 'x'?)", or nothing when no word is close.</summary>
    public static string Suggestion(string written, IReadOnlyList<string> words)
    {
        string? best = null;
        int least = Math.Min(3, Math.Max(1, (written.Length + 1) / 2)) + 1;
        foreach (string word in words)
        {
            // A file may hold a word of a million letters; a table of distances to it would fill the memory.
            if (Math.Abs(word.Length - written.Length) >= least) continue;
            int distance = Distance(written.ToLowerInvariant(), word.ToLowerInvariant());
            if (distance >= least) continue;
            best = word;
            least = distance;
        }

        return best is null ? "" : $" (did you mean '{best}'?)";
    }

    private static IEnumerable<string> NearestOf(string written, IReadOnlyList<string> words)
    {
        string start = written[..Math.Min(written.Length, 100)].ToLowerInvariant();
        return words.OrderBy(word => Distance(start, word.ToLowerInvariant())).Take(Shown);
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
