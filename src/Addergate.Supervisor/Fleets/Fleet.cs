using System.Security.Cryptography;
using Addergate.Posix.Processes;
using Addergate.Settings.Model;
using Addergate.Supervisor.Table;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Fleets;

/// <summary>
/// Decides what is started, replaced, drained and stopped. Without I/O: events come in by the On… methods, on one
/// thread, and what is to be done goes out through <see cref="IFleetShell"/>. The life of each child is
/// <see cref="ChildTable"/>'s; this class says what it means for the others.
///
/// <para>A server counts as started when its front end and the first worker of each application are ready: from then on
/// clients are answered, and the applications are known to load. Where there are several, one that does not load keeps none of
/// the others from it: it is tried again. A reload is put in force when <em>all</em> workers of the new
/// generation are ready, and a single worker is retired when its replacement is, so that there is never less capacity
/// than before.</para>
/// </summary>
/// <param name="applications">Whose workers there are to be.</param>
/// <param name="server">The timers of the front end.</param>
/// <param name="mustLoadAll">Whether one application that does not load ends the server: another one serves them all as they
/// were.</param>
/// <param name="shell">Who does what is decided here.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Keeps what starts together from ending together.</param>
internal sealed partial class Fleet(
    IReadOnlyList<HostedApplication> applications,
    TimeoutSettings server,
    bool mustLoadAll,
    IFleetShell shell,
    TimeProvider time,
    Random random)
{
    private readonly Pool[] _pools = [.. applications.Select((application, index) => new Pool((ushort)index, application, time))];
    private readonly List<Child> _children = [];
    private readonly Backoff _frontEndBackoff = new();
    private uint _lastChild;
    private uint _lastGeneration;
    private Child? _frontEnd;
    private string? _failure;

    public FleetPhase Phase { get; private set; }

    /// <summary>One for each application, in the order of the settings.</summary>
    public IReadOnlyList<Pool> Pools => _pools;

    public bool IsReloading => Phase == FleetPhase.Serving && Array.Exists(_pools, static pool => pool.Loading is not null);

    /// <summary>Every child whose process has not ended, oldest first.</summary>
    public IReadOnlyList<Child> Children => _children;

    public ProcessHistory History { get; } = new(applications.Sum(static one => one.Workers.MaximumProcesses), time);

    /// <summary>Starts the front end and the first generation of each application, side by side.</summary>
    public void Begin()
    {
        SpawnFrontEnd();
        foreach (var pool in _pools)
        {
            if (Phase == FleetPhase.Starting)
            {
                BeginFirst(pool);
            }
        }
    }

    /// <summary>How long a child may stay in the state that it is in; null for as long as it likes.</summary>
    private TimeSpan? TimeIn(Child child) =>
        child.Pool is { } pool ? pool.Policy.TimeIn(child) : FleetPolicy.TimeInFrontEnd(child.State, server, LongestShutdown);

    /// <summary>The workers use their time before the front end does.</summary>
    private TimeSpan LongestShutdown => _pools.Max(static pool => pool.Application.Timeouts.Shutdown);

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
        var allowed = TimeIn(child)?.TotalSeconds ?? 0;
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

        child.End = status.ToString()!;
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
            shell.SetTimer(child, TimeIn(child));
            Remember(child, before);
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

    private void Remember(Child child, ChildState before)
    {
        var known = child.Reason is { } decided ? RecycleReasons.NameOf(decided) : "";
        switch (child.State)
        {
            case ChildState.Ready:
                History.Add(child, "ready", "");
                break;
            case ChildState.Draining:
            case ChildState.Stopping when before != ChildState.Draining:
                History.Add(child, "stopping", known);
                break;
            case ChildState.Gone:
                History.Add(child, "ended", known.Length > 0 ? known : child.End);
                break;
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
            var pool = seat.Pool;
            pool.Failure = null;
            shell.Log(LogLevelCode.Info, $"{child} is ready");
            MeasureAtStart(child);
            if (pool.InForce is null || (seat.Generation == pool.Loading && seat.Generation.IsAllReady))
            {
                PutInForce(seat.Generation);
            }
            else if (seat.Successor == child)
            {
                Succeed(seat);
            }
        }

        StartServing();
    }

    /// <summary>Clients are answered as soon as every application is, or is known not to load.</summary>
    private void StartServing()
    {
        if (Phase == FleetPhase.Starting
            && _frontEnd?.State == ChildState.Ready
            && Array.TrueForAll(_pools, static pool => pool.InForce is not null))
        {
            Phase = FleetPhase.Serving;
            shell.Started();
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

        ReplaceNext(seat.Pool);
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
