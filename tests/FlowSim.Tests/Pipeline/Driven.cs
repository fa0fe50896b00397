using System.Collections.Generic;
using System.Linq;
using FlowSim.Chain;
using FlowSim.HotStuff;
using FlowSim.Kernel;
using NUnit.Framework;

namespace FlowSim.Tests.Pipeline;

/// <summary>An engine driven by hand: what it asks for is kept until the test looks at it.</summary>
internal sealed class Driven(IEngine engine)
{
    private readonly Effects effects = new();

    public IEngine Engine => engine;

    public SimTime Now { get; set; }

    /// <summary>Work begun and not done.</summary>
    public List<Job> Jobs { get; } = [];

    public List<Notice> Notices { get; } = [];

    public List<(NodeId To, Message Message)> Sent { get; } = [];

    public List<(Audience To, Message Message)> Multicasts { get; } = [];

    public SimTime Timer { get; private set; } = SimTime.Never;

    public bool HasExited { get; private set; }

    public Driven Start()
    {
        engine.Start(Now, effects);
        return Look();
    }

    public Driven Certify(params IEnumerable<Block> blocks)
    {
        foreach (Block block in blocks)
        {
            engine.Incorporated(Now, block, effects);
            Look();
        }

        return this;
    }

    public Driven Finalize(params IEnumerable<Block> blocks)
    {
        foreach (Block block in blocks)
        {
            engine.Finalized(Now, block, effects);
            Look();
        }

        return this;
    }

    public Driven Hear(Message message, int from = 0)
    {
        engine.Receive(Now, new NodeId(from), message, effects);
        return Look();
    }

    public Driven Finish(Job job)
    {
        Assert.That(Jobs.Remove(job));
        engine.Done(Now, job, effects);
        return Look();
    }

    /// <summary>Does all work, and what follows from it.</summary>
    public Driven FinishAll()
    {
        while (Jobs.Count > 0) Finish(Jobs[0]);
        return this;
    }

    /// <summary>Lets time pass with all timers that expire meanwhile.</summary>
    public Driven PassTo(SimTime until)
    {
        while (Timer <= until)
        {
            Now = SimTime.Max(Now, Timer);
            Timer = SimTime.Never;
            engine.OnTimer(Now, TimerKind.Engine, effects);
            Look();
        }

        Now = until;
        return this;
    }

    public IEnumerable<T> Said<T>()
        where T : Notice => Notices.OfType<T>();

    public IEnumerable<(NodeId To, T Message)> SentOf<T>()
        where T : Message => Sent.Where(s => s.Message is T).Select(s => (s.To, (T)s.Message));

    private Driven Look()
    {
        for (int i = 0; i < effects.Count; i++)
        {
            Effect effect = effects[i];
            switch (effect.Kind)
            {
                case EffectKind.Begin:
                    Jobs.Add((Job)effect.Payload!);
                    break;
                case EffectKind.Report:
                    Notices.Add((Notice)effect.Payload!);
                    break;
                case EffectKind.Send:
                    Sent.Add((effect.To, (Message)effect.Payload!));
                    break;
                case EffectKind.Multicast:
                    Multicasts.Add((new Audience(effect.To.Index), (Message)effect.Payload!));
                    break;
                case EffectKind.SetEngineTimer:
                    Timer = effect.At;
                    break;
                case EffectKind.Exit:
                    HasExited = true;
                    break;
            }
        }

        effects.Clear();
        return this;
    }
}
