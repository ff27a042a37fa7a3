using Addergate.Posix.Identity;
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
            if (worker is { Role: ChildRole.Worker, ProcessId: not 0 })
            {
                Admit(worker);
            }
        }

        foreach (var pool in _pools)
        {
            if (pool.InForce is { } generation)
            {
                TellFrontEnd(new InForceMessage(pool.Index, generation.Number));
            }
        }

        foreach (var worker in _children)
        {
            if (worker is { Role: ChildRole.Worker, State: ChildState.Draining })
            {
                TellFrontEnd(new WorkerMessage(ControlKind.Retire, worker.Number));
            }
        }
    }

    private void OnFrontEndLost()
    {
        _frontEnd = null;
        IsLoadKnown = false;
        foreach (var child in _children)
        {
            child.Activity.OnFrontEndLost();
        }
    }

    private void Admit(Child worker) => TellFrontEnd(new AdmitMessage(
        worker.Number,
        worker.Pool!.Index,
        worker.Seat!.Generation.Number,
        worker.ProcessId,
        worker.Pool.Application.Identity.UserId ?? CurrentIdentity.EffectiveUser,
        (ushort)worker.Pool.Application.Workers.Threads,
        worker.Nonce.High,
        worker.Nonce.Low,
        RequestsLeft(worker)));

    /// <summary>At least 1: a worker that is worn out already says so once more with the next request.</summary>
    private static ulong RequestsLeft(Child worker)
    {
        var (most, had) = (worker.MaximumRequests, worker.Activity.Completed);
        return most == 0 ? 0 : most > had ? most - had : 1;
    }

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
        shell.SetTimer(child, TimeIn(child));
        return true;
    }
}
