using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;

namespace FlowSim.Kernel;

/// <summary>A 128-bit fingerprint of a run over the fields of all that happened, equal in every process.</summary>
/// <remarks>Fields, not texts: renaming a type changes no digest. The hash is XXH128.</remarks>
public sealed class TraceDigest
{
    private readonly XxHash128 hash = new(0);
    private readonly byte[] buffer = new byte[8192];
    private int used;

    /// <summary>Appends a tagged triple of fields.</summary>
    public void Add(ulong tag, ulong a, ulong b, ulong c)
    {
        if (used == buffer.Length) Flush();
        Span<byte> at = buffer.AsSpan(used, 32);
        BinaryPrimitives.WriteUInt64LittleEndian(at, tag);
        BinaryPrimitives.WriteUInt64LittleEndian(at[8..], a);
        BinaryPrimitives.WriteUInt64LittleEndian(at[16..], b);
        BinaryPrimitives.WriteUInt64LittleEndian(at[24..], c);
        used += 32;
    }

    /// <summary>The digest of everything added so far: 32 lower-case hexadecimal digits.</summary>
    public string Text
    {
        get
        {
            Flush();
            return hash.GetCurrentHashAsUInt128().ToString("x32", CultureInfo.InvariantCulture);
        }
    }

    private void Flush()
    {
        hash.Append(buffer.AsSpan(0, used));
        used = 0;
    }
}
