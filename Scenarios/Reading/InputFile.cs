using System;
using System.IO;
using System.Text;

namespace FlowSim.Scenarios.Reading;

/// <summary>A text file that was read: the name its user knows it by, its bytes and its text.</summary>
public sealed record InputFile(string Name, byte[] Bytes, string Text)
{
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
            return Of(name, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw mention($"'{name}' cannot be read: {OneLine(e.Message)}");
        }
    }

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
