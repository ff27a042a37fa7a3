using Addergate.Posix.Processes;
using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Table;
using Addergate.Supervisor.Tests.Fakes;
using Addergate.Wire.Control;

namespace Addergate.Supervisor.Tests.Fleets;

/// <summary>What is looked at once a second.</summary>
public sealed class FleetWatchTests : FleetConversation
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Workers_are_asked_every_two_seconds_and_none_that_answers_is_troubled()
    {
        Fleet = With(Samples.Workers, Timeouts with { Deadlock = TimeSpan.FromSeconds(10) });
        Serve();
        for (var second = 0; second < 100; second++)
        {
            Pass(Second);
            var lines = Shell.Take();
            Assert.Equal(second % 2 == 0 ? ["PING → W2", "PING → W3"] : [], lines);
            Fleet.OnAnswer(W(2));
            Fleet.OnAnswer(W(3));
        }
    }

    [Fact]
    public void A_worker_that_does_not_answer_shows_its_stacks_then_is_killed_and_replaced()
    {
        Fleet = With(Samples.Workers, Timeouts with { Deadlock = TimeSpan.FromSeconds(10) });
        Serve();
        Pass(Second);
        Fleet.OnAnswer(W(3));
        Shell.Take();
        for (var second = 0; second < 10; second++)
        {
            Assert.DoesNotContain("dump W2", Shell.Take());
            Pass(Second);
            Fleet.OnAnswer(W(3));
        }

        Assert.Contains("dump W2", Shell.Take());
        Pass(Second);
        Assert.DoesNotContain("dump W2", Shell.Take());
        Fleet.OnStacksDumped(W(2));
        Assert.Equal(["kill W2", "spawn W4", "ADMIT 4 of generation 1 → F1", "START → W4"], Shell.Take());
        Fleet.OnEnded(W(2), Killed);
        Assert.Equal(["GONE 2 → F1"], Shell.Take());
        Assert.Equal(1ul, Fleet.Recycled[RecycleReason.DeadlockTimeout]);
        Assert.Equal(0ul, Fleet.Recycled[RecycleReason.Crash]);
    }

    [Fact]
    public void A_worker_that_stands_still_while_it_is_replaced_goes_and_its_replacement_comes()
    {
        Fleet = With(Samples.Workers, Timeouts with { Deadlock = TimeSpan.FromSeconds(3) });
        Serve();
        Fleet.OnWornOut(2);
        Silence();
        Shell.Take();
        Fleet.OnStacksDumped(W(2));
        Assert.Equal(["kill W2"], Shell.Take());
        Fleet.OnReady(W(4));
        Assert.Empty(Shell.Take());
    }

    [Fact]
    public void A_worker_that_stands_still_while_it_drains_is_killed_early()
    {
        Fleet = With(Samples.Workers, Timeouts with { Deadlock = TimeSpan.FromSeconds(3) });
        Serve();
        Fleet.OnWornOut(2);
        Fleet.OnReady(W(4));
        Silence();
        Assert.Contains("dump W2", Shell.Take());
        Fleet.OnStacksDumped(W(2));
        Assert.Equal(["kill W2"], Shell.Take());
    }

    [Fact]
    public void Nobody_is_asked_without_a_timeout()
    {
        Serve();
        Pass(TimeSpan.FromHours(1));
        Assert.Empty(Shell.Take());
    }

    [Fact]
    public void A_supervisor_that_stood_still_does_not_take_it_for_silence()
    {
        Fleet = With(Samples.Workers, Timeouts with { Deadlock = TimeSpan.FromSeconds(10) });
        Serve();
        Pass(Second);
        Time.Advance(TimeSpan.FromHours(1));
        Fleet.OnTick();
        Assert.Equal(["PING → W2", "PING → W3"], Shell.Take());
    }

    [Fact]
    public void A_clock_that_is_set_makes_no_difference()
    {
        Fleet = With(
            Samples.Workers with { RecycleJitter = 0 },
            Timeouts with
            {
                Deadlock = TimeSpan.FromSeconds(10),
                RestartInterval = TimeSpan.FromHours(1),
                Inactivity = TimeSpan.FromMinutes(10),
            });
        Serve();
        Report(0, (2, 5, 0, 0), (3, 5, 0, 0));
        foreach (var hours in (double[])[5, -48, 10_000, -20_000])
        {
            Time.SetClock(TimeSpan.FromHours(hours));
            Pass(Second);
        }

        Assert.DoesNotContain(Shell.Take(), static line => !line.StartsWith("PING", StringComparison.Ordinal));
    }

    [Fact]
    public void Workers_are_replaced_at_an_age_that_differs_by_jitter()
    {
        Fleet = With(
            Samples.Workers with { RecycleJitter = 10 }, Timeouts with { RestartInterval = TimeSpan.FromSeconds(1000) });
        Serve();
        Pass(TimeSpan.FromSeconds(899));
        Assert.Empty(Shell.Take());
        Assert.All([W(2), W(3)], static worker => Assert.InRange(worker.ServesFor!.Value.TotalSeconds, 900, 1100));
        Assert.NotEqual(W(2).ServesFor, W(3).ServesFor);
        Pass(TimeSpan.FromSeconds(202));
        Assert.Equal("spawn W4", Shell.Take()[0]);
        Fleet.OnReady(W(4));
        Fleet.OnIdle(W(2));
        Assert.Contains("STOP restart_interval → W2", Shell.Take());
        Assert.Equal(ChildState.Ready, W(3).State);
    }

    [Fact]
    public void A_worker_that_grew_too_large_is_replaced()
    {
        Fleet = With(Samples.Workers with { MemoryLimit = 100 << 20 }, Timeouts);
        Use(2, 50);
        Use(3, 50);
        Serve();
        Pass(Second);
        Use(2, 99);
        Pass(Second);
        Assert.Empty(Shell.Take());
        Use(2, 100);
        Pass(Second);
        Assert.Equal(
            [$"Warning: worker 2 (pid {W(2).ProcessId}) is replaced: memory_limit", "spawn W4"], Shell.Take()[..2]);
    }

    [Fact]
    public void A_worker_that_is_too_large_from_the_start_is_kept_and_that_is_said()
    {
        Fleet = With(Samples.Workers with { MemoryLimit = 100 << 20 }, Timeouts);
        Fleet.Begin();
        Use(2, 120);
        Use(3, 20);
        Fleet.OnReady(W(1));
        Shell.Take();
        Fleet.OnReady(W(2));
        Fleet.OnReady(W(3));
        Assert.Contains("--memory-limit", Assert.Single(
            Shell.Take(), static line => line.StartsWith("Warning", StringComparison.Ordinal)));
        Pass(Second);
        Use(2, 150);
        Pass(Second);
        Assert.Empty(Shell.Take());
    }

    [Fact]
    public void A_worker_that_used_up_its_cpu_time_is_replaced()
    {
        Fleet = With(Samples.Workers with { CpuTimeLimit = TimeSpan.FromSeconds(30) }, Timeouts);
        Use(3, 1, 2);
        Serve();
        Use(3, 1, 29.9);
        Pass(Second);
        Assert.Empty(Shell.Take());
        Use(3, 1, 30);
        Pass(Second);
        Assert.Contains("cpu_time_limit", Shell.Take()[0]);
    }

    [Fact]
    public void An_idle_worker_that_has_served_is_replaced_and_its_replacement_is_left_alone()
    {
        Fleet = With(Samples.Workers, Timeouts with { Inactivity = TimeSpan.FromMinutes(5) });
        Fleet.Begin();
        Time.Advance(Second);
        Fleet.OnReady(W(1));
        Fleet.OnReady(W(2));
        Fleet.OnReady(W(3));
        Time.Advance(Second);

        // Of 3's requests, and of those to come, none counts.
        Report(0, (2, 7, 0, 500), (3, 2, 1, WorkerLoad.NeverActive));
        Pass(TimeSpan.FromMinutes(4.9));
        Shell.Take();
        Pass(TimeSpan.FromMinutes(0.1));
        Assert.Equal("spawn W4", Shell.Take()[0]);
        Time.Advance(Second);
        Fleet.OnReady(W(4));
        Fleet.OnIdle(W(2));
        Fleet.OnEnded(W(2), Ended);
        Assert.Equal(1ul, Fleet.Recycled[RecycleReason.InactivityTimeout]);
        Report(0, (3, 9, 1, WorkerLoad.NeverActive), (4, 3, 1, WorkerLoad.NeverActive));
        Shell.Take();
        Pass(TimeSpan.FromHours(1));
        Assert.Empty(Shell.Take());
    }

    [Fact]
    public void A_worker_with_one_long_request_is_not_idle()
    {
        Fleet = With(Samples.Workers, Timeouts with { Inactivity = TimeSpan.FromMinutes(5) });
        Serve();
        Time.Advance(Second);
        Report(0, (2, 7, 1, 0));
        Pass(TimeSpan.FromHours(1));
        Assert.Empty(Shell.Take());
        Report(0, (2, 8, 0, 100));
        Pass(TimeSpan.FromMinutes(4));
        Assert.Empty(Shell.Take());
        Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("spawn W4", Shell.Take()[0]);
    }

    [Fact]
    public void A_new_front_end_is_told_how_many_requests_a_worker_has_left()
    {
        Fleet = With(Samples.Workers with { MaximumRequests = 100, RecycleJitter = 0 }, Timeouts);
        Serve();
        Time.Advance(Second);
        Report(0, (2, 30, 0, 0), (3, 100, 2, 0));
        Assert.Equal([100ul, 100ul], Shell.Admissions.Select(static admit => admit.MaximumRequests));
        Fleet.OnEnded(W(1), Killed);
        Fleet.OnFrontEndDue();
        Assert.Equal([70ul, 1ul], Shell.Admissions[2..].Select(static admit => admit.MaximumRequests));
        Report(0, (2, 5, 0, 0));
        Assert.Equal(35ul, W(2).Activity.Completed);
    }

    [Fact]
    public void Failed_starts_are_tried_again_at_once_when_a_source_file_changes()
    {
        Serve();
        Time.Advance(TimeSpan.FromMinutes(1));
        Fleet.OnEnded(W(2), Killed);
        Fleet.OnSeatDue(Shell.WaitingSeats.Dequeue());
        Fleet.OnFailed(W(4), "invalid syntax");
        Fleet.OnEnded(W(4), Ended);
        Shell.Take();
        Fleet.OnSourceChanged(Fleet.Pools[0]);
        Assert.Equal("spawn W5", Shell.Take()[0]);
        Fleet.OnSourceChanged(Fleet.Pools[0]);
        Assert.Empty(Shell.Take());
        Fleet.OnReady(W(5));
        Shell.Take();
        Fleet.OnSeatDue(Shell.WaitingSeats.Dequeue());
        Fleet.OnSourceChanged(Fleet.Pools[0]);
        Assert.Empty(Shell.Take());
    }

    [Fact]
    public void Time_passes_without_effect_before_the_server_serves_and_while_it_stops()
    {
        Fleet = With(
            Samples.Workers with { MemoryLimit = 1 },
            Timeouts with { Deadlock = Second, RestartInterval = Second, Inactivity = Second });
        Fleet.Begin();
        Shell.Take();
        Pass(TimeSpan.FromHours(1));
        Assert.Empty(Shell.Take());
        Fleet.OnReady(W(1));
        Fleet.OnReady(W(2));
        Fleet.OnTerminate();
        Shell.Take();
        Pass(TimeSpan.FromHours(1));
        Assert.Empty(Shell.Take());
    }

    /// <summary>Worker 2 falls silent; the others answer.</summary>
    private void Silence()
    {
        for (var second = 0; second < 6; second++)
        {
            Pass(Second);
            foreach (var child in Fleet.Children.Where(static child => child.Number != 2))
            {
                Fleet.OnAnswer(child);
            }
        }
    }

    private void Use(uint worker, int mebibytes, double cpuSeconds = 0) =>
        Shell.Usage[worker] = new ProcessUsage((long)mebibytes << 20, TimeSpan.FromSeconds(cpuSeconds));
}
