using Addergate.Supervisor.Administration;
using Addergate.Supervisor.Fleets;
using Addergate.Wire.Administration;

namespace Addergate.Supervisor.Shell;

/// <summary>What people ask of the running server, by signals and by the control socket. On the loop.</summary>
internal sealed partial class Server
{
    private readonly List<Action<string?>> _reloads = [];
    private readonly Dictionary<Child, Action<string?>> _evictions = [];

    public ServerSnapshot Snapshot() => ServerSnapshots.Take(_fleet, _templates, _services, _parts);

    /// <summary>Loads the application anew, and the certificate, and opens the logs anew.</summary>
    /// <param name="ended">Told null when the new generation is in force, or why it is not. A reload that comes while
    /// one is under way takes its place, and both are told how the later one ended.</param>
    public void Reload(Action<string?>? ended)
    {
        if (ended is not null)
        {
            _reloads.Add(ended);
        }

        _parts.Logs.Reopen();
        RefreshCertificate();
        TellOfOldConfiguration();
        NotifyReloading();
        _fleet.OnReload();
    }

    public void ReopenLogs()
    {
        _parts.Logs.Reopen();
        _parts.Logs.Notice("the log files were opened again");
    }

    /// <param name="now">Whether what runs is cut off.</param>
    public void Stop(bool now)
    {
        StayEnded();
        if (now)
        {
            Quit();
        }
        else if (_fleet.Phase < FleetPhase.Draining)
        {
            // Asked twice it must not cut off what runs, as a second Ctrl-C does: two scripts may ask.
            _fleet.OnTerminate(PortsLiveOn);
        }
    }

    /// <summary>Has one worker replaced.</summary>
    /// <param name="processId">Its process.</param>
    /// <param name="ended">Told null when its process has ended, or why it is not replaced.</param>
    public void Evict(int processId, Action<string?> ended)
    {
        var worker = _fleet.Children.FirstOrDefault(child => child.ProcessId == processId && child.Seat is not null);
        if (worker is null)
        {
            ended($"no worker has the pid {processId}");
        }
        else if (_fleet.Evict(processId))
        {
            _evictions.Add(worker, ended);
        }
        else
        {
            ended($"{worker} serves nobody, or is replaced already");
        }
    }

    private void OnGone(Child child)
    {
        if (_evictions.Remove(child, out var ended))
        {
            ended(null);
        }
    }

    void IFleetShell.ReloadEnded(string? failure)
    {
        NotifyReloaded(failure);
        if (failure is null)
        {
            _services.Renew();
        }

        Action<string?>[] told = [.. _reloads];
        _reloads.Clear();
        foreach (var ended in told)
        {
            ended(failure);
        }
    }
}
