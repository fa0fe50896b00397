using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace FlowSim.Kernel;

/// <summary>A 128-bit fingerprint of a run over the fields of all that happened, equal in every process.</summary>
/// <remarks>Fields, not texts: renaming a type changes no digest. The hash is XXH128.</remarks>
public sealed class TraceDigest
{
    private readonly XxHash128 hash = new(0);
    private readonly ulong[] pending = new ulong[1024];
    private int used;

    /// <summary>Appends a tagged triple of fields.</summary>
    public void Add(ulong tag, ulong a, ulong b, ulong c)
    {
        if (used == pending.Length) Flush();
        Span<ulong> at = pending.AsSpan(used, 4);
        at[0] = tag;
        at[1] = a;
        at[2] = b;
        at[3] = c;
        used += 4;
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

    /// <remarks>Fields are hashed as little-endian bytes on any machine.</remarks>
    private void Flush()
    {
        Span<ulong> fields = pending.AsSpan(0, used);
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(fields, fields);
        hash.Append(MemoryMarshal.AsBytes(fields));
        used = 0;
    }
}
