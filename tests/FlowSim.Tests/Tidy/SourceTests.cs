using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace FlowSim.Tests.Tidy;

/// <summary>The house's rules about its own files.</summary>
public sealed class SourceTests
{
    private const int MostLines = 300;
    private const int MostColumns = 120;

    private static readonly string[] Sources = Repository.Files(".cs");

    [Test]
    public void The_sources_are_found() => Assert.That(Sources, Has.Length.GreaterThan(100)
        .And.Some.StartsWith("Simulator/").And.Some.StartsWith("Analysis/").And.Some.StartsWith("Scenarios/"));

    [Test]
    public void No_file_is_too_long_to_read_at_one_sitting() =>
        Assert.That(Sources.Where(path => Repository.Text(path).Split('\n').Length - 1 > MostLines), Is.Empty);

    [Test]
    public void No_line_is_too_wide() =>
        Assert.That(Repository.Offences(Sources, line => line.Length > MostColumns), Is.Empty);

    [Test]
    public void Nothing_points_outside_the_repository()
    {
        var absolute = new Regex(@"(?<=^|[\s""'`(=])(/(?!dev/null|usr/bin/env|flowsim/)\w|~/|[A-Z]:\\)");
        string[] files = Repository.Files(".cs", ".md", ".yaml", ".csproj", ".props", "NOTICE");
        Assert.That(Repository.Offences(files, line => absolute.IsMatch(line)), Is.Empty);
    }

    [Test]
    public void Every_link_between_documents_leads_to_a_file()
    {
        var link = new Regex(@"\]\((?!https?:|#)([^)#\s]+)");
        string[] broken =
        [
            .. Repository.Files(".md").SelectMany(path => link.Matches(Repository.Text(path))
                .Select(match => Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, match.Groups[1].Value))
                .Where(target => !Path.Exists(target))),
        ];
        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void Nothing_is_left_for_later()
    {
        var later = new Regex(@"\b(TO[D]O|FIX[M]E|HAC[K]|XX[X]|NotImplemente[d])|^\s*\[(Ignore|Explicit)\b");
        Assert.That(Repository.Offences(Sources, later.IsMatch), Is.Empty);
    }

    [Test]
    public void Names_say_what_a_type_is()
    {
        var vague = new Regex(@"\b(class|record|struct|interface|enum) \w*(Manager|Helper|Util|Utils|Service|Impl)\b");
        Assert.That(Repository.Offences(Sources, vague.IsMatch), Is.Empty);
    }
}
