using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios;

/// <summary>A user's files as bytes.</summary>
/// <param name="Name">How messages call the scenario file.</param>
/// <param name="Root">The scenario file.</param>
/// <param name="Included">The files it mentions, by the words that it mentions them with.</param>
public sealed record PackedFiles(string Name, byte[] Root, IReadOnlyDictionary<string, byte[]> Included);

/// <summary>A scenario file and every file it draws in; its hash names exactly what was asked.</summary>
public sealed class Closure
{
    private readonly SortedList<string, InputFile> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> included = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, byte[]> packed =
        new Dictionary<string, byte[]>(StringComparer.Ordinal);
    private readonly string folder;
    private readonly string shownFolder;

    /// <summary>Begins with the scenario file itself.</summary>
    public Closure(string path)
    {
        Root = InputFile.Read(path, path, problem => new ScenarioException(problem));
        folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        shownFolder = Path.GetDirectoryName(path) ?? "";
        files.Add("scenario", Root);
    }

    /// <summary>Begins with a text that lies in no folder; what it mentions is relative to the working one.</summary>
    public Closure(InputFile root)
    {
        Root = root;
        folder = Path.GetFullPath(".");
        shownFolder = "";
        files.Add("scenario", Root);
    }

    private Closure(PackedFiles files) : this(InputFile.Of(files.Name, files.Root)) => packed = files.Included;

    /// <summary>The scenario file.</summary>
    public InputFile Root { get; }

    /// <summary>A file the scenario mentions, relative to the scenario file.</summary>
    public InputFile Include(YamlScalar mention)
    {
        string shown = Path.Combine(shownFolder, mention.Text);
        InputFile file = packed.TryGetValue(mention.Text, out byte[]? bytes)
            ? InputFile.Of(shown, bytes)
            : InputFile.Read(Path.Combine(folder, mention.Text), shown, mention.At.Error);
        included[mention.Text] = file.Bytes;
        files.TryAdd($"include {mention.Text}", file);
        return file;
    }

    /// <summary>A file that comes with FlowSim.</summary>
    public InputFile BuiltIn(string subfolder, string name)
    {
        InputFile file = InputFile.BuiltIn(subfolder, name);
        files.TryAdd($"built-in {file.Name}", file);
        return file;
    }

    /// <summary>The user's files, so that another process of this program reads the same.</summary>
    public PackedFiles Pack() => new(Root.Name, Root.Bytes, included);

    /// <summary>What was packed, without a look at the disk.</summary>
    public static Closure Unpack(PackedFiles files) => new(files);

    /// <summary>SHA-256 over the labels and bytes of all files, in the order of the labels.</summary>
    public string Hash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < files.Count; i++)
        {
            Append(hash, Encoding.UTF8.GetBytes(files.GetKeyAtIndex(i)));
            Append(hash, files.GetValueAtIndex(i).Bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Adds a length and the bytes, so that no two lists of parts give the same stream.</summary>
    public static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
