using Addergate.Posix.Processes;
using Addergate.Settings.Model;
using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Table;
using Addergate.Supervisor.Tests.Fakes;

namespace Addergate.Supervisor.Tests.Fleets;

/// <summary>Conversations with the fleet: what happens goes in, what it wants done comes out. The front end is child 1,
/// the first workers are 2 and 3.</summary>
public sealed class FleetTests
{
    private static readonly ExitStatus Killed = new(0, 9, false);
    private static readonly ExitStatus Ended = new(0, 0, false);

    private readonly RecordingShell _shell = new();
    private readonly ManualTime _time = new();
    private readonly Fleet _fleet;

    public FleetTests()
    {
        var policy = new FleetPolicy
        {
            Workers = 2,
            Threads = 5,
            Timeouts = new TimeoutSettings
            {
                Startup = TimeSpan.FromSeconds(15),
                Shutdown = TimeSpan.FromSeconds(5),
                Graceful = TimeSpan.FromSeconds(10),
                KeepAlive = TimeSpan.FromSeconds(75),
            },
        };
        _fleet = new Fleet(policy, _shell, _time, new Random(1));
    }

    [Fact]
    public void A_server_starts_front_end_and_workers_side_by_side()
    {
        _fleet.Begin();
        Assert.Equal(
            [
                "spawn F1",
                "spawn W2", "ADMIT 2 of generation 1 → F1", "START → W2",
                "spawn W3", "ADMIT 3 of generation 1 → F1", "START → W3",
            ],
            _shell.Take());
        Assert.Equal(TimeSpan.FromSeconds(15), _shell.Timers[W(2)]);
        _fleet.OnReady(W(3));
        Assert.Equal(["INFORCE 1 → F1"], _shell.Take());
        _fleet.OnReady(W(1));
        Assert.Equal(["started"], _shell.Take());
        _fleet.OnReady(W(2));
        Assert.Empty(_shell.Take());
        Assert.Null(_shell.Timers[W(2)]);
    }

    [Fact]
    public void The_front_end_may_be_ready_first()
    {
        _fleet.Begin();
        _shell.Take();
        _fleet.OnReady(W(1));
        Assert.Empty(_shell.Take());
        _fleet.OnReady(W(2));
        Assert.Equal(["INFORCE 1 → F1", "started"], _shell.Take());
    }

    [Fact]
    public void An_application_that_does_not_load_ends_the_server_with_its_reason()
    {
        _fleet.Begin();
        _fleet.OnReady(W(1));
        _shell.Take();
        _fleet.OnFailed(W(2), "no module named spam");
        Assert.Equal(["close ports", "kill F1", "kill W2", "kill W3"], _shell.Take());
        _fleet.OnEnded(W(2), new ExitStatus(1, 0, false));
        _fleet.OnFailed(W(3), "no module named spam either");
        _fleet.OnEnded(W(3), Killed);
        Assert.Equal(["GONE 2 → F1", "GONE 3 → F1"], _shell.Take());
        _fleet.OnEnded(W(1), Killed);
        Assert.Equal(["end: no module named spam"], _shell.Take());
    }

    [Fact]
    public void A_worker_that_dies_before_it_is_ready_ends_the_server_with_its_status()
    {
        _fleet.Begin();
        _shell.Take();
        _fleet.OnEnded(W(3), new ExitStatus(3, 0, false));
        _fleet.OnEnded(W(2), Killed);
        _fleet.OnEnded(W(1), Killed);
        Assert.Equal($"end: worker 3 (pid {W(3).ProcessId}) ended with status 3 before it was ready", _shell.Lines[^1]);
    }

    [Fact]
    public void A_worker_that_takes_too_long_at_the_start_ends_the_server()
    {
        _fleet.Begin();
        _shell.Take();
        _fleet.OnOverdue(W(2));
        Assert.Contains("kill W2", _shell.Take());
        EndAll();
        Assert.Contains("--startup-timeout", _shell.Lines[^1]);
    }

    [Fact]
    public void A_front_end_that_cannot_start_ends_the_server()
    {
        _fleet.Begin();
        _fleet.OnReady(W(2));
        _fleet.OnFailed(W(1), "the certificate makes no sense");
        EndAll();
        Assert.Equal("end: the certificate makes no sense", _shell.Lines[^1]);
    }

    [Fact]
    public void A_program_that_cannot_be_spawned_ends_the_server_before_anything_runs()
    {
        _shell.SpawnFailure = "cannot start addergate: No such file or directory";
        _fleet.Begin();
        Assert.Equal(
            ["cannot spawn F1", "close ports", "end: cannot start addergate: No such file or directory"],
            _shell.Take());
    }

    [Fact]
    public void A_worker_that_is_killed_is_replaced_at_once()
    {
        Serve();
        _time.Advance(TimeSpan.FromMinutes(1));
        var pid = W(2).ProcessId;
        _fleet.OnEnded(W(2), Killed);
        Assert.Equal(
            [
                "GONE 2 → F1",
                $"Error: worker 2 (pid {pid}) was killed by SIGKILL; its replacement starts now",
                "fill a seat later",
            ],
            _shell.Take());
        Assert.Equal(TimeSpan.Zero, _shell.LastDelay);
        _fleet.OnSeatDue(_shell.WaitingSeats.Dequeue());
        Assert.Equal(["spawn W4", "ADMIT 4 of generation 1 → F1", "START → W4"], _shell.Take());
    }

