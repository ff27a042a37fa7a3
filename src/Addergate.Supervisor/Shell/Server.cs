using Addergate.Posix.Processes;
using Addergate.Supervisor.Fleets;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Shell;

/// <summary>
/// The thin shell around the fleet: it does what the fleet decides, and tells it what happened. All of it is on the
/// loop.
/// </summary>
internal sealed class Server : IFleetShell
{
    // A process that the child forked may hold its control socket; then the end does not wait for its words.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(0.25);

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
        var policy = new FleetPolicy
        {
            Workers = settings.Workers.Processes,
            Threads = settings.Workers.Threads,
            Timeouts = settings.Timeouts,
        };
        _fleet = new Fleet(policy, this, parts.Time, Random.Shared);
    }

    /// <summary>Why the server could not start; null as long as, or because, it did.</summary>
    public string? Failure { get; private set; }

    public void Begin() => _fleet.Begin();

    /// <summary>Takes a signal that was sent to the supervisor.</summary>
    public void OnSignal(Signal signal)
    {
        switch (signal)
        {
            case Signal.Child:
                Reap();
                break;
            case Signal.Terminate or Signal.Interrupt:
                _fleet.OnTerminate();
                break;
            case Signal.Quit:
                _fleet.OnQuit();
                break;
            case Signal.Hangup:
                _parts.Logs.Reopen();
                RefreshCertificate();
                _fleet.OnReload();
                break;
            case Signal.User1:
                _parts.Logs.Reopen();
                _parts.Logs.Notice("the log files were opened again");
                break;
            default:
                break;
        }
    }

    /// <summary>Sends the certificate again when its files have changed and make sense.</summary>
    public void RefreshCertificate()
    {
        if (!_parts.Certificates.HaveChanged())
        {
            return;
        }

        if (_parts.Certificates.Load() is { } reason)
        {
            _parts.Logs.Write(LogLevelCode.Error, $"the changed certificate is not used, the one from before is: {reason}");
            return;
        }

        _parts.Logs.Notice("the certificate has changed and is used for new connections");
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
        var socket = _parts.Launcher.Launch(child, out var reason);
        if (socket is null)
        {
            return reason;
        }

        var control = new ControlChannel(
            socket,
            message => _loop.Post(() => OnMessage(child, message)),
            () => _loop.Post(() => OnBroken(child)));
        _handles[child] = new ChildHandle(control);
        _processes[child.ProcessId] = child;
        if (child.Role == ChildRole.FrontEnd)
        {
            control.Send(_parts.Endpoints.Configure(_parts.Plan.Settings.ToJson()));
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
            _parts.Endpoints.Port,
            _parts.Endpoints.HttpsPort));
        ServiceNotification.Send(_parts.Plan.Environment, "READY=1");
    }

    void IFleetShell.ClosePorts()
    {
        ServiceNotification.Send(_parts.Plan.Environment, "STOPPING=1");
        _parts.Endpoints.ClosePorts();
    }

    void IFleetShell.Log(LogLevelCode level, string text) => _parts.Logs.Write(level, text);

    void IFleetShell.Notice(string text) => _parts.Logs.Notice(text);

    void IFleetShell.End(string? failure)
    {
        Failure = failure;
        _loop.End();
    }

    private void Reap()
    {
        while (Reaper.TryFindEnded(out var processId, out var status))
        {
            if (_processes.Remove(processId, out var child))
            {
                // While the leader is a zombie nobody else can have its group's number. What it left behind in there
                // is of no use to anybody; a program that meant to outlive it has left the group.
                SignalSender.ToGroup(processId, Signal.Terminate);
                Reaper.Release(processId);
                _ = EndAsync(child, status);
            }
            else
            {
                Reaper.Release(processId);
            }
        }
    }

    /// <summary>Tells the fleet that a child has ended, after what the child said last: a FAILED must not be overtaken
    /// by the end that follows it.</summary>
    private async Task EndAsync(Child child, ExitStatus status)
    {
        if (_handles.Remove(child, out var handle))
        {
            handle.SetTimer(_parts.Time, null, _loop.Post, () => { });
            await Task.WhenAny(handle.Control.Drained, Task.Delay(LastWords, _parts.Time)).ConfigureAwait(false);
            handle.Dispose();
        }

        _loop.Post(() => _fleet.OnEnded(child, status));
    }

    private void OnMessage(Child child, ControlMessage message)
    {
        switch (message)
        {
            case SignalMessage { Kind: ControlKind.Ready }:
                _fleet.OnReady(child);
                break;
            case TextMessage { Kind: ControlKind.Failed } failed:
                _fleet.OnFailed(child, failed.Text);
                break;
            case WorkerMessage { Kind: ControlKind.Retired } retired when child.Role == ChildRole.FrontEnd:
                OnRetired(retired.Number);
                break;
            case SignalMessage { Kind: ControlKind.Drained } when child.Role == ChildRole.FrontEnd:
                _fleet.OnIdle(child);
                break;
            case SignalMessage { Kind: ControlKind.Pong }:
                break;
            default:
                OnBroken(child);
                break;
        }
    }

    private void OnRetired(uint number)
    {
        foreach (var child in _fleet.Children)
        {
            if (child.Role == ChildRole.Worker && child.Number == number)
            {
                _fleet.OnIdle(child);
                return;
            }
        }
    }

    private void OnBroken(Child child)
    {
        _parts.Logs.Write(LogLevelCode.Error, $"{child} sent a control message that makes no sense and is killed");
        ((IFleetShell)this).Kill(child);
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
