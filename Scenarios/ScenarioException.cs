using System;
using System.Text;

namespace FlowSim.Scenarios;

/// <summary>A user's mistake in an input file: one line that says where, what, and what is allowed.</summary>
/// <remarks>Messages quote what a file holds, so line breaks, escape codes and endless words are cut here.</remarks>
public sealed class ScenarioException(string message) : Exception(OneLine(message))
{
    private const int Longest = 1000;

    /// <summary>A text made fit for one line of a terminal.</summary>
    public static string OneLine(string text)
    {
        StringBuilder line = new();
        foreach (char letter in text)
        {
            if (line.Length == Longest) return $"{line} …";
            line.Append(char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter);
        }

        return line.ToString();
    }
}
