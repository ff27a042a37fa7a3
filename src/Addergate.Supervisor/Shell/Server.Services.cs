using Addergate.Posix.Processes;
using Addergate.Supervisor.Logs;
using Addergate.Supervisor.Services;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Shell;

/// <summary>The processes of service scripts. On the loop.</summary>
internal sealed partial class Server : IServiceShell
{
    private readonly ServiceSet _services;
    private readonly Dictionary<Service, ChildHandle> _serviceHandles = [];
    private readonly Dictionary<int, Service> _serviceProcesses = [];

    string? IServiceShell.Spawn(Service service)
    {
        var lines = new LastLines();
        var socket = _parts.Launcher.LaunchService(service, lines, out var reason);
        if (socket is null)
        {
            return reason;
        }

        // It can ask how the server is; else its end, and what it writes, are all there is.
        var control = new ControlChannel(socket, message => _loop.Post(() => OnMessage(service, message)), static () => { });
        control.Send(new TextMessage(ControlKind.Start, WorkerPlan.ForService(service.Settings, _parts.Plan)));
        _serviceHandles[service] = new ChildHandle(control, lines);
        _serviceProcesses[service.ProcessId] = service;
        return null;
    }

    private void OnMessage(Service service, ControlMessage message)
    {
        if (message is SignalMessage { Kind: ControlKind.AskStatus } && service.ProcessId != 0)
        {
            // As the application's worker would, a service learns of the first one's requests.
            OnQuestion(_serviceHandles.GetValueOrDefault(service), service.ProcessId, application: 0);
        }
    }

    void IServiceShell.Terminate(Service service) => Send(service, Signal.Terminate);

    void IServiceShell.Kill(Service service) => Send(service, Signal.Kill);

    void IServiceShell.StartLater(Service service, TimeSpan delay) => Later(delay, () => _services.OnDue(service));

    void IServiceShell.EndBy(Service service, TimeSpan delay)
    {
        if (_serviceHandles.TryGetValue(service, out var handle))
        {
            handle.SetTimer(_parts.Time, delay, _loop.Post, () => _services.OnOverdue(service));
        }
    }

    void IServiceShell.Log(LogLevelCode level, string text) => _parts.Logs.Write(level, text);

    private void Send(Service service, Signal signal)
    {
        // Only while it is ours to reap is the number surely its own.
        if (_serviceProcesses.ContainsKey(service.ProcessId))
        {
            SignalSender.ToProcess(service.ProcessId, signal);
        }
    }

    /// <summary>Tells the services that one has ended, after what it wrote last.</summary>
    private async Task EndAsync(Service service, ExitStatus status, string cause)
    {
        var lines = _serviceHandles.Remove(service, out var handle) ? await LastLinesAsync(handle).ConfigureAwait(false) : "";
        _loop.Post(() =>
        {
            _services.OnEnded(service, status, cause + lines);
            EndIfNothingIsLeft();
        });
    }
}
