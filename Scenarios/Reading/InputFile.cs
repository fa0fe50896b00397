using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace FlowSim.Scenarios.Reading;

/// <summary>A text file that was read: the name its user knows it by, its bytes and its text.</summary>
public sealed record InputFile(string Name, byte[] Bytes, string Text)
{
    /// <summary>Larger than any scenario, small enough to be read and refused at once.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a file from the disk.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="mention">Makes a message point to where the file is mentioned.</param>
    public static InputFile Read(string path, string name, Func<string, ScenarioException> mention)
    {
        if (Directory.Exists(path)) throw mention($"'{name}' is a directory; a file is needed");
        if (!File.Exists(path)) throw mention($"there is no file '{name}'");
        try
        {
            return Of(name, Bounded(path)
                ?? throw mention($"'{name}' is larger than 16 MiB; no input of FlowSim is"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw mention($"'{name}' cannot be read: {Reason(e, path, name)}");
        }
    }

    /// <summary>The names, less their ending, of the files in a folder that comes with FlowSim, in order.</summary>
    public static IReadOnlyList<string> BuiltInNames(string folder, string ending)
    {
        List<string> names = [];
        foreach (string resource in typeof(InputFile).Assembly.GetManifestResourceNames())
        {
            if (resource.StartsWith(folder + "/", StringComparison.Ordinal)
                && resource.EndsWith(ending, StringComparison.Ordinal))
                names.Add(resource[(folder.Length + 1)..^ending.Length]);
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>Why a file could not be read or written, in which the file is called as its user wrote it.</summary>
    public static string Reason(Exception failed, string path, string name) =>
        OneLine(failed.Message.Replace(Path.GetFullPath(path), name, StringComparison.Ordinal));

    /// <summary>Checks that bytes are text.</summary>
    public static InputFile Of(string name, byte[] bytes)
    {
        int bad = FirstBadByte(bytes);
        if (bad >= 0)
            throw PlaceOf(name, bytes, bad).Error("this is not text; a UTF-8 text file is needed");
        string text = Utf8.GetString(bytes);
        return new InputFile(name, bytes, text.StartsWith('\uFEFF') ? text[1..] : text);
    }

    /// <summary>A file that comes with FlowSim.</summary>
    /// <param name="folder">Its folder, which is also what messages call it by.</param>
    /// <param name="file">Its name.</param>
    public static InputFile BuiltIn(string folder, string file)
    {
        using Stream stream = typeof(InputFile).Assembly.GetManifestResourceStream($"{folder}/{file}")
            ?? throw new InvalidOperationException($"the build lacks {folder}/{file}");
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return Of($"{folder}/{file}", copy.ToArray());
    }

    /// <summary>A message without line breaks.</summary>
    public static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim().TrimEnd('.');

    /// <summary>A file's bytes, or null if there are too many.</summary>
    /// <remarks>Its length is not trusted, as it may be a pipe.</remarks>
    private static byte[]? Bounded(string path)
    {
        using FileStream file = File.OpenRead(path);
        using MemoryStream bytes = new();
        byte[] part = new byte[64 * 1024];
        for (int read = file.Read(part); read > 0; read = file.Read(part))
        {
            if (bytes.Length + read > MostBytes) return null;
            bytes.Write(part, 0, read);
        }

        return bytes.ToArray();
    }

    private static int FirstBadByte(byte[] bytes)
    {
        int control = Array.FindIndex(bytes, b => b < 32
            && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r'));
        try
        {
            Utf8.GetCharCount(bytes);
            return control;
        }
        catch (DecoderFallbackException e)
        {
            return control >= 0 ? Math.Min(control, e.Index) : e.Index;
        }
    }

    private static Place PlaceOf(string name, byte[] bytes, int index)
    {
        int line = 1;
        int start = 0;
        for (int i = 0; i < index; i++)
        {
            if (bytes[i] != '\n') continue;
            line++;
            start = i + 1;
        }

        return new Place(name, line, index - start + 1);
    }
}