    [Fact]
    public void A_replacement_that_does_not_start_is_tried_again_later_and_later()
    {
        Serve();
        _time.Advance(TimeSpan.FromMinutes(1));
        _fleet.OnEnded(W(2), Killed);
        var delays = new List<double>();
        for (var number = 4u; number < 16; number++)
        {
            _fleet.OnSeatDue(_shell.WaitingSeats.Dequeue());
            _fleet.OnFailed(W(number), "the database is away");
            delays.Add(_shell.LastDelay.TotalSeconds);
            _fleet.OnEnded(W(number), new ExitStatus(1, 0, false));
        }

        Assert.InRange(delays[0], 0.08, 0.1);
        Assert.InRange(delays[1], 0.16, 0.2);
        Assert.InRange(delays[4], 1.28, 1.6);
        Assert.All(delays[9..], delay => Assert.InRange(delay, 24, 30));
        Assert.Single(_shell.WaitingSeats);
        Assert.Equal(FleetPhase.Serving, _fleet.Phase);
    }

    [Fact]
    public void A_front_end_that_is_killed_is_replaced_and_told_the_whole_truth()
    {
        Serve();
        _fleet.OnReload();
        _shell.Take();
        _fleet.OnReady(W(4));
        _fleet.OnReady(W(5));
        _time.Advance(TimeSpan.FromMinutes(1));
        _shell.Take();
        _fleet.OnEnded(W(1), Killed);
        Assert.Equal("front end later", _shell.Take()[^1]);
        _fleet.OnFrontEndDue();
        Assert.Equal(
            [
                "spawn F6",
                "ADMIT 2 of generation 1 → F6", "ADMIT 3 of generation 1 → F6",
                "ADMIT 4 of generation 2 → F6", "ADMIT 5 of generation 2 → F6",
                "INFORCE 2 → F6",
                "RETIRE 2 → F6", "RETIRE 3 → F6",
            ],
            _shell.Take());
        _fleet.OnReady(W(6));
        Assert.Empty(_shell.Take());
    }

    [Fact]
    public void A_reload_swaps_when_all_new_workers_are_ready_and_then_retires_the_old()
    {
        Serve();
        _fleet.OnReload();
        Assert.Equal(
            [
                "notice: reloading: a new generation of workers starts beside the old one",
                "spawn W4", "ADMIT 4 of generation 2 → F1", "START → W4",
                "spawn W5", "ADMIT 5 of generation 2 → F1", "START → W5",
            ],
            _shell.Take());
        _fleet.OnReady(W(4));
        Assert.Empty(_shell.Take());
        _fleet.OnReady(W(5));
        Assert.Equal(
            ["INFORCE 2 → F1", "notice: reloaded: generation 2 is in force", "RETIRE 2 → F1", "RETIRE 3 → F1"],
            _shell.Take());
        Assert.Equal(TimeSpan.FromSeconds(10), _shell.Timers[W(2)]);
        _fleet.OnIdle(W(2));
        Assert.Equal(["STOP → W2"], _shell.Take());
        Assert.Equal(TimeSpan.FromSeconds(5), _shell.Timers[W(2)]);
        _fleet.OnEnded(W(2), Ended);
        Assert.Equal(["GONE 2 → F1"], _shell.Take());
        _fleet.OnOverdue(W(3));
        Assert.Equal("STOP → W3", _shell.Take()[^1]);
        _fleet.OnOverdue(W(3));
        Assert.Equal("kill W3", _shell.Take()[^1]);
    }

    [Fact]
    public void A_reload_that_does_not_load_leaves_the_old_workers_serving()
    {
        Serve();
        _fleet.OnReload();
        _fleet.OnReady(W(4));
        _shell.Take();
        var pid = W(5).ProcessId;
        _fleet.OnFailed(W(5), "invalid syntax");
        Assert.Equal(
            [
                "Error: the reload failed, and the workers from before go on serving: "
                    + $"worker 5 (pid {pid}) could not start: invalid syntax",
                "STOP → W4",
            ],
            _shell.Take());
        _fleet.OnEnded(W(4), Ended);
        _fleet.OnEnded(W(5), new ExitStatus(1, 0, false));
        Assert.Equal(["GONE 4 → F1", "GONE 5 → F1"], _shell.Take());
        Assert.Equal(ChildState.Ready, W(2).State);
        _fleet.OnReload();
        _fleet.OnReady(W(6));
        _fleet.OnReady(W(7));
        Assert.Contains("INFORCE 3 → F1", _shell.Take());
    }

