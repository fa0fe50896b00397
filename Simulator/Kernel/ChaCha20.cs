using System;
using System.Buffers.Binary;
using System.Numerics;

namespace FlowSim.Kernel;

/// <summary>The keystream of IETF ChaCha20, read in sequence from a block counter on (RFC 8439).</summary>
public sealed class ChaCha20
{
    public const int KeyBytes = 32;
    public const int NonceBytes = 12;

    private const int BlockBytes = 64;

    private readonly uint[] state = new uint[16];
    private readonly uint[] working = new uint[16];
    private readonly byte[] block = new byte[BlockBytes];
    private int used = BlockBytes;

    public ChaCha20(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, uint counter = 0)
    {
        if (key.Length != KeyBytes) throw new ArgumentException("a key has 32 bytes", nameof(key));
        if (nonce.Length != NonceBytes) throw new ArgumentException("a nonce has 12 bytes", nameof(nonce));

        state[0] = 0x61707865;
        state[1] = 0x3320646E;
        state[2] = 0x79622D32;
        state[3] = 0x6B206574;
        for (int i = 0; i < 8; i++) state[4 + i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(4 * i)..]);
        state[12] = counter;
        for (int i = 0; i < 3; i++) state[13 + i] = BinaryPrimitives.ReadUInt32LittleEndian(nonce[(4 * i)..]);
    }

    /// <summary>Fills the output with the next bytes of the keystream.</summary>
    public void Read(Span<byte> output)
    {
        while (!output.IsEmpty)
        {
            if (used == BlockBytes) NextBlock();
            int count = Math.Min(BlockBytes - used, output.Length);
            block.AsSpan(used, count).CopyTo(output);
            used += count;
            output = output[count..];
        }
    }

    private void NextBlock()
    {
        state.CopyTo(working, 0);
        for (int i = 0; i < 10; i++)
        {
            Quarter(0, 4, 8, 12);
            Quarter(1, 5, 9, 13);
            Quarter(2, 6, 10, 14);
            Quarter(3, 7, 11, 15);
            Quarter(0, 5, 10, 15);
            Quarter(1, 6, 11, 12);
            Quarter(2, 7, 8, 13);
            Quarter(3, 4, 9, 14);
        }

        for (int i = 0; i < 16; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(4 * i), unchecked(working[i] + state[i]));
        state[12]++;
        used = 0;
    }

    private void Quarter(int a, int b, int c, int d)
    {
        uint[] w = working;
        unchecked
        {
            w[a] += w[b];
            w[d] = BitOperations.RotateLeft(w[d] ^ w[a], 16);
            w[c] += w[d];
            w[b] = BitOperations.RotateLeft(w[b] ^ w[c], 12);
            w[a] += w[b];
            w[d] = BitOperations.RotateLeft(w[d] ^ w[a], 8);
            w[c] += w[d];
            w[b] = BitOperations.RotateLeft(w[b] ^ w[c], 7);
        }
    }
}
