using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Fleets;

/// <summary>Children that failed to start, or ended without being asked to: what that means for the others, and who takes their
/// place.</summary>
internal sealed partial class Fleet
{
    private void Blame(Child child, string reason)
    {
        if (Phase >= FleetPhase.Draining)
        {
            return;
        }

        if (child.Seat is not { } seat)
        {
            if (Phase == FleetPhase.Starting)
            {
                Fail(reason);
            }
            else
            {
                LaterFrontEnd(_frontEndBackoff.AfterFailedStart(random.NextDouble()), reason);
            }

            return;
        }

        Leave(child);
        var pool = seat.Pool;
        if (pool.InForce is null)
        {
            FailToLoad(seat, reason);
        }
        else if (seat.Generation == pool.Loading)
        {
            AbandonLoading(pool, reason);
        }
        else if (pool.InForce.Has(seat))
        {
            FillLater(seat, seat.Backoff.AfterFailedStart(random.NextDouble()), reason);
        }
    }

    /// <summary>An application does not load when the server starts. Unless there are others that may, that is the server's
    /// end.</summary>
    private void FailToLoad(Seat seat, string reason)
    {
        var pool = seat.Pool;
        pool.Failure = reason;
        if (pool.Application.DecidesAccess)
        {
            Fail($"the scripts that decide on access: {reason}");
            return;
        }

        if (mustLoadAll && _pools.Length > 1)
        {
            Fail($"{pool.Application.Name}: {reason}");
            return;
        }

        var sites = Array.FindAll(_pools, static one => !one.Application.DecidesAccess);
        if (Array.TrueForAll(sites, static one => one.Failure is not null))
        {
            Fail(string.Join('\n', sites.Select(one => $"{(sites.Length == 1 ? "" : $"{one.Application.Name}: ")}{one.Failure}")));
            return;
        }

        PutInForce(seat.Generation);
        FillLater(
            seat,
            seat.Backoff.AfterFailedStart(random.NextDouble()),
            $"{pool.Application.Name} could not be loaded, the other applications are served: {reason}");
        foreach (var other in seat.Generation.Seats)
        {
            // Those that were to be filled after this one.
            if (other != seat && other.IsWanting)
            {
                shell.FillLater(other, other.Backoff.AfterFailedStart(random.NextDouble()));
            }
        }

        StartServing();
    }

    private void Replace(Child child, string reason)
    {
        if (Phase >= FleetPhase.Draining)
        {
            shell.Log(LogLevelCode.Error, reason);
            return;
        }

        var served = time.GetElapsedTime(child.ReadyAt);
        if (child.Seat is not { } seat)
        {
            LaterFrontEnd(_frontEndBackoff.AfterServing(served, random.NextDouble()), reason);
        }
        else if (seat.Generation == seat.Pool.Loading)
        {
            AbandonLoading(seat.Pool, reason);
        }
        else if (seat.Worker is not null)
        {
            shell.Log(LogLevelCode.Error, $"{reason}{Separator(reason)}its replacement was on the way already");
        }
        else
        {
            FillLater(seat, seat.Backoff.AfterServing(served, random.NextDouble()), reason);
        }
    }

    /// <summary>Logs why a child has to be replaced, and when that happens.</summary>
    private void LogReplacement(string reason, TimeSpan delay)
    {
        shell.Log(LogLevelCode.Error, delay > TimeSpan.Zero
            ? $"{reason}{Separator(reason)}its replacement starts in {delay.TotalSeconds:0.0} s"
            : $"{reason}{Separator(reason)}its replacement starts now");
    }

    private static string Separator(string text) => text.Contains('\n') ? "\n" : "; ";
}
