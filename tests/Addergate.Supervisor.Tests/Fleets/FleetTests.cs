using Addergate.Posix.Processes;
using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Table;

namespace Addergate.Supervisor.Tests.Fleets;

/// <summary>Starting, reloading, replacing what died, stopping.</summary>
public sealed class FleetTests : FleetConversation
{
    [Fact]
    public void A_server_starts_front_end_and_workers_side_by_side()
    {
        Fleet.Begin();
        Assert.Equal(
            [
                "spawn F1",
                "spawn W2", "ADMIT 2 of generation 1 → F1", "START → W2",
                "spawn W3", "ADMIT 3 of generation 1 → F1", "START → W3",
            ],
            Shell.Take());
        Assert.Equal(TimeSpan.FromSeconds(15), Shell.Timers[W(2)]);
        Fleet.OnReady(W(3));
        Assert.Equal(["INFORCE 1 → F1"], Shell.Take());
        Fleet.OnReady(W(1));
        Assert.Equal(["started"], Shell.Take());
        Fleet.OnReady(W(2));
        Assert.Empty(Shell.Take());
        Assert.Null(Shell.Timers[W(2)]);
    }

    [Fact]
    public void The_front_end_may_be_ready_first()
    {
        Fleet.Begin();
        Shell.Take();
        Fleet.OnReady(W(1));
        Assert.Empty(Shell.Take());
        Fleet.OnReady(W(2));
        Assert.Equal(["INFORCE 1 → F1", "started"], Shell.Take());
    }

    [Fact]
    public void An_application_that_does_not_load_ends_the_server_with_its_reason()
    {
        Fleet.Begin();
        Fleet.OnReady(W(1));
        Shell.Take();
        Fleet.OnFailed(W(2), "no module named spam");
        Assert.Equal(["close ports", "kill F1", "kill W2", "kill W3"], Shell.Take());
        Fleet.OnEnded(W(2), new ExitStatus(1, 0, false));
        Fleet.OnFailed(W(3), "no module named spam either");
        Fleet.OnEnded(W(3), Killed);
        Assert.Equal(["GONE 2 → F1", "GONE 3 → F1"], Shell.Take());
        Fleet.OnEnded(W(1), Killed);
        Assert.Equal(["end: no module named spam"], Shell.Take());
    }

    [Fact]
    public void A_worker_that_dies_before_it_is_ready_ends_the_server_with_its_status()
    {
        Fleet.Begin();
        Shell.Take();
        Fleet.OnEnded(W(3), new ExitStatus(3, 0, false));
        Fleet.OnEnded(W(2), Killed);
        Fleet.OnEnded(W(1), Killed);
        Assert.Equal($"end: worker 3 (pid {W(3).ProcessId}) ended with status 3 before it was ready", Shell.Lines[^1]);
    }

    [Fact]
    public void A_worker_that_takes_too_long_at_the_start_ends_the_server()
    {
        Fleet.Begin();
        Shell.Take();
        Fleet.OnOverdue(W(2));
        Assert.Contains("kill W2", Shell.Take());
        EndAll();
        Assert.Contains("--startup-timeout", Shell.Lines[^1]);
    }

    [Fact]
    public void A_front_end_that_cannot_start_ends_the_server()
    {
        Fleet.Begin();
        Fleet.OnReady(W(2));
        Fleet.OnFailed(W(1), "the certificate makes no sense");
        EndAll();
        Assert.Equal("end: the certificate makes no sense", Shell.Lines[^1]);
    }

    [Fact]
    public void A_program_that_cannot_be_spawned_ends_the_server_before_anything_runs()
    {
        Shell.SpawnFailure = "cannot start addergate: No such file or directory";
        Fleet.Begin();
        Assert.Equal(
            ["cannot spawn F1", "close ports", "end: cannot start addergate: No such file or directory"],
            Shell.Take());
    }

    [Fact]
    public void A_worker_that_is_killed_is_replaced_at_once()
    {
        Serve();
        Time.Advance(TimeSpan.FromMinutes(1));
        var pid = W(2).ProcessId;
        Fleet.OnEnded(W(2), Killed);
        Assert.Equal(
            [
                "GONE 2 → F1",
                $"Error: worker 2 (pid {pid}) was killed by SIGKILL; its replacement starts now",
                "fill a seat later",
            ],
            Shell.Take());
        Assert.Equal(TimeSpan.Zero, Shell.LastDelay);
        Fleet.OnSeatDue(Shell.WaitingSeats.Dequeue());
        Assert.Equal(["spawn W4", "ADMIT 4 of generation 1 → F1", "START → W4"], Shell.Take());
    }

