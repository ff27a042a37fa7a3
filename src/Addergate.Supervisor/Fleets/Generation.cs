using Addergate.Supervisor.Table;

namespace Addergate.Supervisor.Fleets;

/// <summary>Workers that were started together and load the same state of the application's files.</summary>
internal sealed class Generation
{
    private readonly List<Seat> _seats = [];

    public Generation(Pool pool, uint number, int workers)
    {
        Pool = pool;
        Number = number;
        for (var i = 0; i < workers; i++)
        {
            AddSeat();
        }
    }

    /// <summary>Whose workers they are.</summary>
    public Pool Pool { get; }

    /// <summary>Given out once in the supervisor's life, to all applications from the same row.</summary>
    public uint Number { get; }

    public IReadOnlyList<Seat> Seats => _seats;

    public bool IsAllReady => _seats.TrueForAll(static seat => seat.Worker?.State == ChildState.Ready);

    /// <summary>False for a seat of another generation, and for one that was removed.</summary>
    public bool Has(Seat seat) => _seats.Contains(seat);

    public Seat AddSeat()
    {
        var seat = new Seat(this);
        _seats.Add(seat);
        return seat;
    }

    public void RemoveSeat(Seat seat) => _seats.Remove(seat);
}
