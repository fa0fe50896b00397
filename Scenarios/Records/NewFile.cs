using System;
using System.IO;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios.Records;

/// <summary>A file that is written beside its place, to be moved there when it is whole.</summary>
public static class NewFile
{
    /// <summary>A name beside a path that no other process uses.</summary>
    public static string Beside(string path) => $"{path}.tmp.{Environment.ProcessId}.{Guid.NewGuid():N}";

    /// <summary>Puts a whole file in the place of another, or where none was.</summary>
    /// <exception cref="IOException">The disk failed or is full; what was there stays.</exception>
    public static void Replace(string path, Action<Stream> write)
    {
        string temporary = Beside(path);
        try
        {
            Write(temporary, write);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Fails before any work is done if nothing could be written at a path afterwards.</summary>
    /// <exception cref="ScenarioException">The path is no place for a file.</exception>
    public static void EnsureWritable(string option, string path)
    {
        if (path.Length == 0) throw new ScenarioException($"{option} is empty; name a file");
        if (Directory.Exists(path)) throw new ScenarioException($"{option}: '{path}' is a directory; name a file");
        string probe = Beside(path);
        try
        {
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException($"{option}: '{path}' cannot be written ({InputFile.Reason(e, probe, path)})");
        }
    }

    /// <summary>Writes a file that is not there yet, through to the disk.</summary>
    /// <exception cref="IOException">The disk failed or is full.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
            write(file);
            file.Flush(flushToDisk: true);
        }
        catch (ArgumentOutOfRangeException tooLarge) when (tooLarge.ParamName is "value")
        {
            // The platform's name for a file beyond what the file system or a quota allows.
            throw new IOException("No file of this size is allowed there", tooLarge);
        }
    }
}
