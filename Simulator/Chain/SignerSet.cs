using System;
using System.Numerics;

namespace FlowSim.Chain;

/// <summary>Which members of a committee signed: a bit per member index.</summary>
/// <remarks>Certificates share it; nobody changes it after the certificate is built.</remarks>
public sealed class SignerSet(int members)
{
    public static readonly SignerSet Empty = new(0);

    private readonly ulong[] words = new ulong[(members + 63) / 64];

    /// <summary>Marks a member; false if it was marked before.</summary>
    public bool Add(int member)
    {
        ref ulong word = ref words[member >> 6];
        ulong bit = 1UL << (member & 63);
        if ((word & bit) != 0) return false;
        word |= bit;
        return true;
    }

    public bool Contains(int member) => (words[member >> 6] >> (member & 63) & 1) != 0;

    public int Count
    {
        get
        {
            int count = 0;
            foreach (ulong word in words) count += BitOperations.PopCount(word);
            return count;
        }
    }

    /// <summary>The bits, 64 members a word, for digests.</summary>
    public ReadOnlySpan<ulong> Words => words;
}
