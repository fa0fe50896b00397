using System;
using System.Text.RegularExpressions;
using CsCheck;
using FlowSim.Kernel;
using FlowSim.Scenarios;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

public sealed class GoDurationTests
{
    [TestCase("0", 0)]
    [TestCase("-0", 0)]
    [TestCase("5s", 5_000_000_000)]
    [TestCase("+5s", 5_000_000_000)]
    [TestCase("1478s", 1_478_000_000_000)]
    [TestCase("-.5s", -500_000_000)]
    [TestCase("5.s", 5_000_000_000)]
    [TestCase("1.00s", 1_000_000_000)]
    [TestCase("100.00100s", 100_001_000_000)]
    [TestCase("10ns", 10)]
    [TestCase("11us", 11_000)]
    [TestCase("12µs", 12_000)]
    [TestCase("12μs", 12_000)]
    [TestCase("13ms", 13_000_000)]
    [TestCase("15m", 900_000_000_000)]
    [TestCase("3h30m", 12_600_000_000_000)]
    [TestCase("10.5s4m", 250_500_000_000)]
    [TestCase("1h2m3.5s", 3_723_500_000_000)]
    [TestCase("9007199254740993ns", 9_007_199_254_740_993)]
    [TestCase("9007199254.740993ms", 9_007_199_254_740_993)]
    [TestCase("9223372036854775.807us", long.MaxValue)]
    [TestCase("-9223372036854775808ns", long.MinValue)]
    [TestCase("-2562047h47m16.854775808s", long.MinValue)]
    [TestCase("0.9999999999999999999999h", 3_599_999_999_999)]
    public void Reads_what_Go_reads(string text, long nanoseconds)
    {
        Assert.That(GoDuration.Parse(text).Nanoseconds, Is.EqualTo(nanoseconds));
        Assert.That(Regex.IsMatch(text, GoDuration.Pattern), "an editor accepts it too");
    }

    [TestCase("", "'' is not a duration; write a number and a unit, such as 800ms or 1m30s")]
    [TestCase("-", "'-' is not a duration; write a number and a unit, such as 800ms or 1m30s")]
    [TestCase(".", "'.' is not a duration; write a number and a unit, such as 800ms or 1m30s")]
    [TestCase(".s", "'.s' is not a duration; write a number and a unit, such as 800ms or 1m30s")]
    [TestCase("soon", "'soon' is not a duration; write a number and a unit, such as 800ms or 1m30s")]
    [TestCase("1s 2ms",
        "'s ' in '1s 2ms' is no unit of time; allowed: s, m, h, ms, us, ns (did you mean 's'?)")]
    [TestCase("800", "'800' has no unit; write a duration such as 800ms")]
    [TestCase("1h2", "'1h2' has no unit; write a duration such as 800ms")]
    [TestCase("800msec",
        "'msec' in '800msec' is no unit of time; allowed: s, m, h, ms, us, ns (did you mean 'ms'?)")]
    [TestCase("5min", "'min' in '5min' is no unit of time; allowed: s, m, h, ms, us, ns (did you mean 'm'?)")]
    [TestCase("1d", "'d' in '1d' is no unit of time; allowed: s, m, h, ms, us, ns (did you mean 's'?)")]
    [TestCase("9223372036854775808ns",
        "'9223372036854775808ns' is too long; the longest duration is 2562047h47m16.854775807s")]
    [TestCase("3000000h", "'3000000h' is too long; the longest duration is 2562047h47m16.854775807s")]
    [TestCase("99999999999999999999999999ns",
        "'99999999999999999999999999ns' is too long; the longest duration is 2562047h47m16.854775807s")]
    public void Refuses_what_Go_refuses(string text, string message)
    {
        Assert.That(() => GoDuration.Parse(text),
            Throws.TypeOf<FormatException>().With.Message.EqualTo(message));
    }

    [TestCase(0, "0s")]
    [TestCase(1, "1ns")]
    [TestCase(1_100, "1.1µs")]
    [TestCase(2_200_000, "2.2ms")]
    [TestCase(1_045_000_000, "1.045s")]
    [TestCase(60_000_000_000, "1m0s")]
    [TestCase(3_600_000_000_000, "1h0m0s")]
    [TestCase(245_000_000_001, "4m5.000000001s")]
    [TestCase(-500, "-500ns")]
    [TestCase(long.MaxValue, "2562047h47m16.854775807s")]
    [TestCase(long.MinValue, "-2562047h47m16.854775808s")]
    public void Prints_as_Go_prints(long nanoseconds, string text) =>
        Assert.That(GoDuration.Format(new SimDuration(nanoseconds)), Is.EqualTo(text));

    [Test]
    public void What_is_printed_reads_back()
    {
        Gen.Long.Sample(ns =>
            GoDuration.Parse(GoDuration.Format(new SimDuration(ns))).Nanoseconds == ns
            && GoDuration.Parse(GoDuration.FormatFlag(new SimDuration(ns))).Nanoseconds == ns);
    }

    [TestCase("20kB", 20_000)]
    [TestCase("1.5MiB", 1_572_864)]
    [TestCase("0B", 0)]
    public void Bytes_have_units(string text, long bytes) =>
        Assert.That(Quantity.WithUnit(text, Quantity.Bytes, "20kB"), Is.EqualTo(bytes));

    [TestCase("20", "'20' has no unit; write for instance 20kB")]
    [TestCase("20kb", "'kb' in '20kb' is no unit here; allowed: B, kB, MB, KiB, MiB (did you mean 'kB'?)")]
    [TestCase("-1B", "-1 is negative; it must be 0 or more")]
    [TestCase("1.5B", "'1.5' is too fine; the smallest step is 1/1")]
    [TestCase("big", "'big' is not a number with a unit; write for instance 20kB")]
    public void Wrong_sizes_are_named(string text, string message)
    {
        Assert.That(() => Quantity.WithUnit(text, Quantity.Bytes, "20kB"),
            Throws.TypeOf<FormatException>().With.Message.EqualTo(message));
    }
}
