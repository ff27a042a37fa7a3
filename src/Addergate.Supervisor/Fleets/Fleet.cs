using System.Security.Cryptography;
using Addergate.Posix.Processes;
using Addergate.Supervisor.Table;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Fleets;

/// <summary>
/// Decides what is started, replaced, drained and stopped. Without I/O: events come in by the On… methods, on one
/// thread, and what is to be done goes out through <see cref="IFleetShell"/>. The life of each child is
/// <see cref="ChildTable"/>'s; this class says what it means for the others.
///
/// <para>A server counts as started when its front end and the first worker are ready: from then on clients are
/// answered, and the application is known to load. A reload is put in force when <em>all</em> workers of the new
/// generation are ready, and a single worker is retired when its replacement is, so that there is never less capacity
/// than before.</para>
/// </summary>
internal sealed partial class Fleet(FleetPolicy policy, IFleetShell shell, TimeProvider time, Random random)
{
    private readonly List<Child> _children = [];
    private readonly Backoff _frontEndBackoff = new();
    private uint _lastChild;
    private uint _lastGeneration;
    private Child? _frontEnd;
    private Generation? _inForce;
    private Generation? _loading;
    private string? _failure;

    public FleetPhase Phase { get; private set; }

    /// <summary>The generation that gets requests; null before the first worker is ready.</summary>
    public Generation? InForce => _inForce;

    public bool IsReloading => Phase == FleetPhase.Serving && _loading is not null;

    /// <summary>Every child whose process has not ended, oldest first.</summary>
    public IReadOnlyList<Child> Children => _children;

    /// <summary>Starts the front end and the first generation, side by side.</summary>
    public void Begin()
    {
        SpawnFrontEnd();
        BeginGeneration();
    }

    public void OnReady(Child child)
    {
        child.ReadyAt = time.GetTimestamp();
        Apply(child, ChildEvent.Ready, "");
    }

    /// <param name="child">Who said FAILED.</param>
    /// <param name="reason">Its words, for people: they stand alone when the server itself fails to start.</param>
    public void OnFailed(Child child, string reason)
    {
        BlameForStart(child);
        Apply(child, ChildEvent.Failed, Phase == FleetPhase.Starting ? reason : $"{child} could not start: {reason}");
    }

    public void OnOverdue(Child child)
    {
        var allowed = policy.TimeIn(child, child.State)?.TotalSeconds ?? 0;
        switch (child.State)
        {
            case ChildState.Draining when child.Role == ChildRole.FrontEnd:
                shell.Log(LogLevelCode.Warning, $"requests still run {allowed:0.#} s after the server was told to stop");
                break;
            case ChildState.Draining:
                shell.Log(LogLevelCode.Warning, $"{child} still runs requests {allowed:0.#} s after it was retired");
                break;
            case ChildState.Stopping:
                shell.Log(LogLevelCode.Warning, $"{child} did not end in time and is killed");
                break;
            default:
                break;
        }

        if (child.State == ChildState.Starting)
        {
            child.Reason = RecycleReason.StartupTimeout;
        }

        Apply(child, ChildEvent.Overdue, child.Role == ChildRole.Worker
            ? $"{child} did not load the application within {allowed:0.#} s (--startup-timeout)"
            : $"{child} was not ready within {allowed:0.#} s");
    }

    /// <param name="child">Whose process has ended.</param>
    /// <param name="status">How.</param>
    /// <param name="background">What else is known, said behind the status.</param>
    public void OnEnded(Child child, ExitStatus status, string background = "")
    {
        if (child.State == ChildState.Draining && !status.Succeeded)
        {
            shell.Log(LogLevelCode.Error, $"{child} {status} while it finished its requests{background}");
        }

        BlameForStart(child);
        Apply(child, ChildEvent.Ended, child.State == ChildState.Starting
            ? $"{child} {status} before it was ready{background}"
            : $"{child} {status}{background}");
    }

    /// <summary>One that never served has not crashed: what it was to do did not begin.</summary>
    private static void BlameForStart(Child child)
    {
        if (child.State == ChildState.Starting)
        {
            child.Reason ??= RecycleReason.StartFailed;
        }
    }

    /// <summary>RETIRED for a worker, or DRAINED from the front end.</summary>
    public void OnIdle(Child child) => Apply(child, ChildEvent.Idle, "");

