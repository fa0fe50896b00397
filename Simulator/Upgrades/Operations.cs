using System.Collections.Generic;
using FlowSim.Chain;
using FlowSim.Kernel;

namespace FlowSim.Upgrades;

/// <summary>All who run nodes, as a machine: hears what becomes due and how processes come and go, says what is done
/// to them.</summary>
/// <remarks>
/// It has no clock: it asks to be reminded. It sees what operators see, no protocol state. Whatever is done to a node
/// takes the place of the start that was meant for it before. Who has followed a rollout or release drops what was
/// announced before it and comes due late: nobody goes back to an older image unless a later rollout or an act says so.
/// </remarks>
public sealed class Operations
{
    private readonly UpgradeSpec spec;
    private readonly Installations installations;
    private readonly Reactions reactions;
    private readonly RolloutPlan[] plans;
    private readonly Gate[] gates;
    private readonly int[] fates;
    private readonly bool[] isUp;

    /// <summary>Of what each node's operator has followed, when the newest was announced.</summary>
    private readonly SimTime[] followed;

    /// <param name="spec">What operators mean to do.</param>
    /// <param name="nodes">The population.</param>
    /// <param name="installations">Which image is where; only read.</param>
    /// <param name="luck">The draws of the run.</param>
    public Operations(UpgradeSpec spec, IReadOnlyList<NodeSpec> nodes, Installations installations, Luck luck)
    {
        (this.spec, this.installations) = (spec, installations);
        reactions = new Reactions(spec.Operators, nodes, luck);
        plans = new RolloutPlan[spec.Rollouts.Count];
        gates = new Gate[plans.Length];
        for (int i = 0; i < plans.Length; i++)
        {
            Rollout rollout = spec.Rollouts[i];
            plans[i] = new RolloutPlan(rollout, spec.Images[rollout.Image].Name, nodes, spec.Operators, luck);
            gates[i] = new Gate(nodes.Count);
        }

        fates = new int[nodes.Count];
        isUp = new bool[nodes.Count];
        followed = new SimTime[nodes.Count];
    }

    /// <summary>The run begins.</summary>
    public void Begin(Directions into)
    {
        for (int i = 0; i < plans.Length; i++) BeginWave(spec.Rollouts[i].From, SimTime.Zero, i, 0, into);
        foreach (OperatorAct act in spec.Acts)
        {
            foreach (int node in act.Nodes.Members) Plan(act, node, into);
        }

        if (spec.Strategy.Spork is { } spork) into.Remind(spork.At, new Errand.Spork(0, spork));
        for (int node = 0; node < fates.Length; node++)
        {
            if (reactions.Accident(node, SimTime.Zero, 0) is { } at) into.Remind(at, new Errand.Accident(node, 0));
        }
    }

    /// <summary>A process is up.</summary>
    public void Started(int node) => isUp[node] = true;

    /// <summary>A process is down.</summary>
    public void Stopped(SimTime now, int node, StopCause cause, Directions into)
    {
        isUp[node] = false;
        if (cause is not (StopCause.Failure or StopCause.Outdated)) return;
        foreach (Gate gate in gates) gate.Ended(node);
        if (cause == StopCause.Outdated && NewestRelease(now) is { } newest
            && newest.Image != installations.OnDisk(node))
            into.Remind(now + reactions.SwapDelay(node, newest.Image),
                new Errand.Start(node, ++fates[node], newest));
        else if (cause == StopCause.Outdated || spec.Operators.RestartsAfterFailure)
            StartLater(now, node, into);
    }

    /// <summary>Something is due.</summary>
    public void Due(SimTime now, Errand errand, Directions into)
    {
        int node = errand.Node;
        switch (errand)
        {
            case Errand.Review review:
                Review(now, review, into);
                break;
            case Errand.Stage stage when Follows(node, stage.Image, stage.Rollout):
                into.Install(node, stage.Image);
                break;
            case Errand.Swap swap when Follows(node, swap.Image, swap.Rollout):
                into.Stop(node, StopCause.Plan);
                into.Install(node, swap.Image);
                into.Remind(now + swap.Downtime, new Errand.Start(node, ++fates[node]));
                if (swap.Rollout >= 0) gates[swap.Rollout].Changed(node);
                break;
            case Errand.Start start when start.Fate == fates[node] && !isUp[node]:
                if (start.Release is { } release && Follows(node, release.Image, release.At))
                    into.Install(node, release.Image);
                into.Start(node);
                break;
            case Errand.Spork spork:
                Spork(now, spork.Plan, into);
                break;
            case Errand.Accident accident:
                Happen(now, accident, into);
                break;
            case Errand.BackUp:
                into.BackUp(node);
                break;
            case Errand.Restore restore:
                into.Stop(node, StopCause.Plan);
                into.Restore(node);
                if (restore.Image is { } with) into.Install(node, with);
                StartLater(now, node, into);
                break;
            case Errand.CopyDisk clone:
                into.Stop(node, StopCause.Plan);
                into.CopyDisk(node, clone.From);
                if (clone.Image is { } on) into.Install(node, on);
                StartLater(now, node, into);
                break;
        }
    }