    [Fact]
    public void A_replacement_that_does_not_start_is_tried_again_later_and_later()
    {
        Serve();
        Time.Advance(TimeSpan.FromMinutes(1));
        Fleet.OnEnded(W(2), Killed);
        var delays = new List<double>();
        for (var number = 4u; number < 16; number++)
        {
            Fleet.OnSeatDue(Shell.WaitingSeats.Dequeue());
            Fleet.OnFailed(W(number), "the database is away");
            delays.Add(Shell.LastDelay.TotalSeconds);
            Fleet.OnEnded(W(number), new ExitStatus(1, 0, false));
        }

        Assert.InRange(delays[0], 0.08, 0.1);
        Assert.InRange(delays[1], 0.16, 0.2);
        Assert.InRange(delays[4], 1.28, 1.6);
        Assert.All(delays[9..], delay => Assert.InRange(delay, 24, 30));
        Assert.Single(Shell.WaitingSeats);
        Assert.Equal(FleetPhase.Serving, Fleet.Phase);
    }

    [Fact]
    public void A_front_end_that_is_killed_is_replaced_and_told_the_whole_truth()
    {
        Serve();
        Fleet.OnReload();
        Shell.Take();
        Fleet.OnReady(W(4));
        Fleet.OnReady(W(5));
        Time.Advance(TimeSpan.FromMinutes(1));
        Shell.Take();
        Fleet.OnEnded(W(1), Killed);
        Assert.Equal("front end later", Shell.Take()[^1]);
        Fleet.OnFrontEndDue();
        Assert.Equal(
            [
                "spawn F6",
                "ADMIT 2 of generation 1 → F6", "ADMIT 3 of generation 1 → F6",
                "ADMIT 4 of generation 2 → F6", "ADMIT 5 of generation 2 → F6",
                "INFORCE 2 → F6",
                "RETIRE 2 → F6", "RETIRE 3 → F6",
            ],
            Shell.Take());
        Fleet.OnReady(W(6));
        Assert.Empty(Shell.Take());
    }

    [Fact]
    public void A_reload_swaps_when_all_new_workers_are_ready_and_then_retires_the_old()
    {
        Serve();
        Fleet.OnReload();
        Assert.Equal(
            [
                "notice: reloading: a new generation of workers starts beside the old one",
                "spawn W4", "ADMIT 4 of generation 2 → F1", "START → W4",
                "spawn W5", "ADMIT 5 of generation 2 → F1", "START → W5",
            ],
            Shell.Take());
        Fleet.OnReady(W(4));
        Assert.Empty(Shell.Take());
        Fleet.OnReady(W(5));
        Assert.Equal(
            [
                "INFORCE 2 → F1", "notice: reloaded: generation 2 is in force", "the reload ended well", "RETIRE 2 → F1",
                "RETIRE 3 → F1",
            ],
            Shell.Take());
        Assert.Equal(TimeSpan.FromSeconds(10), Shell.Timers[W(2)]);
        Fleet.OnIdle(W(2));
        Assert.Equal(["STOP graceful_signal → W2"], Shell.Take());
        Assert.Equal(TimeSpan.FromSeconds(5), Shell.Timers[W(2)]);
        Fleet.OnEnded(W(2), Ended);
        Assert.Equal(["GONE 2 → F1"], Shell.Take());
        Fleet.OnOverdue(W(3));
        Assert.Equal("STOP graceful_signal → W3", Shell.Take()[^1]);
        Fleet.OnOverdue(W(3));
        Assert.Equal("kill W3", Shell.Take()[^1]);
    }

    [Fact]
    public void A_reload_that_does_not_load_leaves_the_old_workers_serving()
    {
        Serve();
        Fleet.OnReload();
        Fleet.OnReady(W(4));
        Shell.Take();
        var pid = W(5).ProcessId;
        Fleet.OnFailed(W(5), "invalid syntax");
        Assert.Equal(
            [
                "Error: the reload failed, and the workers from before go on serving: "
                    + $"worker 5 (pid {pid}) could not start: invalid syntax",
                "STOP graceful_signal → W4",
                $"the reload failed: worker 5 (pid {pid}) could not start: invalid syntax",
            ],
            Shell.Take());
        Fleet.OnEnded(W(4), Ended);
        Fleet.OnEnded(W(5), new ExitStatus(1, 0, false));
        Assert.Equal(["GONE 4 → F1", "GONE 5 → F1"], Shell.Take());
        Assert.Equal(
            (1ul, 1ul, 0ul),
            (Fleet.Recycled[RecycleReason.StartFailed], Fleet.Recycled[RecycleReason.GracefulSignal],
                Fleet.Recycled[RecycleReason.Crash]));
        Assert.Equal(ChildState.Ready, W(2).State);
        Fleet.OnReload();
        Fleet.OnReady(W(6));
        Fleet.OnReady(W(7));
        Assert.Contains("INFORCE 3 → F1", Shell.Take());
    }