    private void Apply(Child child, ChildEvent happened, string reason)
    {
        var before = child.State;
        var (next, actions) = ChildTable.Next(before, happened);
        child.State = next;
        if (next != before)
        {
            shell.SetTimer(child, policy.TimeIn(child, next));
        }

        if (actions.HasFlag(ChildActions.Drain))
        {
            Drain(child);
        }

        if (actions.HasFlag(ChildActions.Stop) && child.Role == ChildRole.Worker)
        {
            Stop(child);
        }

        if (actions.HasFlag(ChildActions.Kill))
        {
            shell.Kill(child);
        }

        if (actions.HasFlag(ChildActions.Forget))
        {
            Forget(child);
        }

        if (actions.HasFlag(ChildActions.Announce))
        {
            Announce(child);
        }

        if (actions.HasFlag(ChildActions.Blame))
        {
            Blame(child, reason);
        }

        if (actions.HasFlag(ChildActions.Replace))
        {
            Replace(child, reason);
        }

        if (Phase >= FleetPhase.Draining)
        {
            ContinueStopping();
        }
    }

    private void Stop(Child worker)
    {
        if (worker.ReadyAt == 0)
        {
            // It does not listen before it is ready, and has nothing to finish.
            shell.Kill(worker);
            return;
        }

        var name = RecycleReasons.NameOf(worker.Reason ?? RecycleReason.ShutdownSignal);
        shell.Send(worker, new TextMessage(ControlKind.Stop, name));
    }

    private void Announce(Child child)
    {
        if (child.Seat is { } seat)
        {
            shell.Log(LogLevelCode.Info, $"{child} is ready");
            MeasureAtStart(child);
            if (_inForce is null || (seat.Generation == _loading && seat.Generation.IsAllReady))
            {
                PutInForce(seat.Generation);
            }
            else if (seat.Successor == child)
            {
                Succeed(seat);
            }
        }

        if (Phase == FleetPhase.Starting && _inForce is not null && _frontEnd?.State == ChildState.Ready)
        {
            Phase = FleetPhase.Serving;
            shell.Started();
        }
    }

    private void Blame(Child child, string reason)
    {
        if (Phase >= FleetPhase.Draining)
        {
            return;
        }

        if (child.Seat is not null)
        {
            Leave(child);
        }

        if (Phase == FleetPhase.Starting && (child.Seat is null || _inForce is null))
        {
            Fail(reason);
        }
        else if (child.Seat is not { } seat)
        {
            LaterFrontEnd(_frontEndBackoff.AfterFailedStart(random.NextDouble()), reason);
        }
        else if (seat.Generation == _loading)
        {
            AbandonLoading(reason);
        }
        else if (_inForce?.Has(seat) == true)
        {
            FillLater(seat, seat.Backoff.AfterFailedStart(random.NextDouble()), reason);
        }
    }

    private void Replace(Child child, string reason)
    {
        if (Phase >= FleetPhase.Draining)
        {
            shell.Log(LogLevelCode.Error, reason);
            return;
        }

        var served = time.GetElapsedTime(child.ReadyAt);
        if (child.Seat is not { } seat)
        {
            LaterFrontEnd(_frontEndBackoff.AfterServing(served, random.NextDouble()), reason);
        }
        else if (seat.Generation == _loading)
        {
            AbandonLoading(reason);
        }
        else if (seat.Worker is not null)
        {
            shell.Log(LogLevelCode.Error, $"{reason}{Separator(reason)}its replacement was on the way already");
        }
        else
        {
            FillLater(seat, seat.Backoff.AfterServing(served, random.NextDouble()), reason);
        }
    }

    private void Forget(Child child)
    {
        _children.Remove(child);
        if (child.Seat is not { } seat)
        {
            OnFrontEndLost();
            return;
        }

        _completedByGone += child.Activity.Completed;
        Recycled.Add(child.Reason
            ?? (Phase >= FleetPhase.Draining ? RecycleReason.ShutdownSignal : RecycleReason.Crash));
        Leave(child);
        if (child.ProcessId != 0)
        {
            TellFrontEnd(new WorkerMessage(ControlKind.Gone, child.Number));
        }

        ReplaceNext();
    }

    private void Drain(Child child)
    {
        if (child.Role == ChildRole.FrontEnd)
        {
            shell.Send(child, new SignalMessage(_portsLiveOn ? ControlKind.HandOver : ControlKind.Drain));
        }
        else
        {
            TellFrontEnd(new WorkerMessage(ControlKind.Retire, child.Number));
        }
    }

    /// <summary>Logs why a child has to be replaced, and when that happens.</summary>
    private void LogReplacement(string reason, TimeSpan delay)
    {
        shell.Log(LogLevelCode.Error, delay > TimeSpan.Zero
            ? $"{reason}{Separator(reason)}its replacement starts in {delay.TotalSeconds:0.0} s"
            : $"{reason}{Separator(reason)}its replacement starts now");
    }

    private static string Separator(string text) => text.Contains('\n') ? "\n" : "; ";

    private void TellFrontEnd(ControlMessage message)
    {
        if (_frontEnd is not null)
        {
            shell.Send(_frontEnd, message);
        }
    }

    private static (ulong High, ulong Low) NewNonce()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return (BitConverter.ToUInt64(bytes), BitConverter.ToUInt64(bytes[8..]));
    }
}
