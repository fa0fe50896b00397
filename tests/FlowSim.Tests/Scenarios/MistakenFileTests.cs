using System.Globalization;
using System.Text;
using CsCheck;
using FlowSim.Scenarios;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>Files that are wrong, or strange, as a whole.</summary>
public sealed class MistakenFileTests
{
    [TestCase("", "s.yaml:1:1: the file is empty; it must begin with 'format: 1'")]
    [TestCase("# nothing\n", "s.yaml:1:1: the file is empty; it must begin with 'format: 1'")]
    [TestCase("- 1\n", "s.yaml:1:1: a list stands where the file is expected")]
    [TestCase("format: 1\nscenarios: []\n---\nformat: 1\n",
        "s.yaml:3:1: a second document begins here; a file holds one")]
    [TestCase("format: 1\nscenarios: []\n",
        "s.yaml:2:12: an empty list stands where a list of at least one scenario is expected")]
    [TestCase("format: 1\n\u0000", "s.yaml:2:1: this is not text; a UTF-8 text file is needed")]
    public void Files_as_a_whole(string text, string message)
    {
        using Written files = new Written().With("s.yaml", text);
        Assert.That(files.Mistake(), Is.EqualTo(message).NoClip);
    }

    [Test]
    public void Binary_missing_and_directory()
    {
        using Written files = new();
        Assert.That(files.Mistake(), Is.EqualTo("there is no file 's.yaml'"));
        files.With("s.yaml", [(byte)'a', (byte)'\n', (byte)'b', 0xFF, 0xFE]);
        Assert.That(files.Mistake(), Is.EqualTo("s.yaml:2:2: this is not text; a UTF-8 text file is needed"));
        System.IO.File.Delete(files.PathOf("s.yaml"));
        System.IO.Directory.CreateDirectory(files.PathOf("s.yaml"));
        Assert.That(files.Mistake(), Is.EqualTo("'s.yaml' is a directory; a file is needed"));
    }

    [Test]
    public void Two_scenarios_of_one_name()
    {
        string second =
            Written.Good[Written.Good.IndexOf("  - name: first", System.StringComparison.Ordinal)..];
        using Written files = new Written().With("s.yaml", $"{Written.Good}\n{second}");
        Assert.That(files.Mistake(),
            Is.EqualTo("s.yaml:26:11: two scenarios are called 'first', the first in line 3; rename one"));
    }

    [Test]
    public void Nesting_without_end_is_refused()
    {
        StringBuilder deep = new();
        deep.Append('[', 100_000);
        using Written files = new Written().With("s.yaml", deep.ToString());
        Assert.That(files.Mistake(), Is.EqualTo("s.yaml:1:31: this is nested too deeply"));
    }

    [TestCase("profile: mainnet-2024", "profile: LONG", "s.yaml:5:14: 'mmm")]
    [TestCase("KI: 0.06", "LONG: 1", "s.yaml:21:22: unknown key 'mmm")]
    [TestCase("uplink: 1Gbps", "uplink: 1LONG", "s.yaml:11:15: 'mmm")]
    [TestCase("metric: mean-view-time", "metric: LONG", "s.yaml:25:19: 'mmm")]
    public void An_endless_word_is_cut(string from, string to, string start)
    {
        string word = new('m', 1_000_000);
        using Written files = new Written().With("s.yaml",
            Written.Edited(from, to.Replace("LONG", word, System.StringComparison.Ordinal)));
        Assert.That(files.Mistake(), Does.StartWith(start).And.EndsWith(" …"));
        Assert.That(files.Mistake(), Has.Length.LessThan(1100));
    }

    [Test]
    public void Aliases_of_aliases_cost_nothing()
    {
        StringBuilder bomb = new("format: 1\nscenarios: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++)
            bomb.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
        using Written files = new Written().With("s.yaml", bomb.ToString());
        Assert.That(files.Mistake(), Does.StartWith("s.yaml:3:1: unknown key 'a1' in the file"));
    }

    [Test]
    public void A_million_aliases_are_refused_before_they_are_read()
    {
        StringBuilder text = new(Written.Good.Replace("- name: first", "- &s\n    name: first",
            System.StringComparison.Ordinal));
        for (int i = 0; i < 1_000_000; i++) text.Append("\n  - *s");
        using Written files = new Written().With("s.yaml", text.ToString());
        Assert.That(files.Mistake(),
            Is.EqualTo("s.yaml:3:3: this list has 1000001 entries; at most 1000 are allowed"));
    }

    [Test]
    public void A_large_file_is_refused_unread()
    {
        using Written files = new Written().With("s.yaml", new byte[50_000_000]);
        Assert.That(files.Mistake(), Is.EqualTo("'s.yaml' is larger than 16 MiB; no input of FlowSim is"));
    }

    [TestCase("\r\n", "")]
    [TestCase("\n", "\uFEFF")]
    [TestCase("\r\n", "\uFEFF")]
    public void Line_ends_and_marks_of_other_systems_are_fine(string lineEnd, string mark)
    {
        string text = mark + Written.Good.ReplaceLineEndings(lineEnd);
        Assert.That(Plan.Of(Written.Load(text)), Has.Count.EqualTo(6));
    }

    [Test]
    public void Whatever_is_typed_the_answer_is_a_mistake_or_a_plan()
    {
        string[] pieces = ["\t", "\n", " ", "-", "- ", "? ", ": ", "[", "]", "{", "}", "&a", "*a", "!", "!!x ",
            "|", ">", "'", "\"", "#", "%", "@", "`", ",", "0", "-1", "1e999", "\\", "\0", "\u2028", "😀", "---\n",
            "...\n", "<<: "];
        Gen<int> piece = Gen.Int[0, pieces.Length - 1];
        Gen.Select(Gen.Int[0, Written.Good.Length], Gen.Int[0, 4], piece, piece)
            .Sample((at, cut, first, second) =>
            {
                int end = System.Math.Min(Written.Good.Length, at + cut);
                try
                {
                    Plan.Of(Written.Load(Written.Good[..at] + pieces[first] + pieces[second] + Written.Good[end..]));
                }
                catch (ScenarioException mistake)
                {
                    return !mistake.Message.Contains('\n', System.StringComparison.Ordinal);
                }

                return true;
            }, iter: 3000);
    }
}
