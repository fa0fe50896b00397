namespace FlowSim.Analysis.Statistics;

/// <summary>What a set is, held against the baseline by one metric.</summary>
public enum Claim
{
    /// <summary>No seed was measured in both.</summary>
    NotMeasured,

    /// <summary>Some seeds were measured in one of the two only; those left may be the lucky ones.</summary>
    Incomplete,

    /// <summary>Neither a difference nor equivalence is shown.</summary>
    Undecided,

    /// <summary>Every pair agrees: nothing shows, which does not bound what is rare.</summary>
    Identical,

    /// <summary>The difference lies within the margin.</summary>
    Equivalent,

    /// <summary>There is a difference, in the good direction.</summary>
    Better,

    /// <summary>There is a difference, in the bad direction.</summary>
    Worse,

    /// <summary>There is a difference, and the metric has no good direction.</summary>
    Differs,
}
