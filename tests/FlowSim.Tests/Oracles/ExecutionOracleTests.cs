using System;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Tests.Pipeline;
using NUnit.Framework;

namespace FlowSim.Tests.Oracles;

/// <summary>P4 ends a run with each way of executing what must not be executed yet.</summary>
public sealed class ExecutionOracleTests
{
    [Test]
    public void P4_is_broken_by_a_node_that_skips_a_block() =>
        Assert.That(Broken(result => result.Height.Value == 5 ? null : result),
            Does.Contain("it has not executed the parent"));

    [Test]
    public void P4_is_broken_by_a_node_that_executes_what_it_does_not_have() =>
        Assert.That(Broken(result => result with { BlockId = new BlockId(1) }),
            Does.Contain("it has never taken that block in"));

    [Test]
    public void P4_is_broken_by_a_result_on_somebody_elses_state() =>
        Assert.That(Broken(result => result.Height.Value == 5 ? result with { PreviousId = new ResultId(1) } : result),
            Does.Contain("not on its own result of the parent"));

    [Test]
    public void P4_is_broken_by_a_node_that_executes_a_proposal()
    {
        // It says of every block at once that it has taken in and executed it.
        string broken = Watched.Break("P4", ExecutionWorld.Spec, ExecutionWorld.Seams(honest => new PlantedEngine(
            honest, (effect, into) =>
            {
                if (effect is { Kind: EffectKind.Begin, Payload: Job.Execute { Block: var block } })
                {
                    Block child = SomeChain.On(block);
                    into.Report(new Notice.Incorporated(child));
                    into.Report(new Notice.Executed(ExecutionResult.Of(child, default, [default])));
                }

                into.Add(effect);
            })));
        Assert.That(broken, Does.Contain("nobody knows a certificate for it"));
    }

    private static string Broken(Func<ExecutionResult, ExecutionResult?> said) =>
        Watched.Break("P4", ExecutionWorld.Spec, ExecutionWorld.Seams(honest => new PlantedEngine(honest,
            (effect, into) =>
            {
                if (effect is not { Kind: EffectKind.Report, Payload: Notice.Executed { Result: var result } })
                    into.Add(effect);
                else if (said(result) is { } told)
                    into.Report(new Notice.Executed(told));
            })));
}
