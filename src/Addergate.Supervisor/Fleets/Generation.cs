using Addergate.Supervisor.Table;

namespace Addergate.Supervisor.Fleets;

/// <summary>Workers that were started together and load the same state of the application's files.</summary>
internal sealed class Generation
{
    public Generation(uint number, int workers)
    {
        Number = number;
        Seats = new Seat[workers];
        for (var i = 0; i < workers; i++)
        {
            Seats[i] = new Seat(this);
        }
    }

    public uint Number { get; }

    public Seat[] Seats { get; }

    public bool IsAllReady => Array.TrueForAll(Seats, seat => seat.Worker?.State == ChildState.Ready);
}
