using System;
using System.Globalization;
using System.IO;

namespace FlowSim.Scenarios.Records;

/// <summary>The records of a results folder, each under the hash of what decides its run.</summary>
/// <remarks>
/// A record appears whole or not at all: it is written beside its place, flushed to the disk and linked to its name,
/// which fails if the name is taken. So any number of processes may publish the same run; equal bytes are no conflict.
/// </remarks>
/// <param name="folder">Where the records are.</param>
/// <param name="damaged">Told in one line of every damaged record that was set aside.</param>
public sealed class RecordStore(string folder, Action<string> damaged)
{
    private const string ViolationEnding = "violation.json";

    /// <summary>Where a run's record is or will be.</summary>
    public string PathOf(string id) => Path.Combine(folder, id[..2], $"{id}.json");

    /// <summary>Whether something lies in the place of a run's record.</summary>
    public bool Has(string id) => File.Exists(PathOf(id));

    /// <summary>A run on record; a damaged file is set aside, so that the run is made again.</summary>
    public RunRecord? Find(string id)
    {
        string path = PathOf(id);
        if (BytesOf(path) is not { } bytes) return null;
        try
        {
            RunRecord record = RecordText.Read(bytes);
            if (string.Equals(record.Identity.RunId, id, StringComparison.Ordinal)) return record;
        }
        catch (InvalidDataException)
        {
        }

        SetAside(path);
        return null;
    }

    /// <inheritdoc cref="Publish(string, byte[])"/>
    public void Publish(RunRecord record) => Publish(record.Identity.RunId, RecordText.Write(record));

    /// <summary>Puts a run on record; a damaged record of it is set aside.</summary>
    /// <exception cref="InvariantViolation">Another result is on record under the same id.</exception>
    /// <exception cref="IOException">The disk failed or is full; nothing is left behind.</exception>
    public void Publish(string id, byte[] bytes)
    {
        string path = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (!TryLink(path, bytes))
        {
            if (BytesOf(path) is { } there && there.AsSpan().SequenceEqual(bytes)) return;
            if (Find(id) is not null)
                throw new InvariantViolation(
                    $"the same run gave two results: {path} differs from what was just simulated");
        }
    }

    /// <summary>Where the record of a run's violation is or will be.</summary>
    public string PathOf(Violation violation) =>
        Path.ChangeExtension(PathOf(violation.Identity.RunId), ViolationEnding);

    /// <summary>Puts a violation on record; of one run the first that was found stays.</summary>
    /// <exception cref="IOException">The disk failed or is full; nothing is left behind.</exception>
    public void Publish(Violation violation)
    {
        string path = PathOf(violation);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        TryLink(path, violation.Text());
    }

    private static byte[]? BytesOf(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static bool TryLink(string path, byte[] bytes)
    {
        string temporary = NewFile.Beside(path);
        try
        {
            NewFile.Write(temporary, file => file.Write(bytes));
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

    private void SetAside(string path)
    {
        for (int i = 1; ; i++)
        {
            string aside = string.Create(CultureInfo.InvariantCulture, $"{path}.corrupt.{i}");
            if (File.Exists(aside)) continue;
            try
            {
                File.Move(path, aside);
            }
            catch (FileNotFoundException)
            {
                // Another process that reads the same records was faster.
                return;
            }

            damaged($"{path}: this record is damaged; "
                + $"it is kept as {Path.GetFileName(aside)} and its run made again");
            return;
        }
    }
}
