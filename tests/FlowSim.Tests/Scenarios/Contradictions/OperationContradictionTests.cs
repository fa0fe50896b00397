using NUnit.Framework;

namespace FlowSim.Tests.Scenarios.Contradictions;

/// <summary>Rollouts, acts and specified changes that contradict themselves or others.</summary>
public sealed class OperationContradictionTests
{
    [TestCase("lead: 20s", "lead: 50s",
        "s.yaml:39:17: the image would be staged before the run begins; at most 40s, which is 'from'")]
    [TestCase("never: 10%", "never: 100%",
        "s.yaml:40:71: with 'never: 100%' nobody changes; write less")]
    [TestCase("share: 10%, image: new", "share: 100%, image: new",
        "s.yaml:40:83: with 100% everybody takes the wrong image; write less, or a rollout of that image")]
    [TestCase("gate: true", "restart: false",
        "s.yaml:39:17: nothing restarts here, so 'lead' decides nothing; remove it")]
    [TestCase("gate: true\n          lead: 20s", "gate: true\n          restart: false",
        "s.yaml:38:17: nothing restarts here, so 'gate' decides nothing; remove it")]
    [TestCase("lead: 20s", "max-offline: 50%\n          restart: false",
        "s.yaml:39:24: nothing restarts here, so 'max-offline' decides nothing; remove it")]
    [TestCase("waves: [ { canaries: 1, soak: 10s }, { share: 50%, soak: 10s }, { rest: true } ]",
        "waves: [ { canaries: 1 } ]",
        "s.yaml:38:17: a gate keeps the next wave from beginning; write two waves or more")]
    [TestCase("never: 10%", "by: operator, never: 10%",
        "s.yaml:40:68: each of these nodes has an operator of its own, so this decides nothing; write by: node, or "
        + "a node list with operators")]
    [TestCase("{ rest: true } ]", "{ rest: true }, { canaries: 1 } ]",
        "s.yaml:37:91: nobody is left for this wave: those before have them all; remove it")]
    [TestCase("{ rest: true } ]", "{ role: access } ]",
        "s.yaml:37:75: this rollout has no access nodes; remove the wave, or change 'of'")]
    [TestCase("{ canaries: 1,", "{ canaries: 7,",
        "s.yaml:37:20: no role has 7 nodes in this rollout, at most 6; write fewer, or { rest: true }")]
    [TestCase("{ share: 50%,", "{ share: 10%,",
        "s.yaml:37:48: this share adds nobody to the waves before; write more, or remove it")]
    [TestCase("{ share: 50%,", "{ role: verification,",
        "s.yaml:37:83: nobody is left for this wave: those before have them all; remove it")]
    [TestCase("of: { role: consensus }, from: 200s", "of: { role: verification }, from: 70s",
        "s.yaml:40:61: verification-001 gets image 'new' over the same time by the rollout of line 35, 40s to "
        + "1m30s; begin after it, or exclude the node")]
    [TestCase("of: { role: consensus }, from: 200s, never: 10%, wrong: { share: 10%, image: new }",
        "of: { nodes: [access-001] }, from: 20s",
        "s.yaml:40:20: all these nodes have image 'newer' already; there is nothing to roll out")]
    [TestCase("at: 60s, image: new",
        "at: 60s, image: new }\n        - { act: stage, of: { nodes: [execution-001] }, at: 50s, image: newer",
        "s.yaml:45:61: execution-001 is taken down then already by line 42; choose another time")]
    [TestCase("at: 60s, image: new",
        "at: 60s, image: new }\n        - { act: stage, of: { nodes: [access-001] }, at: 80s, image: new }\n        "
        + "- { act: stage, of: { nodes: [access-001] }, at: 80s, image: old",
        "s.yaml:46:58: access-001 gets an image then already by line 45; choose another time")]
    [TestCase("backup: 60s", "backup: 0s",
        "s.yaml:43:70: at 0s nothing is on disk to be backed up; write a later 'backup'")]
    [TestCase("at: 160s", "at: 130s",
        "s.yaml:45:73: execution-004 has no snapshot of the chain before about 2m16s; choose a later time")]
    [TestCase("at: 160s", "at: 260s",
        "s.yaml:45:73: access-002 leaves with epoch 0, at about 4m0s, and only follows then; choose an earlier "
        + "time, or another node")]
    [TestCase("{ nodes: [execution-002] }, at: 150s, backup: 60s", "{ nodes: [execution-004] }, at: 150s, backup: 60s",
        "s.yaml:43:70: execution-004 has no snapshot of the chain before about 2m16s; choose a later backup")]
    [TestCase("      operators:", "      specified: [ { image: old, from-height: 80 } ]\n      operators:",
        "s.yaml:46:29: 'old' is the specified image before this change already; write another")]
    [TestCase("      operators:",
        "      specified: [ { image: new, from-height: 80 }, { image: new, from-height: 90 } ]\n      operators:",
        "s.yaml:46:62: 'new' is the specified image before this change already; write another")]
    [TestCase("      operators:",
        "      specified: [ { image: new, from-height: 80 }, { image: newer, from-height: 80 } ]\n      operators:",
        "s.yaml:46:62: this height is not above that of the change before, 80; list changes in order")]
    [TestCase("      operators:", "      specified: [ { image: new, from-protocol-version: 3 } ]\n      operators:",
        "s.yaml:46:29: no block ever has version 3; those that governance asks for and the chain begins with: 2")]
    public void Is_refused(string from, string to, string message) =>
        Contradictory.AssertRefused(Contradictory.AtHeight, from, to, message);
}
