using Addergate.Supervisor.Table;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Fleets;

/// <summary>Generations: loaded beside the old, put in force, retired.</summary>
internal sealed partial class Fleet
{
    private RecycleReason _reloadReason;

    /// <summary>Loads the application anew beside the old one. A reload that is under way is given up for this one, which
    /// sees newer files.</summary>
    /// <param name="reason">What the old workers end for.</param>
    public void OnReload(RecycleReason reason = RecycleReason.GracefulSignal)
    {
        if (Phase != FleetPhase.Serving)
        {
            shell.Notice("the reload is not done: the server is not serving");
            shell.ReloadEnded("the server is not serving");
            return;
        }

        if (_loading is not null)
        {
            StopGeneration(_loading);
        }

        _reloadReason = reason;
        shell.Notice("reloading: a new generation of workers starts beside the old one");
        BeginGeneration();
    }

    /// <summary>The time that <see cref="IFleetShell.FillLater"/> was given is over.</summary>
    public void OnSeatDue(Seat seat)
    {
        if (Phase is FleetPhase.Starting or FleetPhase.Serving && _inForce?.Has(seat) == true && seat.IsWanting)
        {
            Fill(seat);
        }
    }

    /// <summary>Files of the application have changed: what failed to start may do so now.</summary>
    public void OnSourceChanged()
    {
        foreach (var seat in _inForce?.Seats.ToArray() ?? [])
        {
            OnSeatDue(seat);
        }
    }

    private void BeginGeneration()
    {
        var generation = new Generation(++_lastGeneration, _inForce?.Seats.Count ?? policy.Workers.Processes);
        _loading = generation;
        if (generation.Seats.Count == 0)
        {
            // There is no application, only files.
            PutInForce(generation);
        }

        foreach (var seat in generation.Seats)
        {
            // Filling one may have failed, and with it the generation.
            if (_loading == generation && Phase <= FleetPhase.Serving)
            {
                Fill(seat);
            }
        }
    }

    /// <summary>Starts a worker for a seat that <see cref="Seat.IsWanting">wants one</see>.</summary>
    private void Fill(Seat seat)
    {
        var worker = new Child
        {
            Role = ChildRole.Worker,
            Number = ++_lastChild,
            Seat = seat,
            Nonce = NewNonce(),
            MaximumRequests = policy.DrawMaximumRequests(random.NextDouble()),
            ServesFor = policy.DrawInterval(random.NextDouble()),
        };
        if (!TrySpawn(worker))
        {
            return;
        }

        if (seat.Worker is null)
        {
            seat.Worker = worker;
        }
        else
        {
            seat.Successor = worker;
        }

        if (worker.ProcessId != 0)
        {
            Enlist(worker);
        }
    }

    /// <summary>A worker that is forked from a template, and so was spawned without a pid, has one now.</summary>
    public void OnForked(Child worker)
    {
        if (worker.State == ChildState.Starting)
        {
            Enlist(worker);
        }
        else
        {
            shell.Kill(worker);
        }
    }

    /// <summary>Whether workers of this generation may yet be started.</summary>
    public bool MayStartIn(uint generation) =>
        Phase <= FleetPhase.Serving && (_inForce?.Number == generation || _loading?.Number == generation);

    /// <summary>The order matters: the front end must know the worker before its slots can connect.</summary>
    private void Enlist(Child worker)
    {
        Admit(worker);
        shell.Start(worker);
    }

    private void FillLater(Seat seat, TimeSpan delay, string reason)
    {
        LogReplacement(reason, delay);
        shell.FillLater(seat, delay);
    }

    private void PutInForce(Generation generation)
    {
        var old = _inForce;
        _inForce = generation;
        _loading = null;
        TellFrontEnd(new WorkerMessage(ControlKind.InForce, generation.Number));
        if (old is null)
        {
            return;
        }

        shell.Notice($"reloaded: generation {generation.Number} is in force");
        shell.ReloadEnded(null);
        foreach (var seat in old.Seats)
        {
            if (seat.Successor is { } successor)
            {
                Retire(successor, _reloadReason);
            }

            if (seat.Worker is { } worker)
            {
                Retire(worker, _reloadReason);
            }
        }
    }

    private void AbandonLoading(string reason)
    {
        var generation = _loading!;
        _loading = null;
        shell.Log(LogLevelCode.Error, $"the reload failed, and the workers from before go on serving: {reason}");
        StopGeneration(generation);
        shell.ReloadEnded(reason);
    }

    private void StopGeneration(Generation generation)
    {
        foreach (var seat in generation.Seats)
        {
            if (seat.Worker is { } worker)
            {
                Stop(worker, _reloadReason);
            }
        }
    }
}
