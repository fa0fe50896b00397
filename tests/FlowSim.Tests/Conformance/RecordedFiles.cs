using System;
using System.IO;
using System.IO.Compression;
using NUnit.Framework;

namespace FlowSim.Tests.Recorded;

/// <summary>A temporary folder with recordings, which a test may alter.</summary>
internal sealed class RecordedFiles : IDisposable
{
    public string Folder { get; } =
        Directory.CreateTempSubdirectory("flowsim-recorded-").FullName;

    /// <summary>Adds the families of an archive.</summary>
    public RecordedFiles With(string archive)
    {
        string path = Path.Combine(TestContext.CurrentContext.TestDirectory, "vectors", archive + ".zip");
        ZipFile.ExtractToDirectory(path, Folder);
        return this;
    }

    /// <summary>Adds the families of all archives.</summary>
    public RecordedFiles WithAll()
    {
        string vectors = Path.Combine(TestContext.CurrentContext.TestDirectory, "vectors");
        foreach (string path in Directory.GetFiles(vectors, "*.zip")) ZipFile.ExtractToDirectory(path,
            Folder);
        return this;
    }

    /// <summary>Adds a file of the given text.</summary>
    public RecordedFiles WithText(string family, string file, string text)
    {
        Directory.CreateDirectory(Path.Combine(Folder, family));
        File.WriteAllText(Path.Combine(Folder, family, file), text);
        return this;
    }

    /// <summary>Replaces the only, or the last, occurrence of a text in a file.</summary>
    public RecordedFiles Altered(string family, string file, string from, string to)
    {
        string path = Path.Combine(Folder, family, file);
        string text = File.ReadAllText(path);
        int at = text.LastIndexOf(from, StringComparison.Ordinal);
        Assert.That(at, Is.GreaterThanOrEqualTo(0), "the text to alter is in the recording");
        File.WriteAllText(path, text[..at] + to + text[(at + from.Length)..]);
        return this;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
