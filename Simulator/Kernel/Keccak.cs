using System;
using System.Buffers.Binary;
using System.Numerics;

namespace FlowSim.Kernel;

/// <summary>The extendable-output functions SHAKE128 and cSHAKE128, one-shot.</summary>
/// <remarks>FIPS 202 and NIST SP 800-185. The platform's own are missing on some systems and know no
/// cSHAKE.</remarks>
public static class Keccak
{
    private const int Rate = 168;

    /// <summary>SHAKE128 of the input, as many bytes as the output holds.</summary>
    public static void Shake128(ReadOnlySpan<byte> input, Span<byte> output) => Sponge(input, 0x1F, output);

    /// <summary>cSHAKE128; with both names empty it is SHAKE128 by definition.</summary>
    public static void CShake128(
        ReadOnlySpan<byte> input, ReadOnlySpan<byte> function, ReadOnlySpan<byte> customization,
        Span<byte> output)
    {
        if (function.IsEmpty && customization.IsEmpty)
        {
            Shake128(input, output);
            return;
        }

        // bytepad(encode_string(N) || encode_string(S), rate) || X
        byte[] prefix = new byte[(2 + 2 * 9 + function.Length + customization.Length + Rate) / Rate * Rate];
        int used = LeftEncode(Rate, prefix);
        used += EncodeString(function, prefix.AsSpan(used));
        used += EncodeString(customization, prefix.AsSpan(used));
        int padded = (used + Rate - 1) / Rate * Rate;

        byte[] whole = new byte[padded + input.Length];
        prefix.AsSpan(0, used).CopyTo(whole);
        input.CopyTo(whole.AsSpan(padded));
        Sponge(whole, 0x04, output);
    }

    private static int EncodeString(ReadOnlySpan<byte> text, Span<byte> into)
    {
        int used = LeftEncode((ulong)text.Length * 8, into);
        text.CopyTo(into[used..]);
        return used + text.Length;
    }

    private static int LeftEncode(ulong value, Span<byte> into)
    {
        int bytes = Math.Max(1, (64 - BitOperations.LeadingZeroCount(value) + 7) / 8);
        into[0] = (byte)bytes;
        for (int i = 0; i < bytes; i++) into[1 + i] = (byte)((value >> (8 * (bytes - 1 - i))) & 0xFF);
        return bytes + 1;
    }

    private static void Sponge(ReadOnlySpan<byte> input, byte suffix, Span<byte> output)
    {
        Span<ulong> state = stackalloc ulong[25];
        state.Clear();
        while (input.Length >= Rate)
        {
            Absorb(state, input[..Rate]);
            input = input[Rate..];
        }

        Span<byte> last = stackalloc byte[Rate];
        last.Clear();
        input.CopyTo(last);
        last[input.Length] = suffix;
        last[Rate - 1] |= 0x80;
        Absorb(state, last);
        Squeeze(state, output);
    }

    private static void Absorb(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        for (int i = 0; i < Rate / 8; i++)
            state[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(8 * i)..]);
        KeccakPermutation.Apply(state);
    }

    private static void Squeeze(Span<ulong> state, Span<byte> output)
    {
        Span<byte> block = stackalloc byte[Rate];
        while (true)
        {
            for (int i = 0; i < Rate / 8; i++)
                BinaryPrimitives.WriteUInt64LittleEndian(block[(8 * i)..], state[i]);

            if (output.Length <= Rate)
            {
                block[..output.Length].CopyTo(output);
                return;
            }

            block.CopyTo(output);
            output = output[Rate..];
            KeccakPermutation.Apply(state);
        }
    }
}
