using System;
using System.Text;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Kernel;

/// <summary>The generator's parts give the published answers, and the generator is what they make.</summary>
public sealed class FlowPrgTests
{
    [Test]
    public void Shake128_of_nothing_as_in_FIPS_202()
    {
        byte[] output = new byte[32];
        Keccak.Shake128([], output);
        Assert.That(Convert.ToHexStringLower(output),
            Is.EqualTo("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26"));
    }

    [Test]
    public void CShake128_sample_1_of_SP_800_185()
    {
        byte[] output = new byte[32];
        Keccak.CShake128([0, 1, 2, 3], [], Encoding.ASCII.GetBytes("Email Signature"), output);
        Assert.That(Convert.ToHexStringLower(output),
            Is.EqualTo("c1c36925b6409a04f1b504fcbca9d82b4017277cb5ed2b2065fc1d3814d5aaf5"));
    }

    [Test]
    public void CShake128_sample_2_of_SP_800_185_spans_two_blocks()
    {
        byte[] input = new byte[200];
        for (int i = 0; i < input.Length; i++) input[i] = (byte)i;
        byte[] output = new byte[32];
        Keccak.CShake128(input, [], Encoding.ASCII.GetBytes("Email Signature"), output);
        Assert.That(Convert.ToHexStringLower(output),
            Is.EqualTo("c5221d50e4f822d96a2e8881a961420f294b7b24fe3d2094baed2c6524cc166b"));
    }

    [Test]
    public void CShake128_without_names_is_Shake128()
    {
        byte[] plain = new byte[400];
        byte[] custom = new byte[400];
        Keccak.Shake128([7, 8, 9], plain);
        Keccak.CShake128([7, 8, 9], [], [], custom);
        Assert.That(custom, Is.EqualTo(plain));
    }

    [Test]
    public void ChaCha20_block_of_RFC_8439_section_2_3_2()
    {
        byte[] key = new byte[32];
        for (int i = 0; i < key.Length; i++) key[i] = (byte)i;
        byte[] output = new byte[64];
        new ChaCha20(key, Convert.FromHexString("000000090000004a00000000"), 1).Read(output);
        Assert.That(Convert.ToHexStringLower(output), Is.EqualTo(
            "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e"
            + "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e"));
    }

    [Test]
    public void ChaCha20_of_zeros_as_in_RFC_8439_appendix_A_1()
    {
        byte[] output = new byte[64];
        new ChaCha20(new byte[32], new byte[12]).Read(output);
        Assert.That(Convert.ToHexStringLower(output), Is.EqualTo(
            "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"
            + "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586"));
    }

    [Test]
    public void The_stream_does_not_depend_on_how_it_is_read()
    {
        byte[] whole = new byte[200];
        byte[] parts = new byte[200];
        Prg().Read(whole);
        FlowPrg prg = Prg();
        for (int at = 0, size = 1; at < parts.Length; at += size,
            size = Math.Min(size + 1, parts.Length - at))
            prg.Read(parts.AsSpan(at, size));
        Assert.That(parts, Is.EqualTo(whole));
    }

    [Test]
    public void Drawing_from_one_number_costs_nothing()
    {
        FlowPrg prg = Prg();
        Assert.That(prg.UintN(1), Is.Zero);
        byte[] after = new byte[8];
        byte[] fresh = new byte[8];
        prg.Read(after);
        Prg().Read(fresh);
        Assert.That(after, Is.EqualTo(fresh));
    }

    [Test]
    public void A_permutation_contains_every_number_once() =>
        Assert.That(Prg().Permutation(100), Is.Unique.And.All.InRange(0, 99));

    private static FlowPrg Prg() => new([1, 2, 3], [0, 0]);
}
