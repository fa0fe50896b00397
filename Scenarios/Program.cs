using System;
using FlowSim.Scenarios;

return CommandLine.Run(args, Console.Out, Console.Error, !Console.IsOutputRedirected);
