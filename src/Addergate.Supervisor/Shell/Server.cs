using Addergate.Posix.Processes;
using Addergate.Supervisor.Endpoints;
using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Logs;
using Addergate.Supervisor.Services;
using Addergate.Supervisor.Sources;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Shell;

/// <summary>
/// The thin shell around the fleet: it does what the fleet decides, and tells it what happened. All of it is on the
/// loop.
/// </summary>
internal sealed partial class Server : IFleetShell
{
    private readonly ServerParts _parts;
    private readonly SupervisorLoop _loop;
    private readonly ISupervisorEvents _events;
    private readonly Fleet _fleet;
    private readonly Dictionary<Child, ChildHandle> _handles = [];
    private readonly Dictionary<int, Child> _processes = [];

    public Server(ServerParts parts, SupervisorLoop loop, ISupervisorEvents events)
    {
        _parts = parts;
        _loop = loop;
        _events = events;
        var settings = parts.Plan.Settings;
        _fleet = new Fleet(settings.Pools, settings.Timeouts, mustLoadAll: parts.Predecessor is not null, this, parts.Time, Random.Shared);
        _sources = [.. _fleet.Pools.Select(static pool => new ApplicationSources(pool.Application))];
        _services = new ServiceSet(settings.Services, settings.Timeouts.Graceful, this, parts.Time, Random.Shared);
        _leftBehind = new LeftBehind(
            settings.Timeouts.Shutdown, Later, line => parts.Logs.Write(LogLevelCode.Warning, line));
    }

    /// <summary>Why the server could not start; null as long as, or because, it did.</summary>
    public string? Failure { get; private set; }

    public void Begin()
    {
        _fleet.Begin();
        Watch();
    }

    /// <summary>Takes a signal that was sent to the supervisor.</summary>
    public void OnSignal(Signal signal)
    {
        switch (signal)
        {
            case Signal.Child:
                Reap();
                break;
            case Signal.Terminate or Signal.Interrupt:
                Terminate();
                break;
            case Signal.Quit:
                StayEnded();
                Quit();
                break;
            case Signal.Hangup:
                Reload(ended: null);
                break;
            case Signal.User1:
                ReopenLogs();
                break;
            case Signal.User2:
                // How it went is logged.
                Upgrade(static _ => { });
                break;
            case Signal.TerminalInput:
                _fleet.Grow();
                break;
            case Signal.TerminalOutput:
                _fleet.Shrink();
                break;
            default:
                break;
        }
    }

    /// <summary>Sends the certificates again when their files have changed and make sense.</summary>
    public void RefreshCertificate()
    {
        var problems = _parts.Certificates.Refresh(out var isNew);
        foreach (var reason in problems)
        {
            _parts.Logs.Write(LogLevelCode.Error, $"the changed certificate is not used, the one from before is: {reason}");
        }

        if (!isNew)
        {
            return;
        }

        _parts.Logs.Notice("the certificate has changed and is used for new connections");
        foreach (var concern in _parts.Certificates.Concerns())
        {
            _parts.Logs.Write(LogLevelCode.Warning, concern);
        }

        foreach (var child in _fleet.Children)
        {
            if (child.Role == ChildRole.FrontEnd)
            {
                Send(child, _parts.Certificates.Current!);
            }
        }
    }

    string? IFleetShell.Spawn(Child child)
    {
        if (child.Pool?.Application.Workers.Preload == true)
        {
            return Fork(child);
        }

        var lines = new LastLines();
        var socket = _parts.Launcher.Launch(child, lines, out var reason);
        if (socket is null)
        {
            return reason;
        }

        var control = new ControlChannel(
            socket,
            message => _loop.Post(() => OnMessage(child, message)),
            () => _loop.Post(() => OnBroken(child)));
        _handles[child] = new ChildHandle(control, lines);
        _processes[child.ProcessId] = child;
        if (child.Role == ChildRole.FrontEnd)
        {
            control.Send(_parts.Endpoints.Configure(_parts.Plan.Settings));
            if (_parts.Certificates.Current is { } certificate)
            {
                control.Send(certificate);
            }
        }

        return null;
    }

    void IFleetShell.Start(Child worker)
    {
        var plan = WorkerPlan.ToJson(worker, _parts.Plan, _parts.Endpoints.SlotPath, _parts.Endpoints.Port);
        Send(worker, new TextMessage(ControlKind.Start, plan));
    }

    public void Send(Child child, ControlMessage message)
    {
        if (_handles.TryGetValue(child, out var handle))
        {
            handle.Control.Send(message);
        }
    }

    void IFleetShell.Kill(Child child)
    {
        // Only while it is ours to reap is the number surely its own.
        if (_processes.ContainsKey(child.ProcessId))
        {
            SignalSender.ToProcess(child.ProcessId, Signal.Kill);
        }
        else if (child.ProcessId == 0)
        {
            KillUnforked(child);
        }
    }

    void IFleetShell.SetTimer(Child child, TimeSpan? due)
    {
        if (_handles.TryGetValue(child, out var handle))
        {
            handle.SetTimer(_parts.Time, due, _loop.Post, () => _fleet.OnOverdue(child));
        }
    }

    void IFleetShell.FillLater(Seat seat, TimeSpan delay) => Later(delay, () => _fleet.OnSeatDue(seat));

    void IFleetShell.FrontEndLater(TimeSpan delay) => Later(delay, _fleet.OnFrontEndDue);

    void IFleetShell.Started()
    {
        _events.Started(new StartedServer(
            Environment.ProcessId,
            _fleet.Children.Where(child => child.Role == ChildRole.FrontEnd).Select(child => child.ProcessId).First(),
            [.. _fleet.Children.Where(child => child.Role == ChildRole.Worker).Select(child => child.ProcessId)],
            PortUrls.Of(_parts.Endpoints.Ports),
            IsRestarted ? null : ProcessAge.Current)
        {
            TelemetryUrl = PortUrls.OfPage(_parts.Endpoints.Ports),
        });
        if (_parts.Predecessor is { } predecessor)
        {
            _ = TakeOverAsync(predecessor);
        }
        else
        {
            BeginNotifying();
            _services.Begin();
        }
    }

    void IFleetShell.ClosePorts()
    {
        if (Restarts)
        {
            return;
        }

        NotifyStopping();
        _parts.Endpoints.ClosePorts();
    }

    void IFleetShell.Log(LogLevelCode level, string text) => _parts.Logs.Write(level, text);

    void IFleetShell.Notice(string text) => _parts.Logs.Notice(text);

    void IFleetShell.End(string? failure)
    {
        Failure = failure;
        if (failure is not null)
        {
            _parts.Manager.Status(failure);
        }

        _templates.ForEach(template => template.Drop());
        _services.Stop();
        EndIfNothingIsLeft();
    }

    private void EndIfNothingIsLeft()
    {
        if (_fleet.Phase == FleetPhase.Ended
            && _services.HasEnded
            && _templates.TrueForAll(static template => template.HasEnded))
        {
            _leftBehind.WhenNone(() =>
            {
                _watchdog?.Dispose();
                _loop.End();
            });
        }
    }

    private void Later(TimeSpan delay, Action work)
    {
        if (delay <= TimeSpan.Zero)
        {
            _loop.Post(work);
            return;
        }

        ITimer? timer = null;
        timer = _parts.Time.CreateTimer(_ => _loop.Post(OnDue), null, delay, Timeout.InfiniteTimeSpan);

        void OnDue()
        {
            timer?.Dispose();
            work();
        }
    }
}
