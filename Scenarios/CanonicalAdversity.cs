using System.Collections.Generic;
using System.Diagnostics;
using System.Text.Json;
using FlowSim.Faults;

namespace FlowSim.Scenarios;

/// <summary>The part of a canonical spec that says what goes wrong, with nodes by their numbers.</summary>
public static class CanonicalAdversity
{
    /// <summary>Writes faults, liars, and how many nodes each drawn choice takes.</summary>
    public static void Write(Utf8JsonWriter json, RunSpec spec, IReadOnlyList<int> drawn)
    {
        json.WriteStartArray("link-faults");
        foreach (LinkFault fault in spec.LinkFaults) Write(json, fault);
        json.WriteEndArray();
        json.WriteStartArray("node-faults");
        foreach (NodeFault fault in spec.NodeFaults) Write(json, fault);
        json.WriteEndArray();
        json.WriteStartArray("liars");
        foreach (Liar liar in spec.Liars) Write(json, liar);
        json.WriteEndArray();
        json.WriteStartArray("drawn");
        foreach (int count in drawn) json.WriteNumberValue(count);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, LinkFault fault)
    {
        (string kind, long first, long second) = fault switch
        {
            LinkFault.Loss loss => ("loss", loss.ChancePerMillion, 0L),
            LinkFault.Cut => ("cut", 0L, 0L),
            LinkFault.Slow slow => ("slow-link", slow.FactorPerMillion, slow.Extra.Nanoseconds),
            LinkFault.Duplicate twice => ("duplicate", twice.ChancePerMillion, twice.After.Nanoseconds),
            _ => throw new UnreachableException(),
        };
        Begin(json, kind, fault.During, first, second);
        Write(json, fault.Senders);
        Write(json, fault.Receivers);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, NodeFault fault)
    {
        (string kind, long amount) = fault switch
        {
            NodeFault.Crash crash => ("crash", (long)crash.Loses),
            NodeFault.Pause => ("pause", 0L),
            NodeFault.Slow slow => ("slow-node", slow.FactorPerMillion),
            NodeFault.Skew skew => ("clock-skew", skew.Offset.Nanoseconds),
            _ => throw new UnreachableException(),
        };
        Begin(json, kind, fault.During, amount, 0);
        Write(json, fault.Nodes);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Liar liar)
    {
        (string kind, long amount, NodeSet? favoured) = liar switch
        {
            Liar.VoteWithholder => ("vote-withholder", 0L, null),
            Liar.SelectiveSender selective => ("selective-sender", 0L, selective.Favoured),
            Liar.LateLeader late => ("late-leader", late.Margin.Nanoseconds, null),
            Liar.TimeoutSpammer spammer => ("timeout-spammer", spammer.Interval.Nanoseconds, (NodeSet?)null),
            _ => throw new UnreachableException(),
        };
        json.WriteStartArray();
        json.WriteStringValue(kind);
        json.WriteNumberValue(amount);
        Write(json, liar.Nodes);
        if (favoured is not null) Write(json, favoured);
        json.WriteEndArray();
    }

    private static void Begin(Utf8JsonWriter json, string kind, Window during, long first, long second)
    {
        json.WriteStartArray();
        json.WriteStringValue(kind);
        json.WriteNumberValue(during.From.Nanoseconds);
        json.WriteNumberValue(during.Until.Nanoseconds);
        json.WriteNumberValue(first);
        json.WriteNumberValue(second);
    }

    private static void Write(Utf8JsonWriter json, NodeSet nodes)
    {
        json.WriteStartArray();
        foreach (int node in nodes.Members) json.WriteNumberValue(node);
        json.WriteEndArray();
    }
}
