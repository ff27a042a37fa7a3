using Addergate.Supervisor.Table;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Fleets;

/// <summary>Generations: loaded beside the old, put in force, retired. Recycling a single worker belongs here when it
/// comes: a second child in a seat, which takes it when ready.</summary>
internal sealed partial class Fleet
{
    /// <summary>Loads the application anew beside the old one. A reload that is under way is given up for this one, which
    /// sees newer files.</summary>
    public void OnReload()
    {
        if (Phase != FleetPhase.Serving)
        {
            shell.Notice("the reload is not done: the server is not serving");
            return;
        }

        if (_loading is not null)
        {
            StopGeneration(_loading);
        }

        shell.Notice("reloading: a new generation of workers starts beside the old one");
        BeginGeneration();
    }

    /// <summary>The time that <see cref="IFleetShell.FillLater"/> was given is over.</summary>
    public void OnSeatDue(Seat seat)
    {
        if (Phase is FleetPhase.Starting or FleetPhase.Serving && seat.Generation == _inForce && seat.Worker is null)
        {
            Fill(seat);
        }
    }

    private void BeginGeneration()
    {
        var generation = new Generation(++_lastGeneration, policy.Workers);
        _loading = generation;
        foreach (var seat in generation.Seats)
        {
            // Filling one may have failed, and with it the generation.
            if (_loading == generation && Phase <= FleetPhase.Serving)
            {
                Fill(seat);
            }
        }
    }

    private void Fill(Seat seat)
    {
        var worker = new Child { Role = ChildRole.Worker, Number = ++_lastChild, Seat = seat, Nonce = NewNonce() };
        seat.Worker = worker;
        if (!TrySpawn(worker))
        {
            seat.Worker = null;
            return;
        }

        // The order matters: the front end must know the worker before its slots can connect.
        Admit(worker);
        shell.Start(worker);
    }

    private void FillLater(Seat seat, TimeSpan delay, string reason)
    {
        if (seat.Worker?.State >= ChildState.Stopping)
        {
            seat.Worker = null;
        }

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
        foreach (var seat in old.Seats)
        {
            if (seat.Worker is { } worker)
            {
                Apply(worker, ChildEvent.Retire, "");
            }
        }
    }

    private void AbandonLoading(string reason)
    {
        var generation = _loading!;
        _loading = null;
        shell.Log(LogLevelCode.Error, $"the reload failed, and the workers from before go on serving: {reason}");
        StopGeneration(generation);
    }

    private void StopGeneration(Generation generation)
    {
        foreach (var seat in generation.Seats)
        {
            if (seat.Worker is { } worker)
            {
                Apply(worker, ChildEvent.Stop, "");
            }
        }
    }
}
