using System;
using System.Buffers.Binary;
using FlowSim.Kernel;

namespace FlowSim.Chain;

/// <summary>The 16 bytes that the chain's randomness gives an epoch: stands for what the contracts draw.</summary>
public static class EpochRandomness
{
    /// <summary>The source from which an epoch's leaders are drawn.</summary>
    public static byte[] Leaders(Luck luck, int epoch) => Bytes(luck.For("epoch random source"), epoch);

    /// <summary>The source with which collection nodes are dealt out to clusters.</summary>
    public static byte[] Clusters(Luck luck, int epoch) => Bytes(luck.For("cluster assignment random source"), epoch);

    private static byte[] Bytes(Luck.Purpose purpose, int epoch)
    {
        byte[] source = new byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(source, purpose.Draw((ulong)epoch, 0));
        BinaryPrimitives.WriteUInt64LittleEndian(source.AsSpan(sizeof(ulong)), purpose.Draw((ulong)epoch, 1));
        return source;
    }
}
