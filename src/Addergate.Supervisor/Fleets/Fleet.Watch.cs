using Addergate.Supervisor.Table;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Fleets;

/// <summary>What is looked at once a second: whether workers answer, what they use, how long they have served.</summary>
internal sealed partial class Fleet
{
    /// <summary>How often <see cref="OnTick"/> is to be called.</summary>
    public static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    // A machine that stood still, or a supervisor that was stopped, must not take it for the workers' silence.
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(2);

    private long? _lastTick;

    /// <summary>Time passes.</summary>
    public void OnTick()
    {
        var passed = _lastTick is { } last ? time.GetElapsedTime(last) : TimeSpan.Zero;
        passed = passed < LongestTick ? passed : LongestTick;
        _lastTick = time.GetTimestamp();
        if (Phase != FleetPhase.Serving)
        {
            return;
        }

        foreach (var child in _children.ToArray())
        {
            if (child is { Role: ChildRole.Worker, State: ChildState.Ready or ChildState.Draining })
            {
                Listen(child, passed);
                CheckWear(child);
            }
        }

        foreach (var pool in _pools)
        {
            Resize(pool, passed);
        }
    }

    /// <summary>PONG.</summary>
    public void OnAnswer(Child child) => child.Heartbeat.OnAnswer();

    /// <summary>What <see cref="IFleetShell.DumpStacks"/> asked for is in the log, or will never be.</summary>
    public void OnStacksDumped(Child child)
    {
        if (child.State is not (ChildState.Ready or ChildState.Draining))
        {
            return;
        }

        Apply(child, ChildEvent.Kill, "");
        var seat = child.Seat!;
        if (seat.Worker != child)
        {
            return;
        }

        Leave(child);
        if (seat.Generation == seat.Pool.Loading)
        {
            AbandonLoading(seat.Pool, $"{child} stood still");
        }
        else if (Phase == FleetPhase.Serving && seat.Pool.InForce!.Has(seat) && seat.Worker is null)
        {
            Fill(seat);
        }
    }

    private void Listen(Child worker, TimeSpan passed)
    {
        var longest = worker.Pool!.Application.Timeouts.Deadlock;
        if (longest <= TimeSpan.Zero || worker.Reason == RecycleReason.DeadlockTimeout)
        {
            return;
        }

        if (worker.Heartbeat.Pass(passed))
        {
            shell.Send(worker, new SignalMessage(ControlKind.Ping));
        }
        else if (worker.Heartbeat.Silence >= longest)
        {
            worker.Reason = RecycleReason.DeadlockTimeout;
            shell.Log(
                LogLevelCode.Error,
                $"{worker} is killed and replaced: {RecycleReasons.NameOf(worker.Reason.Value)}: no Python code could run "
                    + $"in it for {longest.TotalSeconds:0.#} s; the stacks of its threads follow");
            shell.DumpStacks(worker);
        }
    }

    private void CheckWear(Child worker)
    {
        if (worker is not { State: ChildState.Ready, Seat.Leaving: null, Reason: null })
        {
            return;
        }

        var wear = worker.Pool!.Wear;
        if (wear.Check(worker, wear.NeedUsage ? shell.Measure(worker) : null) is { } reason)
        {
            Recycle(worker, reason);
        }
    }

    private void MeasureAtStart(Child worker)
    {
        var wear = worker.Pool!.Wear;
        if (wear.NeedUsage && shell.Measure(worker) is { } usage)
        {
            worker.UsageAtStart = usage;
            if (wear.Hopeless(usage) is { } options)
            {
                shell.Log(
                    LogLevelCode.Warning,
                    $"{worker} is over the limit of {options} before its first request, and is not replaced for it: it has "
                        + $"{usage.ResidentBytes >> 20} MiB and has used {usage.CpuTime.TotalSeconds:0.0} s");
            }
        }
    }
}
