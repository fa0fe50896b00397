using System.Text;

namespace FlowSim.Kernel;

/// <summary>A 64-bit mixing function: the same answer in every process and on every machine.</summary>
/// <remarks>The finaliser is Stafford's variant 13 (as in SplitMix64), a bijection with full avalanche.</remarks>
public static class Mix64
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Mixes one word.</summary>
    public static ulong Of(ulong word)
    {
        unchecked
        {
            word ^= word >> 30;
            word *= 0xBF58476D1CE4E5B9;
            word ^= word >> 27;
            word *= 0x94D049BB133111EB;
            return word ^ (word >> 31);
        }
    }

    /// <summary>Extends a key by one word; the order of the words matters.</summary>
    public static ulong Then(ulong key, ulong word) => ThenPrepared(key, Prepared(word));

    /// <summary>The half of <see cref="Then"/> that depends on the word only, for words that come often.</summary>
    public static ulong Prepared(ulong word) => unchecked(Of(word + Golden));

    /// <summary><see cref="Then"/> with a prepared word.</summary>
    public static ulong ThenPrepared(ulong key, ulong prepared) => unchecked(Of((key + Golden) ^ prepared));

    /// <summary>The key of a name, over its UTF-8 bytes.</summary>
    public static ulong OfText(string text)
    {
        ulong key = (ulong)text.Length;
        foreach (byte b in Encoding.UTF8.GetBytes(text)) key = Then(key, b);
        return key;
    }
}
