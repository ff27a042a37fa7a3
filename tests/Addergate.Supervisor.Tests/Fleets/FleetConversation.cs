using Addergate.Posix.Processes;
using Addergate.Settings.Model;
using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Tests.Fakes;
using Addergate.Wire.Control;

namespace Addergate.Supervisor.Tests.Fleets;

/// <summary>Conversations with the fleet: what happens goes in, what it wants done comes out. The front end is child 1,
/// the first workers are 2 and 3.</summary>
public abstract class FleetConversation
{
    private protected static readonly ExitStatus Killed = new(0, 9, false);
    private protected static readonly ExitStatus Ended = new(0, 0, false);

    private protected FleetConversation() => Fleet = With(Samples.Workers, Timeouts);

    /// <summary>Short and round ones, the rules of recycling off.</summary>
    private protected static TimeoutSettings Timeouts { get; } = Samples.Timeouts with
    {
        Deadlock = TimeSpan.Zero,
        Graceful = TimeSpan.FromSeconds(10),
        Eviction = TimeSpan.FromSeconds(20),
        Shutdown = TimeSpan.FromSeconds(5),
    };

    private protected RecordingShell Shell { get; } = new();

    private protected ManualTime Time { get; } = new();

    private protected Fleet Fleet { get; set; }

    private protected Fleet With(WorkerSettings workers, TimeoutSettings timeouts) =>
        Of(Samples.Application with { Workers = workers, Timeouts = timeouts });

    private protected Fleet Of(params HostedApplication[] applications) =>
        new(applications, applications[0].Timeouts, mustLoadAll: false, Shell, Time, new Random(1));

    /// <summary>The child with this number, ended or not.</summary>
    private protected Child W(uint number) => Shell.Spawned[number];

    /// <summary>Brings the server up.</summary>
    private protected void Serve()
    {
        Fleet.Begin();
        foreach (var child in Fleet.Children.ToArray())
        {
            Fleet.OnReady(child);
        }

        Shell.Take();
    }

    /// <summary>Lets time pass, second by second.</summary>
    private protected void Pass(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= Fleet.TickInterval)
        {
            Time.Advance(left < Fleet.TickInterval ? left : Fleet.TickInterval);
            Fleet.OnTick();
        }
    }

    /// <summary>What the front end says of the queue and of workers: number, completed, running, idle milliseconds.
    /// </summary>
    private protected void Report(uint oldestWait, params (uint, ulong, ushort, uint)[] workers) =>
        Fleet.OnLoad(new LoadMessage(
            [new QueueLoad(oldestWait == 0 ? 0u : 1, oldestWait, 0, 0)],
            [.. workers.Select(static of => new WorkerLoad(of.Item1, of.Item2, of.Item3, of.Item4))]));

    private protected void EndAll()
    {
        foreach (var child in Fleet.Children.ToArray())
        {
            Fleet.OnEnded(child, Killed);
        }
    }
}
