using System;
using FlowSim.Scenarios;

bool isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";
return CommandLine.Run(args, Console.Out, Console.Error, isTerminal ? Math.Max(1, Console.WindowWidth) : null);
