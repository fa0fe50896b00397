using NUnit.Framework;

namespace FlowSim.Tests.Scenarios;

/// <summary>Every class of mistake has one line: where, what, and what is allowed.</summary>
public sealed class MistakeTests
{
    [TestCase("profile: mainnet-2024", "profil: mainnet-2024",
        "s.yaml:5:5: unknown key 'profil' in a scenario; allowed: name, question, profile, nodes, "
        + "network, processing, pipeline, protocol, epoch, parameters, faults, liars, upgrade, calm-from, seeds, "
        + "duration, warmup-views, sets, expect, margins, map, grid (did you mean 'profile'?)")]
    [TestCase("build: 5ms", "biuld: 5ms",
        "s.yaml:13:19: unknown key 'biuld' in processing; allowed: build, validate, verify-vote, "
        + "verify-timeout, persist, build-collection, validate-collection, execute-block, execute-transaction, "
        + "load-state, reach-ledger, verify-chunk, serve-call (did you mean 'build'?)")]
    [TestCase("warmup-views: 10", "seeds: 4",
        "s.yaml:17:5: key 'seeds' stands twice, first in line 15; keep one")]
    [TestCase("build: 5ms", "build: 800", "s.yaml:13:26: '800' has no unit; write a duration such as 800ms")]
    [TestCase("build: 5ms", "build: 800msec",
        "s.yaml:13:26: 'msec' in '800msec' is no unit of time; allowed: s, m, h, ms, us, ns (did you "
        + "mean 'ms'?)")]
    [TestCase("build: 5ms", "build: -5ms", "s.yaml:13:26: -5ms is negative; it must be 0s or more")]
    [TestCase("build: 5ms", "build: 2h", "s.yaml:13:26: 2h is out of range; allowed: 0s to 1h0m0s")]
    [TestCase("build: 5ms", "build: [5ms]",
        "s.yaml:13:26: a list stands where a duration such as 5ms, or one of {uniform}, "
        + "{exponential}, {lognormal} is expected")]
    [TestCase("build: 5ms", "build: { exponential: 1ms, uniform: [1ms, 2ms] }",
        "s.yaml:13:46: 'uniform' and 'exponential' exclude each other; keep one of uniform, "
        + "exponential, lognormal")]
    [TestCase("build: 5ms", "build: { lognormal: { median: 1ms } }",
        "s.yaml:13:39: a lognormal distribution lacks the key 'sigma'")]
    [TestCase("build: 5ms", "build: { lognormal: { median: 1ms, sigma: .inf } }",
        "s.yaml:13:61: '.inf' is not a finite number")]
    [TestCase("build: 5ms", "build: { lognormal: { median: 1ms, sigma: NaN } }",
        "s.yaml:13:61: 'NaN' is not a finite number")]
    [TestCase("[1ms, 3ms]", "[3ms, 1ms]", "s.yaml:13:52: the range is reversed; write [low, high]")]
    [TestCase("[1ms, 3ms]", "[3ms]", "s.yaml:13:52: a list stands where a pair [low, high] is expected")]
    [TestCase("us-east-1: 3", "us-eest-1: 3",
        "s.yaml:9:20: region 'us-eest-1' is not in the matrix Data/aws.csv; allowed: us-east-1, "
        + "us-east-2, us-west-1, us-west-2, ca-central-1, eu-west-1, eu-central-1, eu-north-1, "
        + "ap-northeast-1, ap-southeast-1, ap-southeast-2, ap-south-1, sa-east-1, af-south-1 (did you "
        + "mean 'us-east-1'?)")]
    [TestCase("us-east-1: 3, eu-central-1: 2", "us-east-1: 0, eu-central-1: 0",
        "s.yaml:9:20: the shares of all regions are 0; at least one must be more")]
    [TestCase("rtt: aws", "rtt: asw",
        "s.yaml:8:12: 'asw' is no matrix; allowed: aws, the path of a file ending in .csv (did you "
        + "mean 'aws'?)")]
    [TestCase("rtt: aws", "rtt: my.csv", "s.yaml:8:12: there is no file 'my.csv'")]
    [TestCase("chance: 0.01", "chance: 1.5", "s.yaml:10:24: 1.5 is out of range; allowed: 0 to 1")]
    [TestCase("chance: 0.01", "chance: -0.1", "s.yaml:10:24: -0.1 is negative; it must be 0 or more")]
    [TestCase("chance: 0.01", "chance: 0.0000001",
        "s.yaml:10:24: '0.0000001' is too fine; the smallest step is 1/1000000")]
    [TestCase("uplink: 1Gbps", "uplink: 1", "s.yaml:11:15: '1' has no unit; write for instance 1Gbps")]
    [TestCase("uplink: 1Gbps", "uplink: 1gbps",
        "s.yaml:11:15: 'gbps' in '1gbps' is no unit here; allowed: bps, kbps, Mbps, Gbps (did you "
        + "mean 'Gbps'?)")]
    [TestCase("uplink: 1Gbps", "uplink: 0Gbps",
        "s.yaml:11:15: 0Gbps lets nothing through; write 'unlimited' for no limit")]
    [TestCase("vote: 200B", "vote: -200B", "s.yaml:12:22: -200 is negative; it must be 0 or more")]
    [TestCase("consensus: 7", "consensus: 0",
        "s.yaml:6:25: the consensus committee is empty; it needs at least one node")]
    [TestCase("consensus: 7", "weight: 0",
        "s.yaml:6:22: the consensus committee has no weight; it must be 1 or more")]
    [TestCase("consensus: 7", "consensus: seven", "s.yaml:6:25: 'seven' is not a whole number")]
    [TestCase("consensus: 7", "consensus: \"7\"",
        "s.yaml:6:25: '7' is quoted where a whole number is expected; remove the quotes")]
    [TestCase("consensus: 7", "consensus: 99999999999999999999",
        "s.yaml:6:25: 99999999999999999999 is out of range; allowed: 0 to 10000")]
    [TestCase("views: 100,", "views: 1,", "s.yaml:14:21: 1 is out of range; allowed: 20 to 100000000")]
    [TestCase("views: 100,", "views: 101,",
        "s.yaml:14:44: 101 views of 800ms last 1m20.8s, but an epoch lasts whole seconds; use a "
        + "multiple of 5 views")]
    [TestCase("target-view-time: 800ms", "target-view-time: 800ms, target-duration: 80s",
        "s.yaml:14:51: 'target-duration' and 'target-view-time' exclude each other; keep one of "
        + "target-view-time, target-duration")]
    [TestCase("behind-schedule: 0s", "behind-schedule: 80s",
        "s.yaml:14:68: behind-schedule is 80s; it must be less than an epoch, which lasts 80s")]
    [TestCase("behind-schedule: 0s", "behind-schedule: 1.5s",
        "s.yaml:14:68: behind-schedule is 1.5s; it must be whole seconds")]
    [TestCase("seeds: 1..3", "seeds: one",
        "s.yaml:15:12: 'one' is not a seed; write a whole number, a list such as [3, 5, 8] or a "
        + "range such as 1..10")]
    [TestCase("seeds: 1..3", "seeds: 3..1",
        "s.yaml:15:12: the range 3..1 is reversed; write the smaller seed first")]
    [TestCase("seeds: 1..3", "seeds: [1, 2, 1]", "s.yaml:15:19: seed 1 stands twice; each seed is one run")]
    [TestCase("seeds: 1..3", "seeds: []",
        "s.yaml:15:12: an empty list stands where a list of at least one seed is expected")]
    [TestCase("seeds: 1..3", "seeds: -1",
        "s.yaml:15:12: '-1' is not a seed; write a whole number, a list such as [3, 5, 8] or a range "
        + "such as 1..10")]
    [TestCase("duration: { epochs: 1 }", "duration: { epochs: 1, views: 5 }",
        "s.yaml:16:28: 'views' and 'epochs' exclude each other; keep one of epochs, views, time")]
    [TestCase("duration: { epochs: 1 }", "duration: {}",
        "s.yaml:16:15: duration needs one of epochs, views, time")]
    [TestCase("duration: { epochs: 1 }", "duration:",
        "s.yaml:16:14: nothing stands where duration is expected")]
    [TestCase("warmup-views: 10", "warmup-views: 99",
        "s.yaml:17:19: the warm-up of 99 views leaves nothing of 99")]
    [TestCase("question: Why?", "question: ''", "s.yaml:4:15: the text is empty")]
    [TestCase("name: first", "name: First Scenario",
        "s.yaml:3:11: 'First Scenario' is not a name; use lower-case letters, digits and single "
        + "hyphens, as in view-time")]
    [TestCase("name: two", "name: one",
        "s.yaml:22:15: two sets are called 'one', the first in line 19; rename one")]
    [TestCase("    sets:", "    sets: []\n    stes:",
        "s.yaml:19:5: unknown key 'stes' in a scenario; allowed: name, question, profile, nodes, "
        + "network, processing, pipeline, protocol, epoch, parameters, faults, liars, upgrade, calm-from, seeds, "
        + "duration, warmup-views, sets, expect, margins, map, grid (did you mean 'sets'?)")]
    [TestCase("hotstuff-min-timeout: 1045ms", "hotstuff-min-timeout: 0s",
        "s.yaml:20:31: hotstuff-min-timeout is 0s; it must be 1ms or more")]
    [TestCase("hotstuff-min-timeout: 1045ms", "hotstuff-min-timeout: 61s",
        "s.yaml:20:31: hotstuff-min-timeout is 61000ms; it must not exceed max-timeout, 60000ms")]
    [TestCase("hotstuff-min-timeout: 1045ms", "hotstuff-timeout-adjustment-factor: 1.0",
        "s.yaml:20:45: hotstuff-timeout-adjustment-factor must be above 1, or timeouts never grow")]
    [TestCase("hotstuff-min-timeout: 1045ms", "cruise-ctl-min-view-duration: 911ms",
        "s.yaml:20:39: cruise-ctl-min-view-duration is 911ms; it must not exceed "
        + "cruise-ctl-max-view-duration, 910ms")]
    [TestCase("hotstuff-min-timeout: 1045ms", "cruise-ctl-max-view-duration: 100ms",
        "s.yaml:20:39: cruise-ctl-min-view-duration is 125ms; it must not exceed "
        + "cruise-ctl-max-view-duration, 100ms")]
    [TestCase("hotstuff-min-timeout: 1045ms", "cruise-ctl-enabled: yes",
        "s.yaml:20:29: 'yes' is not a truth value; allowed: true, false")]
    [TestCase("hotstuff-min-timeout: 1045ms", "hotstuff-max-timeout: 5s",
        "s.yaml:20:9: unknown key 'hotstuff-max-timeout' in a parameter set; allowed: name, "
        + "hotstuff-min-timeout, hotstuff-timeout-adjustment-factor, "
        + "hotstuff-happy-path-max-round-failures, cruise-ctl-enabled, cruise-ctl-min-view-duration, "
        + "cruise-ctl-max-view-duration, cruise-ctl-fallback-proposal-duration, constants, flags, "
        + "epoch (did you mean 'hotstuff-min-timeout'?)")]
    [TestCase("KI: 0.06", "KI: 6e99", "s.yaml:21:26: 6e99 is out of range; allowed: -1000 to 1000")]
    [TestCase("KI: 0.06", "N_ewma: 0", "s.yaml:21:30: 0 is out of range; allowed: 1 to 1000000")]
    [TestCase("KI: 0.06", "max-rebroadcast-interval: 0s",
        "s.yaml:21:48: max-rebroadcast-interval must be above 0s")]
    [TestCase("--cruise-ctl-enabled=false", "--cruise-ctl-enable=false",
        "s.yaml:23:42: unknown flag --cruise-ctl-enable; allowed: hotstuff-min-timeout, "
        + "hotstuff-timeout-adjustment-factor, hotstuff-happy-path-max-round-failures, "
        + "cruise-ctl-enabled, cruise-ctl-min-view-duration, cruise-ctl-max-view-duration, "
        + "cruise-ctl-fallback-proposal-duration (did you mean 'cruise-ctl-enabled'?)")]
    [TestCase("--cruise-ctl-enabled=false", "--cruise-ctl-enabled=no",
        "s.yaml:23:63: 'no' is not a truth value; allowed: true, false")]
    [TestCase("--cruise-ctl-enabled=false", "--hotstuff-min-timeout=3s",
        "s.yaml:23:42: key 'hotstuff-min-timeout' stands twice, first in line 23; keep one")]
    [TestCase("--cruise-ctl-enabled=false", "-cruise-ctl-enabled=false",
        "s.yaml:23:42: '-cruise-ctl-enabled=false' is not a flag; flags begin with -- and have the "
        + "form --name=value")]
    [TestCase("--cruise-ctl-enabled=false", "--cruise-ctl-min-view-duration",
        "s.yaml:23:42: --cruise-ctl-min-view-duration has no value; write "
        + "--cruise-ctl-min-view-duration=value")]
    [TestCase("metric: mean-view-time", "metric: mean-veiw-time",
        "s.yaml:25:19: 'mean-veiw-time' is not a metric; the 8 nearest of 188 allowed (flowsim schema "
        + "lists all): mean-view-time, recovery-time, fallback-time, messages-vote, messages-timeout, view-time-p50, "
        + "view-time-p99, lost-views (did you mean 'mean-view-time'?)")]
    [TestCase("set: one, max", "set: oen, max",
        "s.yaml:25:40: there is no set 'oen'; allowed: one, two (did you mean 'one'?)")]
    [TestCase("max: 1 }", "max: 1, min: 2 }", "s.yaml:25:58: min 2 is above max 1")]
    [TestCase(", max: 1 }", " }", "s.yaml:25:9: an expectation needs min, max or both")]
    [TestCase("format: 1", "format: 2", "s.yaml:1:9: 2 is out of range; allowed: 1 to 1")]
    [TestCase("format: 1\n", "", "s.yaml:1:1: the file lacks the key 'format'")]
    [TestCase("uplink: 1Gbps", "uplink: !!str 1Gbps",
        "s.yaml:11:15: the tag 'tag:yaml.org,2002:str' has no meaning here; remove it")]
    [TestCase("uplink: 1Gbps", "uplink: *fast", "s.yaml:11:15: nothing above is named &fast")]
    [TestCase("uplink: 1Gbps", "uplink: 'x",
        "s.yaml:11:15: this is not YAML: While scanning a quoted scalar, found unexpected end of "
        + "stream")]
    [TestCase("uplink: 1Gbps", "\tuplink: 1Gbps",
        "s.yaml:11:7: a tab indents this line; YAML indents by spaces")]
    [TestCase("question: Why?", "question: \"\\e[31mWhy?\"",
        "s.yaml:4:15: this text has a control character; remove it")]
    [TestCase("views: 100,", "views: \"1\\n0\",",
        "s.yaml:14:21: '1 0' is quoted where a whole number is expected; remove the quotes")]
    [TestCase("[1ms, 3ms]", "[1ms, 3ms, 5ms]",
        "s.yaml:13:52: this list has 3 entries; at most 2 are allowed")]
    [TestCase("    profile: mainnet-2024", "    {<<: rofile: mainnet-2024",
        "s.yaml:4:19: this is not YAML from here on")]
    [TestCase("profile: mainnet-2024", "profile: mainnet",
        "s.yaml:5:14: 'mainnet' is not a profile; allowed: hundreds-each, "
        + "jolteon-aws, mainnet-2023, mainnet-2024, mainnet-2025, testnet-2024")]
    public void Is_one_line_with_its_place(string from, string to, string message)
    {
        using Written files = new Written().With("s.yaml", Written.Edited(from, to));
        Assert.That(files.Mistake(), Is.EqualTo(message).NoClip);
    }
}
