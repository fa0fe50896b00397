using System.Collections.Generic;
using System.Reflection;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Tests.Tidy;

/// <summary>The tags under which a notice feeds its fields to the digest, seen in the digest's own buffer.</summary>
internal static class DigestTags
{
    private const int EntryWords = 4;

    public static IReadOnlyList<ulong> Of(Notice notice)
    {
        var digest = new TraceDigest();
        notice.Into(digest);
        var tags = new List<ulong>();
        ulong[] pending = (ulong[])Field("pending").GetValue(digest)!;
        int used = (int)Field("used").GetValue(digest)!;
        for (int at = 0; at < used; at += EntryWords) tags.Add(pending[at]);
        return tags;
    }

    private static FieldInfo Field(string name) =>
        typeof(TraceDigest).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
}