    /// <remarks>The image is on every disk at once, so that who is up again for some other reason runs it.</remarks>
    private void Spork(SimTime now, SporkPlan plan, Directions into)
    {
        for (int node = 0; node < fates.Length; node++) into.Stop(node, StopCause.Plan);
        into.BeginAnew(0);
        for (int node = 0; node < fates.Length; node++)
        {
            into.Install(node, plan.Image);
            into.Remind(now + plan.Preparation + reactions.SwapDelay(node, plan.Image),
                new Errand.Start(node, ++fates[node]));
        }
    }

    private void Plan(OperatorAct act, int node, Directions into)
    {
        switch (act)
        {
            case OperatorAct.Swap swap:
                into.Remind(act.At, new Errand.Swap(node, swap.Image, reactions.Downtime(node)));
                break;
            case OperatorAct.Stage stage:
                into.Remind(act.At, new Errand.Stage(node, stage.Image));
                break;
            case OperatorAct.Crash:
                into.Remind(act.At, new Errand.Accident(node, null));
                break;
            case OperatorAct.Restore restore:
                into.Remind(restore.Backup, new Errand.BackUp(node));
                into.Remind(act.At, new Errand.Restore(node, restore.Image));
                break;
            case OperatorAct.CopyDisk clone:
                into.Remind(act.At, new Errand.CopyDisk(node, clone.From, clone.Image));
                break;
        }
    }

    /// <param name="from">When the wave begins.</param>
    /// <param name="now">When it is planned.</param>
    /// <param name="index">Which rollout.</param>
    /// <param name="wave">Which wave.</param>
    /// <param name="into">Takes what is to be done.</param>
    private void BeginWave(SimTime from, SimTime now, int index, int wave, Directions into)
    {
        Rollout rollout = spec.Rollouts[index];
        RolloutPlan plan = plans[index];
        foreach (PlannedSwap swap in plan.Wave(wave))
        {
            SimTime at = from + swap.After;
            SimTime staged = SimTime.Max(now, at - rollout.Lead);
            if (staged < at || !rollout.Restarts) into.Remind(staged, new Errand.Stage(swap.Node, swap.Image, index));
            if (rollout.Restarts)
                into.Remind(at, new Errand.Swap(swap.Node, swap.Image, swap.Downtime, index));
        }

        int speaker = plan.Wave(wave).Count > 0 ? plan.Wave(wave)[0].Node : rollout.Nodes.Members[0];
        into.Remind(from + plan.LengthOf(wave) + plan.SoakOf(wave), new Errand.Review(speaker, index, wave));
    }

    private void Review(SimTime now, Errand.Review review, Directions into)
    {
        bool goesOn = !(spec.Rollouts[review.Rollout].IsGated && gates[review.Rollout].HasFailed);
        into.Say(review.Node, new Notice.WaveReviewed(review.Rollout, review.Wave, goesOn));
        if (goesOn && review.Wave + 1 < plans[review.Rollout].Waves)
            BeginWave(now, now, review.Rollout, review.Wave + 1, into);
    }

    private void Happen(SimTime now, Errand.Accident accident, Directions into)
    {
        if (accident.Count is { } count
            && reactions.Accident(accident.Node, now, count + 1) is { } next)
            into.Remind(next, new Errand.Accident(accident.Node, count + 1));
        if (!isUp[accident.Node]) return;
        into.Stop(accident.Node, StopCause.Crash);
        StartLater(now, accident.Node, into);
    }

    private void StartLater(SimTime now, int node, Directions into) =>
        into.Remind(now + reactions.Downtime(node), new Errand.Start(node, ++fates[node]));

    private Release? NewestRelease(SimTime now)
    {
        Release? newest = null;
        foreach (Release release in spec.Releases)
        {
            if (release.At <= now) newest = release;
        }

        return newest;
    }

    /// <summary>Whether an order still holds; an act always does.</summary>
    private bool Follows(int node, int image, int rollout) =>
        rollout < 0 || Follows(node, image, spec.Rollouts[rollout].From);

    /// <remarks>What is on the disk already may be asked for again: then there is only a restart.</remarks>
    private bool Follows(int node, int image, SimTime announced)
    {
        if (announced < followed[node] && image != installations.OnDisk(node)) return false;
        followed[node] = SimTime.Max(followed[node], announced);
        return true;
    }
}
