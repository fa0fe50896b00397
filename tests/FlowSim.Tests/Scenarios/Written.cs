using System;
using System.IO;
using System.Text;
using FlowSim.Scenarios;
using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>Scenario files that a test writes into a folder of its own.</summary>
public sealed class Written : IDisposable
{
    /// <summary>A correct file that uses most of the format.</summary>
    public const string Good = """
        format: 1
        scenarios:
          - name: first
            question: Why?
            profile: mainnet-2024
            nodes: { consensus: 7, collection: 0, execution: 0, verification: 0, access: 0 }
            network:
              rtt: aws
              placement: { us-east-1: 3, eu-central-1: 2 }
              spike: { chance: 0.01, extra: 1.0 }
              uplink: 1Gbps
              sizes: { vote: 200B }
            processing: { build: 5ms, validate: { uniform: [1ms, 3ms] } }
            epoch: { views: 100, target-view-time: 800ms, behind-schedule: 0s }
            seeds: 1..3
            duration: { epochs: 1 }
            warmup-views: 10
            sets:
              - name: one
                hotstuff-min-timeout: 1045ms
                constants: { KI: 0.06 }
              - name: two
                flags: --hotstuff-min-timeout=2s --cruise-ctl-enabled=false
            expect:
              - { metric: mean-view-time, set: one, max: 1 }
        """;

    /// <summary>The same with every kind of fault and liar; its line 26 is the first fault's.</summary>
    public const string Stormy = Good + "\n" + """
            faults:
              - { loss: 2%, from: { region: us-east-1 }, during: 10s..20s }
              - { slow-link: { factor: 3, extra: 50ms }, to: { role: consensus }, during: 10s..15s }
              - { duplicate: { chance: 1%, after: 100ms }, during: 0s..40s }
              - { partition: [ { region: eu-central-1 }, rest ], during: 30s..40s }
              - { crash: { nodes: [consensus-007] }, during: 20s..25s }
              - { crash: { role: consensus, share: 20% }, during: 30s..35s }
              - { pause: { operator: consensus-002 }, during: 5s..6s }
              - { slow-node: { factor: 5 }, of: { nodes: [consensus-003] }, during: 0s..10s }
              - { clock-skew: -2s, of: { nodes: [consensus-004] }, during: 0s..40s }
            liars:
              - { vote-withholder: { role: consensus, count: 1 } }
              - { selective-sender: { nodes: [consensus-001] }, to: { region: us-east-1 } }
              - { late-leader: { nodes: [consensus-002] }, margin: 50ms }
              - { timeout-spammer: { nodes: [consensus-003] }, every: 2s }
              - { twins: { role: consensus, count: 1 }, twin-region: eu-west-1 }
            calm-from: 40s
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("flowsim-test-").FullName;

    public Written With(string name, string text) => With(name, Encoding.UTF8.GetBytes(text));

    public Written With(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return this;
    }

    public string PathOf(string name) => Path.Combine(folder, name);

    public ScenarioFile Load() => ScenarioFile.Load(PathOf("s.yaml"));

    /// <summary>The message of the mistake in s.yaml, without the folder.</summary>
    public string Mistake()
    {
        ScenarioException mistake = Assert.Throws<ScenarioException>(() => Load())!;
        return mistake.Message.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    /// <summary>Reads a text as a scenario file.</summary>
    public static ScenarioFile Load(string text)
    {
        using Written files = new Written().With("s.yaml", text);
        return files.Load();
    }

    /// <summary>The good file with one piece of text exchanged.</summary>
    public static string Edited(string from, string to)
    {
        string edited = Good.Replace(from, to, StringComparison.Ordinal);
        Assert.That(edited, Is.Not.EqualTo(Good), "the edit must change something");
        return edited;
    }

    /// <summary>The stormy file with one piece of text exchanged.</summary>
    public static string StormyBut(string from, string to)
    {
        string edited = Stormy.Replace(from, to, StringComparison.Ordinal);
        Assert.That(edited, Is.Not.EqualTo(Stormy), "the edit must change something");
        return edited;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
