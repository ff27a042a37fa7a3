using Addergate.Supervisor.Table;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Fleets;

/// <summary>Generations: loaded beside the old, put in force, retired.</summary>
internal sealed partial class Fleet
{
    /// <summary>Loads every application anew beside the old one. A reload that is under way is given up for this one, which
    /// sees newer files.</summary>
    /// <param name="reason">What the old workers end for.</param>
    public void OnReload(RecycleReason reason = RecycleReason.GracefulSignal) => OnReload(_pools, reason);

    /// <summary>Loads one application anew.</summary>
    public void OnReload(Pool pool, RecycleReason reason) => OnReload([pool], reason);

    private void OnReload(IReadOnlyList<Pool> pools, RecycleReason reason)
    {
        if (Phase != FleetPhase.Serving)
        {
            shell.Notice("the reload is not done: the server is not serving");
            shell.ReloadEnded("the server is not serving");
            return;
        }

        foreach (var pool in pools)
        {
            if (pool.Loading is { } loading)
            {
                pool.Loading = null;
                StopGeneration(loading);
            }
        }

        shell.Notice(pools.Count == _pools.Length
            ? "reloading: a new generation of workers starts beside the old one"
            : $"reloading {string.Join(", ", pools.Select(static pool => pool.Application.Name))}: a new generation of workers "
                + "starts beside the old one");
        // All at once: one whose failure is known before the next has begun would end the reload.
        foreach (var pool in pools)
        {
            pool.ReloadReason = reason;
            pool.ReloadFailure = null;
            pool.Loading = NewGeneration(pool);
        }

        foreach (var pool in pools)
        {
            FillAll(pool.Loading);
        }
    }

    /// <summary>The time that <see cref="IFleetShell.FillLater"/> was given is over.</summary>
    public void OnSeatDue(Seat seat)
    {
        if (Phase is FleetPhase.Starting or FleetPhase.Serving && seat.Pool.InForce?.Has(seat) == true && seat.IsWanting)
        {
            Fill(seat);
        }
    }

    /// <summary>Files of an application have changed: what failed to start may do so now.</summary>
    public void OnSourceChanged(Pool pool)
    {
        foreach (var seat in pool.InForce?.Seats.ToArray() ?? [])
        {
            OnSeatDue(seat);
        }
    }

    private void BeginFirst(Pool pool)
    {
        pool.Loading = NewGeneration(pool);
        FillAll(pool.Loading);
    }

    private Generation NewGeneration(Pool pool) =>
        new(pool, ++_lastGeneration, pool.InForce?.Seats.Count ?? pool.Application.Workers.Processes);

    private void FillAll(Generation? generation)
    {
        if (generation is { Seats.Count: 0 })
        {
            // There is no application, only files.
            PutInForce(generation);
        }

        foreach (var seat in generation?.Seats.ToArray() ?? [])
        {
            // Filling one may have failed, and with it the generation.
            if (generation == seat.Pool.Loading && Phase <= FleetPhase.Serving)
            {
                Fill(seat);
            }
        }
    }

    /// <summary>Starts a worker for a seat that <see cref="Seat.IsWanting">wants one</see>.</summary>
    private void Fill(Seat seat)
    {
        var policy = seat.Pool.Policy;
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
        Phase <= FleetPhase.Serving
        && Array.Exists(_pools, pool => pool.InForce?.Number == generation || pool.Loading?.Number == generation);

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
        var pool = generation.Pool;
        var old = pool.InForce;
        pool.InForce = generation;
        pool.Loading = null;
        TellFrontEnd(new InForceMessage(pool.Index, generation.Number));
        if (old is null)
        {
            return;
        }

        shell.Notice($"reloaded{Of(pool)}: generation {generation.Number} is in force");
        EndReload();
        foreach (var seat in old.Seats)
        {
            if (seat.Successor is { } successor)
            {
                Retire(successor, pool.ReloadReason);
            }

            if (seat.Worker is { } worker)
            {
                Retire(worker, pool.ReloadReason);
            }
        }
    }

    private void AbandonLoading(Pool pool, string reason)
    {
        var generation = pool.Loading!;
        pool.Loading = null;
        shell.Log(LogLevelCode.Error, $"the reload{Of(pool)} failed, and the workers from before go on serving: {reason}");
        StopGeneration(generation);
        pool.ReloadFailure = reason;
        EndReload();
    }

    /// <summary>The reload is over when no application loads any more. It has failed while there is one that is not as its files
    /// are.</summary>
    private void EndReload()
    {
        if (!IsReloading)
        {
            string[] failures = [.. _pools.Select(static pool => pool.ReloadFailure).OfType<string>()];
            shell.ReloadEnded(failures.Length == 0 ? null : string.Join('\n', failures));
        }
    }

    private void StopGeneration(Generation generation)
    {
        foreach (var seat in generation.Seats)
        {
            if (seat.Worker is { } worker)
            {
                Stop(worker, seat.Pool.ReloadReason);
            }
        }
    }

    /// <summary>Names the application where there are several.</summary>
    private string Of(Pool pool) => _pools.Length == 1 ? "" : $" of {pool.Application.Name}";
}
