using System;
using System.Collections.Generic;
using System.Reflection;
using System.Security.Cryptography;

namespace FlowSim.Scenarios;

/// <summary>The program that computes: its version, and a fingerprint of its code.</summary>
public static class Build
{
    /// <summary>The version of the release.</summary>
    public static readonly string Version =
        typeof(Build).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion;

    /// <summary>SHA-256 over the module identities of the program and the FlowSim libraries it uses,
    /// lower-case hexadecimal.</summary>
    /// <remarks>Builds are deterministic: the same source has the same module identities in any
    /// checkout.</remarks>
    public static readonly string Hash = Fingerprint();

    private static string Fingerprint()
    {
        SortedList<string, Guid> modules = new(StringComparer.Ordinal);
        Assembly program = typeof(Build).Assembly;
        modules.Add("flowsim", program.ManifestModule.ModuleVersionId);
        foreach (AssemblyName name in program.GetReferencedAssemblies())
        {
            if (name.Name is { } text && text.StartsWith("FlowSim.", StringComparison.Ordinal))
                modules.Add(text, Assembly.Load(name).ManifestModule.ModuleVersionId);
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Guid id in modules.Values) hash.AppendData(id.ToByteArray());
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
