using Addergate.Supervisor.Endpoints;
using Addergate.Supervisor.Fleets;

namespace Addergate.Supervisor.Shell;

/// <summary>What the service manager is told. On the loop.</summary>
internal sealed partial class Server
{
    // Over what the timers allow: exit handlers, last log lines.
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(5);

    private ITimer? _watchdog;
    private string _reloadFailure = "";

    private void BeginNotifying()
    {
        var manager = _parts.Manager;
        foreach (var name in _parts.Endpoints.Ports.Outdated)
        {
            manager.Drop(name);
        }

        // With these the manager keeps the ports open while a restart starts this program anew.
        var ours = _parts.Endpoints.Ports.Sockets.Where(static port => PortNames.IsOurs(port.Name));
        foreach (var port in manager.KeepsSockets ? ours : [])
        {
            manager.Keep(port.Name, port.Socket);
        }

        manager.Ready();
        NotifyStatus();
        if (manager.WatchdogInterval is { } interval)
        {
            // Through the loop: it proves that this still turns.
            _watchdog = _parts.Time.CreateTimer(_ => _loop.Post(manager.KeepAlive), null, TimeSpan.Zero, interval);
        }
    }

    /// <summary>Called once a second.</summary>
    private void NotifyStatus()
    {
        if (_fleet.Phase == FleetPhase.Serving)
        {
            var (workers, running) = (0, 0);
            foreach (var child in _fleet.Children)
            {
                workers += child.Role == ChildRole.Worker && child.State == Table.ChildState.Ready ? 1 : 0;
                running += child.Activity.Running;
            }

            _parts.Manager.Status(
                $"Serving: {Number(workers, "worker")}, {Number(running, "request")} running, "
                    + $"{_fleet.Waiting.Waiting} waiting{_reloadFailure}");
        }
    }

    private void NotifyReloading()
    {
        if (_fleet.Phase == FleetPhase.Serving)
        {
            _parts.Manager.Reloading();
        }
    }

    private void NotifyReloaded(string? failure)
    {
        if (_fleet.Phase == FleetPhase.Serving)
        {
            _parts.Manager.Ready();
            _reloadFailure = failure is null ? "" : $"; the last reload failed: {failure.Split('\n')[0]}";
            NotifyStatus();
        }
    }

    private void NotifyStopping()
    {
        var timeouts = _parts.Plan.Settings.Timeouts;
        var longest = _parts.Plan.Settings.Pools.Max(static hosted => hosted.Timeouts.Shutdown);
        var services = _services.All.Count > 0 ? timeouts.Graceful : TimeSpan.Zero;

        // What they left behind gets as long as the workers themselves.
        var stopping = timeouts.Graceful + longest + services + longest;
        _parts.Manager.Stopping(timeouts.DrainDelay + stopping + StopMargin);
        _parts.Manager.Status("Stopping: finishing what runs");
    }

    private static string Number(int count, string one) => count == 1 ? $"1 {one}" : $"{count} {one}s";
}
