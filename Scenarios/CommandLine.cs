using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using FlowSim.Chain;
using FlowSim.Scenarios.Reading;
using FlowSim.Scenarios.Replaying;
using FlowSim.Scenarios.Running;
using FlowSim.Scenarios.Workers;

namespace FlowSim.Scenarios;

/// <summary>The verbs of <c>flowsim</c>. A mistake costs its user one line and exit code 2, never a stack
/// trace.</summary>
public sealed class CommandLine
{
    private const string ShortHelp =
        "usage: flowsim run FILE | compare FILE | replay FILE | explain FILE VIEW | plan FILE | "
        + "conform DIR | bench | validate | schema | --version; flowsim VERB --help explains a verb";

    private readonly TextWriter output;
    private readonly TextWriter error;
    private readonly int? columns;
    private readonly RootCommand root = new("""
        FlowSim simulates the Flow network: how block timing, finality and throughput follow from protocol parameters.
        An error is one line; with FLOWSIM_TRACE=1 in the environment an internal error also prints its stack trace.
        """);

    private CommandLine(TextWriter output, TextWriter error, int? columns)
    {
        this.output = output;
        this.error = error;
        this.columns = columns;
        root.Subcommands.Add(RunVerb());
        root.Subcommands.Add(CompareVerb.Of(output, error, columns));
        root.Subcommands.Add(ReplayVerb());
        root.Subcommands.Add(ExplainVerb());
        root.Subcommands.Add(PlanVerb());
        root.Subcommands.Add(ConformVerb());
        root.Subcommands.Add(MeasuringVerbs.Bench(output, error));
        root.Subcommands.Add(MeasuringVerbs.Validate(output, error));
        root.Subcommands.Add(SchemaVerb());
        root.Subcommands.Add(WorkerVerb.Of(output));
    }

    /// <summary>Carries out one command line.</summary>
    /// <param name="args">Verb, arguments and options.</param>
    /// <param name="output">Gets results.</param>
    /// <param name="error">Gets mistakes.</param>
    /// <param name="columns">Width of the terminal, where progress may rewrite its line; null elsewhere.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error, int? columns = null)
    {
        try
        {
            return new CommandLine(output, error, columns).Run(args);
        }
        catch (ScenarioException mistake)
        {
            return Tell(error, mistake.Message, ExitCode.BadInput);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return Tell(error, $"flowsim: reading or writing failed: {InputFile.OneLine(failed.Message)}",
                ExitCode.InputOutputFailure);
        }
        catch (Exception mistake)
        {
            Failure failure = mistake is WorkFailedException work ? work.Failure : Failure.Of(mistake);
            if (failure.IsLost) return Tell(error, failure.Line, ExitCode.InputOutputFailure);
            string line = $"{failure.Line}; {Failure.TraceVariable}=1 shows where";
            return Tell(error, $"{line}\n{failure.Trace}".TrimEnd(), ExitCode.Inconsistent);
        }
    }

    private static int Tell(TextWriter error, string line, int code)
    {
        try
        {
            error.Write(line + "\n");
        }
        catch (IOException)
        {
            // Nobody can be told; the exit code still says it.
        }

        return code;
    }

