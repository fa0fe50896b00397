using System.Reflection;
using BenchmarkDotNet.Running;

return BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args) is null ? 1 : 0;
