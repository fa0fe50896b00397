using System;
using CsCheck;
using FlowSim.Upgrades;
using NUnit.Framework;

namespace FlowSim.Tests.Upgrades;

/// <summary>Oddities of flow-go's versions that the recorded answers do not contain.</summary>
public sealed class SemanticVersionTests
{
    [TestCase("1.0.0-", "1.0.0", 0, TestName = "An empty pre-release is none")]
    [TestCase("1.0.0+", "1.0.0", 0, TestName = "An empty addition is none")]
    [TestCase("01.2.3", "1.2.3", 0, TestName = "Zeros in front do not count among the numbers")]
    [TestCase("1.0.0-rc.01", "1.0.0-rc.1", -1, TestName = "Zeros in front do count in a pre-release")]
    [TestCase("1.0.0--5", "1.0.0-3", -1, TestName = "A hyphen may make a number negative")]
    [TestCase("1.0.0-99999999999999999999", "1.0.0-5", 1, TestName = "A number beyond 64 bits is a text")]
    [TestCase("1.0.0-5", "1.0.0-alpha", -1, TestName = "A number is below a text")]
    [TestCase("1.0.0-rc.1", "1.0.0-rc.1.1", -1, TestName = "Fewer parts are below more")]
    [TestCase("1.0.0+a-b", "1.0.0", 0, TestName = "A hyphen after the plus begins no pre-release")]
    public void Order(string a, string b, int expected)
    {
        Assert.That(Math.Sign(Parsed(a).CompareTo(Parsed(b))), Is.EqualTo(expected));
        Assert.That(Math.Sign(Parsed(b).CompareTo(Parsed(a))), Is.EqualTo(-expected));
    }

    [TestCase("")]
    [TestCase("1.0")]
    [TestCase("1.0.0.0")]
    [TestCase("v1.0.0")]
    [TestCase("1..0")]
    [TestCase("1.0.x")]
    [TestCase("1.0.0-rc..1")]
    [TestCase("1.0.0-rc_1")]
    [TestCase("1.0.0+a+b")]
    [TestCase("1.0.99999999999999999999")]
    [TestCase(" 1.0.0")]
    public void What_is_no_version(string text) => Assert.That(SemanticVersion.Parse(text), Is.Null);

    [Test]
    public void The_order_is_total()
    {
        string[] rests = ["", "-", "-0", "-00", "-rc", "-rc.1", "-rc.-1", "-rc.x", "+m"];
        Gen<SemanticVersion> version = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, rests.Length - 1],
            (minor, patch, rest) => Parsed($"1.{minor}.{patch}{rests[rest]}"));
        Gen.Select(version, version, version).Sample((a, b, c) =>
            Math.Sign(a.CompareTo(b)) == -Math.Sign(b.CompareTo(a)) && a.CompareTo(a) == 0
            && (a.CompareTo(b) > 0 || b.CompareTo(c) > 0 || a.CompareTo(c) <= 0));
    }

    private static SemanticVersion Parsed(string text) => SemanticVersion.Parse(text)!;
}
