using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using NUnit.Framework;

namespace FlowSim.Tests.Tidy;

/// <summary>Every package is locked, and used by whoever asks for it.</summary>
public sealed class PackageTests
{
    /// <summary>Packages that are no library: natives held at one version, test runners, analyzers.</summary>
    private static readonly string[] WithoutNamespace =
    [
        "SkiaSharp.HarfBuzz", "SkiaSharp.NativeAssets.Linux.NoDependencies", "HarfBuzzSharp.NativeAssets.Linux",
        "NUnit3TestAdapter", "NUnit.Analyzers", "Microsoft.NET.Test.Sdk",
    ];

    private static readonly string[] Projects = Repository.Files(".csproj");

    [Test]
    public void Every_project_has_a_lock_file() =>
        Assert.That(Projects.Select(path => Path.Combine(Repository.Root, Path.GetDirectoryName(path)!,
            "packages.lock.json")).Where(path => !File.Exists(path)), Is.Empty);

    [TestCaseSource(nameof(Projects))]
    public void Every_package_is_used(string project)
    {
        string folder = Path.GetDirectoryName(project)! + "/";
        string sources = string.Concat(Repository.Files(".cs")
            .Where(path => path.StartsWith(folder, StringComparison.Ordinal)).Select(Repository.Text));
        Assert.That(Referenced(project).Except(WithoutNamespace, StringComparer.Ordinal)
            .Where(package => !sources.Contains($"using {package}", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Every_version_on_the_central_list_is_of_a_package_somebody_asks_for()
    {
        string[] asked = [.. Projects.Append("Directory.Build.props").SelectMany(Referenced)];
        string[] listed = Elements("Directory.Packages.props", "PackageVersion");
        Assert.That(listed.Except(asked, StringComparer.Ordinal), Is.Empty);
        Assert.That(asked.Distinct(StringComparer.Ordinal).Count(), Is.GreaterThan(15));
    }

    private static string[] Referenced(string project) => Elements(project, "PackageReference");

    private static string[] Elements(string file, string name) =>
        [.. XDocument.Parse(Repository.Text(file)).Descendants(name).Select(e => e.Attribute("Include")!.Value)];
}
