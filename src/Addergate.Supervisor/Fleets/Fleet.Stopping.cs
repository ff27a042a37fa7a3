using Addergate.Supervisor.Table;

namespace Addergate.Supervisor.Fleets;

/// <summary>The end: first the front end finishes what runs, then the workers end, then nothing is left.</summary>
internal sealed partial class Fleet
{
    private bool _portsLiveOn;

    /// <summary>Whether the server was told to end at once: nothing gets time to finish.</summary>
    public bool IsAtOnce { get; private set; }

    /// <summary>Ends the server: the first time in good order, the second time at once.</summary>
    /// <param name="portsLiveOn">The ports stay open elsewhere: whoever waits there is served by another server.</param>
    public void OnTerminate(bool portsLiveOn = false)
    {
        if (Phase >= FleetPhase.Draining)
        {
            OnQuit();
            return;
        }

        shell.Notice("stopping: requests that run are finished first");
        var wasStarting = Phase == FleetPhase.Starting;
        Phase = FleetPhase.Draining;
        _portsLiveOn = portsLiveOn;
        shell.ClosePorts();
        var wasReloading = !wasStarting && Array.Exists(_pools, static pool => pool.Loading is not null);
        foreach (var pool in _pools)
        {
            StopSuccessors(pool);
        }

        if (wasReloading)
        {
            shell.ReloadEnded("the server was told to stop");
        }

        if (_frontEnd is not null)
        {
            // One that has not come up has no client.
            Apply(_frontEnd, wasStarting && _frontEnd.ReadyAt == 0 ? ChildEvent.Stop : ChildEvent.Retire, "");
        }

        ContinueStopping();
    }

    /// <summary>Those who were to take over from workers that now finish what runs.</summary>
    private void StopSuccessors(Pool pool)
    {
        if (pool.Loading is { } loading)
        {
            pool.Loading = null;
            StopGeneration(loading);
        }

        foreach (var seat in pool.InForce?.Seats ?? [])
        {
            if (seat.Successor is { } successor)
            {
                Retire(successor, RecycleReason.ShutdownSignal);
            }
        }
    }

    /// <summary>Ends the server at once.</summary>
    public void OnQuit()
    {
        IsAtOnce = true;
        if (Phase < FleetPhase.Draining)
        {
            shell.ClosePorts();
        }

        if (Phase < FleetPhase.Ended)
        {
            Phase = FleetPhase.Stopping;
            KillAll();
            ContinueStopping();
        }
    }

    private void Fail(string reason)
    {
        _failure = reason;
        Phase = FleetPhase.Stopping;
        shell.ClosePorts();
        KillAll();
        ContinueStopping();
    }

    private void KillAll()
    {
        foreach (var child in _children.ToArray())
        {
            Apply(child, ChildEvent.Kill, "");
        }
    }

    private void ContinueStopping()
    {
        if (Phase == FleetPhase.Draining && _frontEnd is null or { State: >= ChildState.Stopping })
        {
            Phase = FleetPhase.Stopping;
            foreach (var child in _children.ToArray())
            {
                if (child.Role == ChildRole.Worker)
                {
                    Apply(child, ChildEvent.Stop, "");
                }
            }
        }

        if (Phase == FleetPhase.Stopping && _children.Count == 0)
        {
            Phase = FleetPhase.Ended;
            shell.End(_failure);
        }
        else if (Phase == FleetPhase.Stopping && _children is [{ Role: ChildRole.FrontEnd }] && !_lastBytesTimed)
        {
            _lastBytesTimed = true;
            shell.SetTimer(_children[0], FleetPolicy.LastBytes);
        }
    }

    // Set once: the front end's clock for its last bytes must not start again with every event.
    private bool _lastBytesTimed;
}
