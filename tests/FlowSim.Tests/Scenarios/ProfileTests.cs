using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FlowSim.Kernel;
using FlowSim.Scenarios;
using FlowSim.Scenarios.Format;
using FlowSim.Scenarios.Reading;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>The worlds that come with FlowSim, and the one fitted constant of each.</summary>
public sealed class ProfileTests
{
    private const string Bare = """
        format: 1
        scenarios:
          - name: bare
            question: Is the profile complete?
            profile: mainnet-2024
            seeds: [1]
            duration: { views: 30 }
            sets: [ { name: one } ]
        """;

    [TestCaseSource(typeof(Profile), nameof(Profile.BuiltIn))]
    public void Every_profile_is_complete_and_calibrated_under_its_own_name(string profile)
    {
        Scenario scenario = Load(profile).Scenarios[0];
        Assert.That(scenario.Profile, Is.EqualTo(profile));
        CalibrationInForce calibration = scenario.Calibrations[0];
        Assert.That(calibration.IsReplaced, Is.False);
        bool isJolteon = profile.Equals("jolteon-aws", StringComparison.Ordinal);
        string constant = isJolteon ? "validate" : "build";
        Assert.That(calibration.Calibration.Constant.Text, Is.EqualTo(constant));
        Quantiles fitted = Distributions.OfDurations.Read(calibration.Calibration.Cost);
        Assert.That(isJolteon ? scenario.Processing.ValidateProposal : scenario.Processing.BuildProposal,
            Is.EqualTo(fitted));
        Assert.That(PlanOf(Load(profile)), Does.Contain($"  calibrated: {constant} "));
    }

    [Test]
    public void Profiles_are_the_files_of_the_folder() => Assert.That(Profile.BuiltIn,
        Is.EqualTo(
        [
            "hundreds-each", "jolteon-aws", "mainnet-2023", "mainnet-2024", "mainnet-2025", "testnet-2024",
        ]));

    [Test]
    public void Worlds_of_flow_go_share_the_constant_fitted_on_one_of_them()
    {
        IEnumerable<string> worlds =
            Profile.BuiltIn.Where(name => !name.Equals("jolteon-aws", StringComparison.Ordinal));
        Assert.That(worlds.Select(name => Load(name).Scenarios[0].Calibrations[0].Calibration.Written)
            .Distinct(StringComparer.Ordinal),
            Has.Exactly(1).Items);
    }

    [Test]
    public void A_scenario_with_its_own_cost_is_not_called_calibrated()
    {
        ScenarioFile file = Written.Load(Bare.Replace("    seeds:",
            "    processing: { build: 3ms }\n    seeds:", StringComparison.Ordinal));
        Assert.That(file.Scenarios[0].Processing.BuildProposal, Is.EqualTo(Quantiles.Constant(3_000_000)));
        Assert.That(PlanOf(file), Does.Contain("not calibrated: the scenario has its own build")
            .And.Not.Contain("  calibrated:"));
        ScenarioFile other = Written.Load(Bare.Replace("    seeds:",
            "    processing: { validate: 3ms }\n    seeds:", StringComparison.Ordinal));
        Assert.That(PlanOf(other), Does.Contain("  calibrated: build "));
    }

    [Test]
    public void A_cost_that_stands_twice_in_a_profile_is_refused()
    {
        string text = InputFile.BuiltIn("Profiles", "mainnet-2024.yaml").Text
            .Replace("  persist: 2ms\n", "  persist: 2ms\n  build: 5ms\n", StringComparison.Ordinal);
        InputFile file = InputFile.Of("p.yaml", Encoding.UTF8.GetBytes(text));
        Assert.That(() => Profile.Read(file), Throws.TypeOf<ScenarioException>().With.Message.Contains(
            "'build' is calibrated; it stands in 'calibration' and not here"));
    }

    private static ScenarioFile Load(string profile) =>
        Written.Load(Bare.Replace("mainnet-2024", profile, StringComparison.Ordinal));

    private static string PlanOf(ScenarioFile file)
    {
        using StringWriter text = new();
        PlanText.Write(text, Plan.Of(file));
        return text.ToString();
    }
}
