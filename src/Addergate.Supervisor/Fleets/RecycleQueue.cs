namespace Addergate.Supervisor.Fleets;

/// <summary>
/// Seats whose worker is to be replaced, in the order in which that was decided. A quarter of them at most are being
/// replaced at once, so that a rule which all workers meet together costs neither twice the memory nor the machine.
/// </summary>
internal sealed class RecycleQueue
{
    private readonly Queue<Seat> _waiting = new();

    public void Add(Seat seat) => _waiting.Enqueue(seat);

    /// <summary>The next seat whose turn it is, marked as such; null when all others have to wait.</summary>
    /// <param name="generation">The one in force: seats of others need nothing any more.</param>
    public Seat? Next(Generation generation)
    {
        while (_waiting.TryPeek(out var seat))
        {
            if (generation.Has(seat) && seat is { Leaving: not null, IsReplacing: false })
            {
                if (generation.Seats.Count(static other => other.IsReplacing) >= AtOnce(generation.Seats.Count))
                {
                    return null;
                }

                seat.IsReplacing = true;
                _waiting.Dequeue();
                return seat;
            }

            _waiting.Dequeue();
        }

        return null;
    }

    private static int AtOnce(int seats) => Math.Max(1, seats / 4);
}
