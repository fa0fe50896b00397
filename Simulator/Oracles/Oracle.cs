using System;
using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Oracles;

/// <summary>One statement that is true of every correct run, watching for the run that breaks it.</summary>
/// <param name="id">The statement's number, first word of every violation.</param>
/// <param name="cast">Who is who in the run.</param>
public abstract class Oracle(string id, Cast cast) : IProbe
{
    public string Id => id;

    /// <summary>The kinds of notice that bear on the statement.</summary>
    public abstract IReadOnlyList<Type> Hears { get; }

    /// <summary>Whether it also listens to nodes that may lie.</summary>
    public virtual bool HearsLiars => false;

    /// <summary>Whether it wants to hear of a block or view again from each node that comes to it.</summary>
    public virtual bool HearsRepeats => true;

    protected Cast Cast => cast;

    /// <summary>Hears one of its notices.</summary>
    /// <exception cref="InvariantViolation">The statement is false.</exception>
    public abstract void On(in TraceEvent entry);

    /// <inheritdoc cref="On"/>
    public virtual void End(SimTime at)
    {
    }

    /// <summary>The violation, in one line: oracle, time, node, view, and two facts that contradict.</summary>
    protected InvariantViolation Broken(in TraceEvent entry, View view, string fact, string contrary) =>
        Broken(entry.At, cast.NameOf(entry.Node), view, fact, contrary);

    /// <inheritdoc cref="Broken(in TraceEvent, View, string, string)"/>
    protected InvariantViolation Broken(SimTime at, string who, View view, string fact, string contrary) =>
        new(FormattableString.Invariant($"{id} at {at.TotalSeconds:F9} s: {who}, view {view}: {fact}, but {contrary}"));
}
