using System;
using System.IO;

namespace FlowSim.Scenarios.Records;

/// <summary>A file that is written beside its place, to be moved there when it is whole.</summary>
public static class NewFile
{
    /// <summary>A name beside a path that no other process uses.</summary>
    public static string Beside(string path) => $"{path}.tmp.{Environment.ProcessId}.{Guid.NewGuid():N}";

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