    private int Run(IReadOnlyList<string> args)
    {
        if (args.Count == 0) return Refuse(ShortHelp);
        if (args is ["--version"])
        {
            output.Write($"flowsim {Build.Version} (build {Build.Hash[..12]})\n");
            return ExitCode.Ok;
        }

        // Without response files: a file name may begin with @.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0) return Refuse($"flowsim: {Usage(parsed)}");
        return parsed.Invoke(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
        });
    }

    private int Refuse(string line) => Tell(error, ScenarioException.OneLine(line), ExitCode.BadInput);

    private string Usage(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [string word, ..])
            return InputFile.OneLine(parsed.Errors[0].Message);
        Command verb = parsed.CommandResult.Command;
        List<string> words = [];
        if (verb == root)
        {
            foreach (Command command in root.Subcommands)
            {
                if (!command.Hidden) words.Add(command.Name);
            }

            words.AddRange(["--version", "--help"]);
            return $"unknown verb '{word}'; {Nearest.Allowed(word, words)}";
        }

        if (verb.Options.Count == 0) return $"{verb.Name} takes nothing more than it has before '{word}'";
        foreach (Option option in verb.Options) words.Add(option.Name);
        return $"{verb.Name} does not know '{word}'; {Nearest.Allowed(word, words)}";
    }

    private Command RunVerb()
    {
        Argument<string> file = new("FILE") { Description = "A scenario file." };
        SelectionOptions which = new();
        MakingOptions making = new();
        Command verb = new("run", """
            Make the runs of a scenario file, compare its sets, check its expectations.
            What is on record in the results folder is not simulated again; Ctrl-C loses only unfinished runs.
            Exit codes: 0 all is well, 1 an expectation was missed, 2 a mistake in the input, 3 FlowSim contradicts
            itself, 75 reading or writing failed or a worker process was lost, 130 interrupted.
            """)
        {
            file, which.Scenario, which.Set, which.Seed, making.Results, making.Workers, making.Fresh, making.Unwatched,
        };
        verb.SetAction(parsed =>
        {
            RunOptions options = making.Of(parsed, parsed.GetRequiredValue(file), which.Of(parsed));
            using Interruption interruption = new();
            return new RunCommand(options, output, error, columns).Run(interruption.Token);
        });
        return verb;
    }

    private Command ReplayVerb()
    {
        Argument<string> file = new("FILE") { Description = "A scenario file." };
        SelectionOptions which = new();
        Option<string> results = MakingOptions.ResultsOption();
        Option<string?> views = new("--views") { Description = "Only these views: a..b, or one." };
        Option<string?> node = new("--node") { Description = "Look through this node: all it does and gets." };
        Command verb = new("replay", "Make one run again and print it as a timeline.")
        {
            file, which.Scenario, which.Set, which.Seed, results, views, node,
        };
        verb.SetAction(parsed =>
        {
            OneRun one = OneRun.Of(parsed.GetRequiredValue(file), which.Of(parsed), parsed.GetRequiredValue(results));
            return Interruption.Guard(error, cancel =>
                new ReplayCommand(one, output, error).Run(parsed.GetValue(views), parsed.GetValue(node), cancel));
        });
        return verb;
    }

    private Command ExplainVerb()
    {
        Argument<string> file = new("FILE") { Description = "A scenario file." };
        Argument<string> view = new("VIEW") { Description = "The view to explain." };
        SelectionOptions which = new();
        Option<string> results = MakingOptions.ResultsOption();
        Command verb = new("explain", "Make one run again and say why a view was lost, late or well.")
        {
            file, view, which.Scenario, which.Set, which.Seed, results,
        };
        verb.SetAction(parsed =>
        {
            ulong asked = (ulong)Number("VIEW", parsed.GetRequiredValue(view), 0, long.MaxValue, 0);
            OneRun one = OneRun.Of(parsed.GetRequiredValue(file), which.Of(parsed), parsed.GetRequiredValue(results));
            return Interruption.Guard(error, cancel =>
                new ExplainCommand(one, output, error).Run(new View(asked), cancel));
        });
        return verb;
    }

    private Command PlanVerb()
    {
        Argument<string> file = new("FILE") { Description = "A scenario file." };
        SelectionOptions which = new();
        Command verb = new("plan", "Check a scenario file and list its runs.")
        {
            file, which.Scenario, which.Set, which.Seed,
        };
        verb.SetAction(parsed =>
        {
            ScenarioFile read = ScenarioFile.Load(parsed.GetRequiredValue(file));
            PlanText.Write(output, which.Of(parsed).Of(Plan.Of(read)));
            return ExitCode.Ok;
        });
        return verb;
    }

    private Command ConformVerb()
    {
        Argument<string> folder = new("DIR") { Description = "A folder of recorded answers, or one family of it." };
        Command verb = new("conform", "Replay flow-go's recorded answers against the types that runs use.") { folder };
        verb.SetAction(parsed => Conformance.Run(parsed.GetRequiredValue(folder), output, error));
        return verb;
    }

    private Command SchemaVerb()
    {
        Command verb = new("schema", "Print the JSON Schema of scenario files, for editors.");
        verb.SetAction(_ =>
        {
            output.Write(JsonSchema.Text());
            return ExitCode.Ok;
        });
        return verb;
    }

    /// <summary>A whole number given to an option, or what holds without it.</summary>
    /// <exception cref="ScenarioException">It is none, or out of range.</exception>
    public static long Number(string option, string? text, long least, long most, long otherwise)
    {
        try
        {
            return text is null ? otherwise : Scalars.WholeNumber(text, least, most);
        }
        catch (FormatException e)
        {
            throw new ScenarioException($"{option}: {e.Message}");
        }
    }
}
