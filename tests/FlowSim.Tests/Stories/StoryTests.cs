using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using FlowSim.Tests.Tidy;
using NUnit.Framework;

namespace FlowSim.Tests.Stories;

/// <summary>Real replicas do what the stories say.</summary>
public sealed class StoryTests
{
    private const string Folder = "tests/FlowSim.Tests/Stories/";
    private const string RewriteVariable = "FLOWSIM_REWRITE_STORIES";

    private static readonly string[] Stories =
        [.. Repository.Files(".txt").Where(path => path.StartsWith(Folder, StringComparison.Ordinal))];

    [TestCaseSource(nameof(Stories))]
    public void It_happens_as_told(string path)
    {
        string written = Repository.Text(path);
        string told = Story.Told(written);
        bool isAsTold = string.Equals(told, written, StringComparison.Ordinal);
        if (!isAsTold && Environment.GetEnvironmentVariable(RewriteVariable) is "1")
            File.WriteAllText(Path.Combine(Repository.Root, path), told);
        Assert.That(told, Is.EqualTo(written).NoClip, $"{path}; what happens is:\n{told}");
    }

    [Test]
    public void An_edited_effect_is_noticed()
    {
        string written = Repository.Text(Folder + "happy-view.txt");
        Assert.That(Story.Told(written.Replace("votes v1 -> c2", "votes v1 -> c3", StringComparison.Ordinal)),
            Is.EqualTo(written));
        Assert.That(written, Does.Contain("votes v1 -> c2"));
    }

    [TestCase("at 1s c1 dances", "not understood: at 1s c1 dances")]
    [TestCase("at 0s c9 starts", "nobody is called c9")]
    [TestCase("at 0s c1 starts\nat 0s c1 receives proposal v2 (qc v1)", "v1 is not known yet")]
    [TestCase("at 1s c1 starts\nat 0.5s time passes", "time goes backwards at 0.5s")]
    public void A_mistake_in_a_story_is_told(string text, string message) =>
        Assert.That(() => Story.Told($"committee: c1 c2 c3 c4\n{text}\n"),
            Throws.TypeOf<FormatException>().With.Message.EqualTo(message));

    [Test]
    public void The_readme_lists_every_story()
    {
        string readme = Repository.Text(Folder + "README.md");
        string[] listed =
            [.. Regex.Matches(readme, @"\]\((?<name>[a-z0-9-]+\.txt)\)").Select(match => match.Groups["name"].Value)];
        Assert.That(listed.Distinct(StringComparer.Ordinal),
            Is.EquivalentTo(Stories.Select(path => path[Folder.Length..])));
    }
}
