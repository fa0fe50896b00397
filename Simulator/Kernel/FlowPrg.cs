using System;
using System.Buffers.Binary;
using System.Numerics;

namespace FlowSim.Kernel;

/// <summary>The generator behind every random choice of the protocol that all nodes must agree on.</summary>
/// <remarks>
/// A ChaCha20 keystream whose key is derived from the chain's randomness and whose nonce says what the choice
/// is for (flow-go state/protocol/prg). Nothing else in a run may use it: chance is drawn by Luck.
/// </remarks>
public sealed class FlowPrg
{
    private readonly ChaCha20 stream;

    /// <param name="randomSource">The chain's randomness, for instance the epoch's 16 bytes.</param>
    /// <param name="customizer">What the numbers are for, at most 12 bytes.</param>
    /// <param name="diversifier">Separates draws from one source of randomness, for instance a block's
    /// id.</param>
    public FlowPrg(
        ReadOnlySpan<byte> randomSource, ReadOnlySpan<byte> customizer,
        ReadOnlySpan<byte> diversifier = default)
    {
        if (customizer.Length > ChaCha20.NonceBytes)
            throw new ArgumentException("a customizer has at most 12 bytes", nameof(customizer));

        Span<byte> nonce = stackalloc byte[ChaCha20.NonceBytes];
        nonce.Clear();
        customizer.CopyTo(nonce);
        stream = new ChaCha20(Key(randomSource, diversifier), nonce);
    }

    /// <summary>The ChaCha20 key that follows from a source of randomness.</summary>
    public static byte[] Key(ReadOnlySpan<byte> randomSource, ReadOnlySpan<byte> diversifier)
    {
        byte[] key = new byte[ChaCha20.KeyBytes];
        Keccak.CShake128(randomSource, default, diversifier, key);
        return key;
    }

    /// <summary>Fills the output with the next bytes of the stream.</summary>
    public void Read(Span<byte> output) => stream.Read(output);

    /// <summary>A whole number in [0, n), without bias: draws that are too large are thrown away.</summary>
    public ulong UintN(ulong n)
    {
        ArgumentOutOfRangeException.ThrowIfZero(n);
        ulong max = n - 1;
        int bits = 64 - BitOperations.LeadingZeroCount(max);
        ulong mask = bits == 0 ? 0 : ulong.MaxValue >> (64 - bits);

        Span<byte> word = stackalloc byte[8];
        word.Clear();
        while (true)
        {
            Read(word[..((bits + 7) / 8)]);
            ulong drawn = BinaryPrimitives.ReadUInt64LittleEndian(word) & mask;
            if (drawn <= max) return drawn;
        }
    }

    /// <summary>The numbers below n in random order, built inside out.</summary>
    public int[] Permutation(int n)
    {
        int[] items = new int[n];
        for (int i = 0; i < n; i++)
        {
            int j = (int)UintN((ulong)i + 1);
            items[i] = items[j];
            items[j] = i;
        }

        return items;
    }

    /// <summary>The first m of a permutation of n; it costs as many draws as the whole.</summary>
    public int[] SubPermutation(int n, int m) => Permutation(n)[..m];

    /// <summary>Puts items in random order.</summary>
    public void Shuffle<T>(Span<T> items) => Samples(items, items.Length);

    /// <summary>Brings m random items to the front, in random order, by swapping.</summary>
    public void Samples<T>(Span<T> items, int m)
    {
        for (int i = 0; i < m; i++)
        {
            int j = i + (int)UintN((ulong)(items.Length - i));
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
