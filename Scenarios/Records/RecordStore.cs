using System;
using System.Globalization;
using System.IO;

namespace FlowSim.Scenarios.Records;

/// <summary>The records of a results folder, each under the hash of what decides its run.</summary>
/// <remarks>
/// A record appears whole or not at all: it is written beside its place, flushed to the disk and linked to its name,
/// which fails if the name is taken. So any number of processes may publish the same run; equal bytes are no conflict.
/// </remarks>
public sealed class RecordStore(string folder)
{
    /// <summary>Where a run's record is or will be.</summary>
    public string PathOf(string id) => Path.Combine(folder, id[..2], $"{id}.json");

    /// <summary>A run on record; a damaged file is set aside, so that the run is made again.</summary>
    public RunRecord? Find(string id)
    {
        string path = PathOf(id);
        if (!File.Exists(path)) return null;
        try
        {
            RunRecord record = RecordText.Read(File.ReadAllBytes(path));
            if (string.Equals(record.Identity.RunId, id, StringComparison.Ordinal)) return record;
        }
        catch (Exception damage) when (damage is InvalidDataException or System.Text.Json.JsonException
            or System.Collections.Generic.KeyNotFoundException or InvalidOperationException or FormatException)
        {
        }

        SetAside(path);
        return null;
    }

    /// <summary>Puts a run on record.</summary>
    /// <exception cref="InvariantViolation">Another result is on record under the same id.</exception>
    /// <exception cref="IOException">The disk failed or is full; nothing is left behind.</exception>
    public void Publish(RunRecord record)
    {
        string path = PathOf(record.Identity.RunId);
        byte[] bytes = RecordText.Write(record);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!TryLink(path, bytes) && !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            throw new InvariantViolation($"the same run gave two results: {path} differs from what was just simulated");
    }

    private static bool TryLink(string path, byte[] bytes)
    {
        string temporary = $"{path}.tmp.{Environment.ProcessId}.{Guid.NewGuid():N}";
        try
        {
            using (FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            if (File.Exists(path)) return false;
            File.Move(temporary, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void SetAside(string path)
    {
        for (int i = 1; ; i++)
        {
            string aside = string.Create(CultureInfo.InvariantCulture, $"{path}.corrupt.{i}");
            if (File.Exists(aside)) continue;
            File.Move(path, aside);
            return;
        }
    }
}
