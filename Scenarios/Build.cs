using System;
using System.Reflection;
using System.Security.Cryptography;

namespace FlowSim.Scenarios;

/// <summary>The program that computes: its version, and a fingerprint of its code.</summary>
public static class Build
{
    /// <summary>The version of the release.</summary>
    public static readonly string Version =
        typeof(Build).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>SHA-256 over the module identities of all FlowSim libraries, lower-case hexadecimal.</summary>
    /// <remarks>Builds are deterministic: the same source has the same module identities in any checkout.</remarks>
    public static readonly string Hash = Fingerprint();

    private static string Fingerprint()
    {
        Span<byte> ids = stackalloc byte[32];
        typeof(RunSpec).Module.ModuleVersionId.TryWriteBytes(ids);
        typeof(Build).Module.ModuleVersionId.TryWriteBytes(ids[16..]);
        return Convert.ToHexStringLower(SHA256.HashData(ids));
    }
}
