using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Table;
using Addergate.Supervisor.Tests.Fakes;

namespace Addergate.Supervisor.Tests.Fleets;

/// <summary>Anything that can happen, in any order, and what must hold all the while.</summary>
public sealed class FleetChaosTests : FleetConversation
{
    private const int Events = 400;

    private readonly HashSet<uint> _marked = [];
    private readonly HashSet<Child> _dumping = [];
    private Random _random = new(0);
    private string _last = "";
    private int _replacing;

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_happens_capacity_is_kept_decisions_are_carried_out_and_the_server_ends(int seed)
    {
        _random = new Random(seed);
        var workers = 1 + _random.Next(9);
        Fleet = With(
            Samples.Workers with { Processes = workers, MaximumProcesses = workers + _random.Next(4) },
            Timeouts with { Deadlock = TimeSpan.FromSeconds(8), RestartInterval = TimeSpan.FromSeconds(200) });
        Serve();
        for (var i = 0; i < Events && Fleet.Phase == FleetPhase.Serving; i++)
        {
            var before = Serving();
            var mayLose = Happen();
            Assert.True(mayLose || Serving() >= before, $"{_last}: {before} served before, {Serving()} after");
            CheckSeats();
        }

        Settle();
        Assert.All(Fleet.Children, child => Assert.False(
            child.State == ChildState.Ready && _marked.Contains(child.Number), $"{child} was to be replaced"));
        Assert.All(InForce().Seats, static seat => Assert.Equal(ChildState.Ready, seat.Worker?.State));
        End();
    }

    /// <summary>True when it is something that may cost a worker that serves.</summary>
    private bool Happen()
    {
        var children = Fleet.Children;
        var child = children[_random.Next(children.Count)];
        switch (_random.Next(16))
        {
            case 0 or 1 or 2 when child.State == ChildState.Starting:
                Do("ready", () => Fleet.OnReady(child));
                return false;
            case 3 when child.State == ChildState.Starting:
                Do("failed", () => Fleet.OnFailed(child, "no"));
                return false;
            case 4 when child.State >= ChildState.Draining || _random.Next(4) == 0:
                Do($"ended {child}", () => Fleet.OnEnded(child, child.State == ChildState.Ready ? Killed : Ended));
                return true;
            case 5 when child is { Role: ChildRole.Worker, State: ChildState.Draining }:
                Do("idle", () => Fleet.OnIdle(child));
                return false;
            case 6 when Shell.Timers[child] is not null:
                Do("overdue", () => Fleet.OnOverdue(child));
                return false;
            case 7 or 8:
                Do($"worn out {child}", () => Mark(child, () => Fleet.OnWornOut(child.Number)));
                return false;
            case 9:
                Do($"stuck {child}", () => Mark(child, () => Fleet.OnStuck(child.Number)));
                return false;
            case 10:
                Do($"evict {child}", () => Mark(child, () => Fleet.Evict(child.ProcessId)));
                return false;
            case 11 when _random.Next(5) == 0:
                Do("reload", () => Fleet.OnReload());
                return false;
            case 12 when Shell.WaitingSeats.TryDequeue(out var seat):
                Do("seat due", () => Fleet.OnSeatDue(seat));
                return false;
            case 13:
                Do("time", Tick);

                // The pool may shrink.
                return true;
            case 14:
                Do("size", _random.Next(2) == 0 ? Fleet.Grow : Fleet.Shrink);
                return true;
            case 15 when _dumping.FirstOrDefault() is { } dumped:
                _dumping.Remove(dumped);
                Do("dumped", () => Fleet.OnStacksDumped(dumped));
                return true;
            default:
                Do("front end due", Fleet.OnFrontEndDue);
                return false;
        }
    }

    private void Do(string what, Action happen)
    {
        _last = what;
        happen();
        foreach (var line in Shell.Take())
        {
            if (line.StartsWith("dump W", StringComparison.Ordinal))
            {
                _dumping.Add(W(uint.Parse(line.AsSpan("dump W".Length), provider: null)));
            }
        }
    }

    private void Tick()
    {
        Report((uint)_random.Next(300));
        foreach (var child in Fleet.Children)
        {
            if (_random.Next(20) != 0)
            {
                Fleet.OnAnswer(child);
            }
        }

        Pass(TimeSpan.FromSeconds(_random.Next(4)));
    }

    private void Mark(Child child, Action decide)
    {
        if (child is { Role: ChildRole.Worker, State: ChildState.Ready } && child.Seat!.Generation == InForce())
        {
            _marked.Add(child.Number);
        }

        decide();
    }

    private void CheckSeats()
    {
        if (Fleet.Phase != FleetPhase.Serving)
        {
            return;
        }

        var seats = InForce().Seats;
        var replacing = seats.Count(static seat => seat.IsReplacing);
        Assert.True(
            replacing <= Math.Max(_replacing, Math.Max(1, seats.Count / 4)),
            $"{_last}: {replacing} of {seats.Count} at once");
        _replacing = replacing;
        Assert.All(seats, seat => Assert.True(
            !seat.IsWanting || Shell.WaitingSeats.Contains(seat), $"{_last}: a seat is forgotten"));
        Assert.All(Fleet.Children, child => Assert.True(
            child.Role == ChildRole.FrontEnd || child.State >= ChildState.Draining || child.Seat!.Worker == child
                || child.Seat.Successor == child,
            $"{_last}: {child} is {child.State} and sits nowhere"));
    }

    /// <summary>From here on all goes well.</summary>
    private void Settle()
    {
        for (var round = 0; round < 200; round++)
        {
            foreach (var child in Fleet.Children.ToArray())
            {
                Fleet.OnAnswer(child);
                switch (child.State)
                {
                    case ChildState.Starting:
                        Fleet.OnReady(child);
                        break;
                    case ChildState.Draining when child.Role == ChildRole.Worker:
                        Fleet.OnIdle(child);
                        break;
                    case ChildState.Stopping:
                        Fleet.OnEnded(child, Ended);
                        break;
                }
            }

            Fleet.OnFrontEndDue();
            while (Shell.WaitingSeats.TryDequeue(out var seat))
            {
                Fleet.OnSeatDue(seat);
            }
        }
    }

    private void End()
    {
        Fleet.OnTerminate();
        for (var round = 0; round < 10; round++)
        {
            foreach (var child in Fleet.Children.ToArray())
            {
                if (child.State == ChildState.Draining)
                {
                    Fleet.OnIdle(child);
                }

                if (child.State == ChildState.Stopping)
                {
                    Fleet.OnEnded(child, Ended);
                }
            }
        }

        Assert.Equal(FleetPhase.Ended, Fleet.Phase);
        Assert.Empty(Fleet.Children);
    }

    private Generation InForce() => Fleet.Pools[0].InForce!;

    private int Serving() => InForce().Seats.Count(static seat => seat.Worker?.State == ChildState.Ready);
}