    [Fact]
    public void A_second_reload_gives_up_the_first()
    {
        Serve();
        _fleet.OnReload();
        _shell.Take();
        _fleet.OnReload();
        Assert.Equal(["kill W4", "kill W5"], _shell.Take()[..2]);
        _fleet.OnEnded(W(4), Killed);
        _fleet.OnEnded(W(5), Killed);
        _fleet.OnReady(W(6));
        _fleet.OnReady(W(7));
        Assert.Contains("INFORCE 3 → F1", _shell.Take());
    }

    [Fact]
    public void A_seat_of_a_retired_generation_stays_empty()
    {
        Serve();
        _time.Advance(TimeSpan.FromMinutes(1));
        _fleet.OnReload();
        _fleet.OnEnded(W(2), Killed);
        _fleet.OnReady(W(4));
        _fleet.OnReady(W(5));
        _shell.Take();
        _fleet.OnSeatDue(_shell.WaitingSeats.Dequeue());
        Assert.Empty(_shell.Take());
    }

    [Fact]
    public void Stopping_drains_the_front_end_then_stops_the_workers_then_ends()
    {
        Serve();
        _fleet.OnTerminate();
        Assert.Equal(
            ["notice: stopping: requests that run are finished first", "close ports", "DRAIN → F1"], _shell.Take());
        _fleet.OnIdle(W(1));
        Assert.Equal(["STOP → W2", "STOP → W3"], _shell.Take());
        _fleet.OnEnded(W(1), Ended);
        _fleet.OnEnded(W(2), Ended);
        _fleet.OnEnded(W(3), Ended);
        Assert.Equal(["end"], _shell.Take());
    }

    [Fact]
    public void Requests_that_run_too_long_do_not_keep_the_server_from_stopping()
    {
        Serve();
        _fleet.OnTerminate();
        _shell.Take();
        _fleet.OnOverdue(W(1));
        Assert.Equal(["STOP → W2", "STOP → W3"], _shell.Take()[1..]);
        _fleet.OnOverdue(W(2));
        _fleet.OnOverdue(W(3));
        Assert.Equal(["kill W2", "kill W3"], _shell.Take().Where(line => line.StartsWith("kill", StringComparison.Ordinal)));
        _fleet.OnEnded(W(2), Killed);
        _fleet.OnEnded(W(3), Killed);

        // What the workers answered last still has to get out.
        Assert.Equal(FleetPolicy.LastBytes, _shell.Timers[W(1)]);
        _fleet.OnOverdue(W(1));
        _fleet.OnEnded(W(1), Killed);
        Assert.Equal("end", _shell.Lines[^1]);
    }

    [Fact]
    public void A_second_signal_ends_everything_at_once()
    {
        Serve();
        _fleet.OnTerminate();
        _shell.Take();
        _fleet.OnTerminate();
        Assert.Equal(["kill F1", "kill W2", "kill W3"], _shell.Take());
        EndAll();
        Assert.Equal("end", _shell.Lines[^1]);
    }

    [Fact]
    public void Stopping_while_starting_kills_what_loads_and_is_no_failure()
    {
        _fleet.Begin();
        _shell.Take();
        _fleet.OnTerminate();
        Assert.Equal(["close ports", "kill W2", "kill W3", "kill F1"], _shell.Take()[1..]);
        EndAll();
        Assert.Equal("end", _shell.Lines[^1]);
    }

    [Fact]
    public void A_front_end_that_dies_while_it_drains_is_not_replaced()
    {
        Serve();
        _fleet.OnTerminate();
        _shell.Take();
        _fleet.OnEnded(W(1), Killed);
        Assert.Equal(["STOP → W2", "STOP → W3"], _shell.Take()[^2..]);
        _fleet.OnFrontEndDue();
        Assert.Empty(_shell.Take());
    }

    [Fact]
    public void A_worker_that_dies_while_the_server_drains_is_not_replaced()
    {
        Serve();
        _fleet.OnTerminate();
        _shell.Take();
        _fleet.OnEnded(W(2), Killed);
        Assert.Empty(_shell.WaitingSeats);
        _fleet.OnIdle(W(1));
        Assert.Equal("STOP → W3", _shell.Take()[^1]);
    }

    [Fact]
    public void A_reload_while_the_server_stops_is_refused()
    {
        Serve();
        _fleet.OnTerminate();
        _shell.Take();
        _fleet.OnReload();
        Assert.StartsWith("notice: the reload is not done", Assert.Single(_shell.Take()), StringComparison.Ordinal);
    }

    [Fact]
    public void Stopping_during_a_reload_kills_the_generation_that_loads()
    {
        Serve();
        _fleet.OnReload();
        _shell.Take();
        _fleet.OnTerminate();
        Assert.Equal(["close ports", "kill W4", "kill W5", "DRAIN → F1"], _shell.Take()[1..]);
    }

    private Child W(uint number) => _shell.Spawned[number];

    private void Serve()
    {
        _fleet.Begin();
        _fleet.OnReady(W(1));
        _fleet.OnReady(W(2));
        _fleet.OnReady(W(3));
        _shell.Take();
    }

    private void EndAll()
    {
        foreach (var child in _fleet.Children.ToArray())
        {
            _fleet.OnEnded(child, Killed);
        }
    }
}
