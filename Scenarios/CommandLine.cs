using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using FlowSim.Scenarios.Reading;

namespace FlowSim.Scenarios;

/// <summary>The verbs of <c>flowsim</c>. A mistake costs its user one line and exit code 2, never a stack
/// trace.</summary>
public sealed class CommandLine
{
    private const string ShortHelp =
        "usage: flowsim plan FILE | schema | --version; flowsim VERB --help explains a verb";

    private readonly TextWriter output;
    private readonly TextWriter error;
    private readonly RootCommand root = new("FlowSim simulates the Flow network.");

    private CommandLine(TextWriter output, TextWriter error)
    {
        this.output = output;
        this.error = error;
        root.Subcommands.Add(PlanVerb());
        root.Subcommands.Add(SchemaVerb());
    }

    /// <summary>Carries out one command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error) =>
        new CommandLine(output, error).Run(args);

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
        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
            });
        }
        catch (ScenarioException mistake)
        {
            return Refuse(mistake.Message);
        }
    }

    private int Refuse(string line)
    {
        error.Write(line + "\n");
        return ExitCode.BadInput;
    }

    private string Usage(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [string word, ..])
            return InputFile.OneLine(parsed.Errors[0].Message);
        Command verb = parsed.CommandResult.Command;
        List<string> words = [];
        if (verb == root)
        {
            foreach (Command command in root.Subcommands) words.Add(command.Name);
            words.AddRange(["--version", "--help"]);
            return $"unknown verb '{word}'; {Nearest.Allowed(word, words)}";
        }

        foreach (Option option in verb.Options) words.Add(option.Name);
        return $"{verb.Name} does not know '{word}'; {Nearest.Allowed(word, words)}";
    }

    private Command PlanVerb()
    {
        Argument<string> file = new("FILE") { Description = "A scenario file." };
        Option<string?> scenario = new("--scenario") { Description = "Only this scenario." };
        Option<string?> set = new("--set") { Description = "Only this parameter set." };
        Option<string?> seed = new("--seed") { Description = "Only this seed." };
        Command verb = new("plan", "Check a scenario file and list its runs.") { file, scenario, set, seed };
        verb.SetAction(parsed =>
        {
            Selection selection = new(parsed.GetValue(scenario), parsed.GetValue(set),
                Seed(parsed.GetValue(seed)));
            ScenarioFile read = ScenarioFile.Load(parsed.GetRequiredValue(file));
            PlanText.Write(output, selection.Of(Plan.Of(read)));
            return ExitCode.Ok;
        });
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

    private static ulong? Seed(string? text)
    {
        try
        {
            return text is null ? null : (ulong)Scalars.WholeNumber(text, 0, long.MaxValue);
        }
        catch (FormatException e)
        {
            throw new ScenarioException($"--seed: {e.Message}");
        }
    }
}
