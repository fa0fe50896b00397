using System;
using System.Numerics;

namespace FlowSim.Kernel;

/// <summary>Keccak-f[1600]: 24 rounds over 25 words (FIPS 202, section 3).</summary>
internal static class KeccakPermutation
{
    private const int Rounds = 24;

    private static readonly ulong[] Constants = RoundConstants();

    public static void Apply(Span<ulong> state)
    {
        Span<ulong> scratch = stackalloc ulong[25];
        for (int round = 0; round < Rounds; round++)
        {
            Theta(state);
            RhoAndPi(state, scratch);
            Chi(scratch, state);
            state[0] ^= Constants[round];
        }
    }

    private static void Theta(Span<ulong> a)
    {
        Span<ulong> column = stackalloc ulong[5];
        for (int x = 0; x < 5; x++) column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
        for (int x = 0; x < 5; x++)
        {
            ulong d = column[(x + 4) % 5] ^ BitOperations.RotateLeft(column[(x + 1) % 5], 1);
            for (int y = 0; y < 25; y += 5) a[x + y] ^= d;
        }
    }

    private static void RhoAndPi(ReadOnlySpan<ulong> a, Span<ulong> b)
    {
        b[0] = a[0];
        int x = 1;
        int y = 0;
        for (int t = 0; t < 24; t++)
        {
            int turned = (2 * x + 3 * y) % 5;
            b[y + 5 * turned] = BitOperations.RotateLeft(a[x + 5 * y], (t + 1) * (t + 2) / 2 % 64);
            x = y;
            y = turned;
        }
    }

    private static void Chi(ReadOnlySpan<ulong> b, Span<ulong> a)
    {
        for (int y = 0; y < 25; y += 5)
            for (int x = 0; x < 5; x++)
                a[x + y] = b[x + y] ^ (~b[(x + 1) % 5 + y] & b[(x + 2) % 5 + y]);
    }

    private static ulong[] RoundConstants()
    {
        // Bits of a linear feedback shift register over x^8 + x^6 + x^5 + x^4 + 1 land on positions 2^j - 1.
        ulong[] constants = new ulong[Rounds];
        int register = 1;
        for (int round = 0; round < Rounds; round++)
        {
            for (int j = 0; j <= 6; j++)
            {
                if ((register & 1) != 0) constants[round] |= 1UL << ((1 << j) - 1);
                register = (register & 0x80) != 0 ? ((register << 1) ^ 0x171) : register << 1;
            }
        }

        return constants;
    }
}
