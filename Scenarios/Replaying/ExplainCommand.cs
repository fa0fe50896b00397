using System.IO;
using System.Threading;
using FlowSim.Analysis.Timeline;
using FlowSim.Chain;

namespace FlowSim.Scenarios.Replaying;

/// <summary>The verb <c>explain</c>: one run again, and why one of its views went as it did.</summary>
/// <param name="one">The run.</param>
/// <param name="output">Gets the sentences.</param>
/// <param name="error">Gets what is wrong.</param>
public sealed class ExplainCommand(OneRun one, TextWriter output, TextWriter error)
{
    /// <summary>Makes the run and explains a view of it.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="ScenarioException">The run has no such view.</exception>
    public int Run(View view, CancellationToken cancel)
    {
        var cast = new Cast(one.Run.Spec);
        var observer = new ViewObserver(cast, view);
        string digest = one.Again(observer, error, cancel);
        if (view < cast.FirstView || view > observer.Facts.Highest)
            throw ReplayCommand.Outside(view, cast, observer.Facts.Highest);
        output.Write($"{one.Name}\n");
        foreach (string line in Explanation.Of(observer.Facts)) output.Write($"{line}\n");
        output.Write($"{digest}\n");
        return ExitCode.Ok;
    }
}