    [Fact]
    public void A_second_reload_gives_up_the_first()
    {
        Serve();
        Fleet.OnReload();
        Shell.Take();
        Fleet.OnReload();
        var second = Shell.Take();
        Assert.Equal(["kill W4", "kill W5"], second[..2]);
        Assert.DoesNotContain(second, static line => line.StartsWith("the reload", StringComparison.Ordinal));
        Fleet.OnEnded(W(4), Killed);
        Fleet.OnEnded(W(5), Killed);
        Fleet.OnReady(W(6));
        Fleet.OnReady(W(7));
        Assert.Contains("INFORCE 3 → F1", Shell.Take());
    }

    [Fact]
    public void A_seat_of_a_retired_generation_stays_empty()
    {
        Serve();
        Time.Advance(TimeSpan.FromMinutes(1));
        Fleet.OnReload();
        Fleet.OnEnded(W(2), Killed);
        Fleet.OnReady(W(4));
        Fleet.OnReady(W(5));
        Shell.Take();
        Fleet.OnSeatDue(Shell.WaitingSeats.Dequeue());
        Assert.Empty(Shell.Take());
    }

    [Fact]
    public void Stopping_drains_the_front_end_then_stops_the_workers_then_ends()
    {
        Serve();
        Fleet.OnTerminate();
        Assert.Equal(
            ["notice: stopping: requests that run are finished first", "close ports", "DRAIN → F1"], Shell.Take());
        Fleet.OnIdle(W(1));
        Assert.Equal(["STOP shutdown_signal → W2", "STOP shutdown_signal → W3"], Shell.Take());
        Fleet.OnEnded(W(1), Ended);
        Fleet.OnEnded(W(2), Ended);
        Fleet.OnEnded(W(3), Ended);
        Assert.Equal(["end"], Shell.Take());
    }

    [Fact]
    public void Requests_that_run_too_long_do_not_keep_the_server_from_stopping()
    {
        Serve();
        Fleet.OnTerminate();
        Shell.Take();
        Fleet.OnOverdue(W(1));
        Assert.Equal(["STOP shutdown_signal → W2", "STOP shutdown_signal → W3"], Shell.Take()[1..]);
        Fleet.OnOverdue(W(2));
        Fleet.OnOverdue(W(3));
        Assert.Equal(["kill W2", "kill W3"], Shell.Take().Where(line => line.StartsWith("kill", StringComparison.Ordinal)));
        Fleet.OnEnded(W(2), Killed);
        Fleet.OnEnded(W(3), Killed);

        // What the workers answered last still has to get out.
        Assert.Equal(FleetPolicy.LastBytes, Shell.Timers[W(1)]);
        Fleet.OnOverdue(W(1));
        Fleet.OnEnded(W(1), Killed);
        Assert.Equal("end", Shell.Lines[^1]);
    }

    [Fact]
    public void A_second_signal_ends_everything_at_once()
    {
        Serve();
        Fleet.OnTerminate();
        Shell.Take();
        Fleet.OnTerminate();
        Assert.Equal(["kill F1", "kill W2", "kill W3"], Shell.Take());
        EndAll();
        Assert.Equal("end", Shell.Lines[^1]);
    }

    [Fact]
    public void Stopping_while_starting_kills_what_loads_and_is_no_failure()
    {
        Fleet.Begin();
        Shell.Take();
        Fleet.OnTerminate();
        Assert.Equal(["close ports", "kill W2", "kill W3", "kill F1"], Shell.Take()[1..]);
        EndAll();
        Assert.Equal("end", Shell.Lines[^1]);
    }

    [Fact]
    public void A_front_end_that_dies_while_it_drains_is_not_replaced()
    {
        Serve();
        Fleet.OnTerminate();
        Shell.Take();
        Fleet.OnEnded(W(1), Killed);
        Assert.Equal(["STOP shutdown_signal → W2", "STOP shutdown_signal → W3"], Shell.Take()[^2..]);
        Fleet.OnFrontEndDue();
        Assert.Empty(Shell.Take());
    }

    [Fact]
    public void A_worker_that_dies_while_the_server_drains_is_not_replaced()
    {
        Serve();
        Fleet.OnTerminate();
        Shell.Take();
        Fleet.OnEnded(W(2), Killed);
        Assert.Empty(Shell.WaitingSeats);
        Fleet.OnIdle(W(1));
        Assert.Equal("STOP shutdown_signal → W3", Shell.Take()[^1]);
    }

    [Fact]
    public void A_reload_while_the_server_stops_is_refused()
    {
        Serve();
        Fleet.OnTerminate();
        Shell.Take();
        Fleet.OnReload();
        Assert.Equal(
            [
                "notice: the reload is not done: the server is not serving",
                "the reload failed: the server is not serving",
            ],
            Shell.Take());
    }

    [Fact]
    public void Stopping_during_a_reload_kills_the_generation_that_loads()
    {
        Serve();
        Fleet.OnReload();
        Shell.Take();
        Fleet.OnTerminate();
        Assert.Equal(
            ["close ports", "kill W4", "kill W5", "the reload failed: the server was told to stop", "DRAIN → F1"],
            Shell.Take()[1..]);
    }
}
