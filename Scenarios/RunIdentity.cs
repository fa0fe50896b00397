using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FlowSim.Scenarios;

/// <summary>The names of a run in records, each a SHA-256 in lower-case hexadecimal.</summary>
/// <param name="ScenarioHash">The scenario file and all it draws in.</param>
/// <param name="ParamsHash">The complete resolved spec without the seed; equal hashes are equal
/// worlds.</param>
/// <param name="RunId">The run: the above, its scenario, set and seed, and the program that computes
/// it.</param>
public sealed record RunIdentity(string ScenarioHash, string ParamsHash, string RunId)
{
    /// <summary>Names a run.</summary>
    /// <remarks>Scenario and set belong to the id because two sets may have equal parameters.</remarks>
    public static RunIdentity Of(string scenarioHash, string paramsHash, string scenario, string set,
        ulong seed)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ReadOnlySpan<string> parts =
            ["flowsim-run/1", scenarioHash, paramsHash, scenario, set, Build.Version, Build.Hash];
        foreach (string part in parts) Closure.Append(hash, Encoding.UTF8.GetBytes(part));
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(number, seed);
        hash.AppendData(number);
        return new RunIdentity(scenarioHash, paramsHash, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>The same run made without oracles.</summary>
    public RunIdentity Unwatched() => this with
    {
        RunId = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"flowsim-unwatched/1 {RunId}"))),
    };
}
