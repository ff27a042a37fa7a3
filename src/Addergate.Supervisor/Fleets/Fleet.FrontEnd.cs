using Addergate.Supervisor.Table;
using Addergate.Wire.Control;

namespace Addergate.Supervisor.Fleets;

/// <summary>The front end: started, started again, and told the whole truth each time.</summary>
internal sealed partial class Fleet
{
    /// <summary>The time that <see cref="IFleetShell.FrontEndLater"/> was given is over.</summary>
    public void OnFrontEndDue()
    {
        if (Phase is FleetPhase.Starting or FleetPhase.Serving && _frontEnd is null)
        {
            SpawnFrontEnd();
        }
    }

    private void LaterFrontEnd(TimeSpan delay, string reason)
    {
        LogReplacement(reason, delay);
        shell.FrontEndLater(delay);
    }

    private void SpawnFrontEnd()
    {
        var child = new Child { Role = ChildRole.FrontEnd, Number = ++_lastChild };
        if (!TrySpawn(child))
        {
            return;
        }

        _frontEnd = child;
        foreach (var worker in _children)
        {
            if (worker.Role == ChildRole.Worker)
            {
                Admit(worker);
            }
        }

        if (_inForce is not null)
        {
            TellFrontEnd(new WorkerMessage(ControlKind.InForce, _inForce.Number));
        }

        foreach (var worker in _children)
        {
            if (worker is { Role: ChildRole.Worker, State: ChildState.Draining })
            {
                TellFrontEnd(new WorkerMessage(ControlKind.Retire, worker.Number));
            }
        }
    }

    private void Admit(Child worker) => TellFrontEnd(new AdmitMessage(
        worker.Number,
        worker.Seat!.Generation.Number,
        worker.ProcessId,
        (ushort)policy.Threads,
        worker.Nonce.High,
        worker.Nonce.Low));

    /// <summary>False when there is no process: then the child has been blamed for it.</summary>
    private bool TrySpawn(Child child)
    {
        if (shell.Spawn(child) is { } reason)
        {
            child.State = ChildState.Gone;
            Blame(child, reason);
            return false;
        }

        _children.Add(child);
        shell.SetTimer(child, policy.TimeIn(child.Role, child.State));
        return true;
    }
}
