using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Table;
using Addergate.Wire.Control;

namespace Addergate.Supervisor.Tests.Fleets;

/// <summary>Single workers replaced while they serve.</summary>
public sealed class FleetRecyclingTests : FleetConversation
{
    [Fact]
    public void A_worn_out_worker_serves_until_its_replacement_is_ready()
    {
        Serve();
        Fleet.OnWornOut(2);
        Assert.Equal(["spawn W4", "ADMIT 4 of generation 1 → F1", "START → W4"], Shell.Take());
        Assert.Equal(ChildState.Ready, W(2).State);
        Fleet.OnReady(W(4));
        Assert.Equal(["RETIRE 2 → F1"], Shell.Take());
        Fleet.OnIdle(W(2));
        Assert.Equal(["STOP maximum_requests → W2"], Shell.Take());
        Fleet.OnEnded(W(2), Ended);
        Assert.Equal(["GONE 2 → F1"], Shell.Take());
        Assert.Equal(1ul, Fleet.Recycled[RecycleReason.MaximumRequests]);
        Assert.Equal(0ul, Fleet.Recycled[RecycleReason.Crash]);
        Assert.Empty(Shell.WaitingSeats);
    }

    [Fact]
    public void A_replacement_that_a_reload_overtakes_may_serve_already_and_finishes_first()
    {
        Serve();
        Fleet.OnWornOut(2);
        Fleet.OnReload();
        Shell.Take();
        Fleet.OnReady(W(5));
        Fleet.OnReady(W(6));
        Assert.Equal(ChildState.Draining, W(4).State);
        Assert.Contains("RETIRE 4 → F1", Shell.Take());
        // READY was under way when it was retired.
        Fleet.OnReady(W(4));
        Fleet.OnIdle(W(4));
        Assert.Equal(["STOP graceful_signal → W4"], Shell.Take());
    }

    [Fact]
    public void Each_worker_is_replaced_in_its_turn_and_once()
    {
        Serve();
        Fleet.OnWornOut(2);
        Fleet.OnStuck(3);
        Fleet.OnWornOut(2);
        Fleet.OnWornOut(3);
        Assert.Equal(
            [
                "spawn W4", "ADMIT 4 of generation 1 → F1", "START → W4",
                $"Warning: worker 3 (pid {W(3).ProcessId}) is replaced: request_timeout",
            ],
            Shell.Take());
        Fleet.OnReady(W(4));
        Assert.Equal(
            ["RETIRE 2 → F1", "spawn W5", "ADMIT 5 of generation 1 → F1", "START → W5"], Shell.Take());
        Fleet.OnReady(W(5));
        Assert.Equal(["RETIRE 3 → F1"], Shell.Take());
        Fleet.OnIdle(W(3));
        Assert.Equal(["STOP request_timeout → W3"], Shell.Take());
    }

    [Fact]
    public void A_replacement_that_does_not_start_leaves_the_worker_serving_and_is_tried_again_until_it_does()
    {
        Serve();
        Time.Advance(TimeSpan.FromMinutes(1));
        Fleet.OnWornOut(2);
        for (var number = 4u; number < 10; number++)
        {
            Fleet.OnFailed(W(number), "the database is away");
            Fleet.OnEnded(W(number), new(1, 0, false));
            Assert.Equal(ChildState.Ready, W(2).State);
            Fleet.OnSeatDue(Shell.WaitingSeats.Dequeue());
        }

        Assert.InRange(Shell.LastDelay.TotalSeconds, 2.56, 3.2);
        Shell.Take();
        Fleet.OnReady(W(10));
        Assert.Equal(["RETIRE 2 → F1"], Shell.Take());
    }

    [Fact]
    public void A_worker_that_dies_before_its_replacement_is_ready_is_replaced_by_it()
    {
        Serve();
        Fleet.OnWornOut(2);
        Shell.Take();
        var pid = W(2).ProcessId;
        Fleet.OnEnded(W(2), Killed);
        Assert.Equal(
            [
                "GONE 2 → F1",
                $"Error: worker 2 (pid {pid}) was killed by SIGKILL; its replacement was on the way already",
            ],
            Shell.Take());
        Fleet.OnReady(W(4));
        Assert.Empty(Shell.Take());
        Fleet.OnWornOut(4);
        Assert.Contains("spawn W5", Shell.Take());
        Assert.Equal(1ul, Fleet.Recycled[RecycleReason.Crash]);
    }

    [Fact]
    public void A_worker_that_dies_while_its_replacement_waits_to_be_tried_again_is_replaced_once()
    {
        Serve();
        Time.Advance(TimeSpan.FromMinutes(1));
        Fleet.OnWornOut(2);
        Fleet.OnFailed(W(4), "no");
        Fleet.OnEnded(W(2), Killed);
        Assert.Equal(2, Shell.WaitingSeats.Count);
        Shell.Take();
        Fleet.OnSeatDue(Shell.WaitingSeats.Dequeue());
        Assert.Contains("spawn W5", Shell.Take());
        Fleet.OnReady(W(5));
        Shell.Take();
        Fleet.OnSeatDue(Shell.WaitingSeats.Dequeue());
        Assert.Empty(Shell.Take());
    }

    [Fact]
    public void A_reload_takes_the_place_of_replacements()
    {
        Serve();
        Fleet.OnWornOut(2);
        Fleet.OnWornOut(3);
        Fleet.OnReload();
        Fleet.OnReady(W(5));
        Shell.Take();
        Fleet.OnReady(W(6));
        Assert.Equal(
            [
                "INFORCE 2 → F1", "notice: reloaded: generation 2 is in force", "the reload ended well", "RETIRE 4 → F1",
                "RETIRE 2 → F1", "RETIRE 3 → F1",
            ],
            Shell.Take());
        Fleet.OnIdle(W(4));
        Fleet.OnEnded(W(4), Killed);
        Fleet.OnIdle(W(2));
        Assert.Equal(["kill W4", "GONE 4 → F1", "STOP graceful_signal → W2"], Shell.Take());
        Fleet.OnWornOut(3);
        Assert.Empty(Shell.Take());
        Fleet.OnWornOut(5);
        Assert.Contains("spawn W7", Shell.Take());
    }

    [Fact]
    public void Stopping_ends_the_replacement_and_stops_the_worker()
    {
        Serve();
        Fleet.OnWornOut(2);
        Shell.Take();
        Fleet.OnTerminate();
        Assert.Equal(["close ports", "RETIRE 4 → F1", "DRAIN → F1"], Shell.Take()[1..]);
        Fleet.OnIdle(W(4));
        Fleet.OnEnded(W(4), Killed);
        Fleet.OnIdle(W(1));
        Assert.Equal(
            ["kill W4", "GONE 4 → F1", "STOP shutdown_signal → W2", "STOP shutdown_signal → W3"], Shell.Take());
        Fleet.OnWornOut(3);
        Assert.Empty(Shell.Take());
    }

    [Fact]
    public void A_worker_is_evicted_by_its_process()
    {
        Serve();
        Assert.True(Fleet.Evict(W(3).ProcessId));
        Assert.False(Fleet.Evict(W(3).ProcessId), "it goes already");
        Assert.False(Fleet.Evict(W(1).ProcessId), "the front end is no worker");
        Assert.False(Fleet.Evict(4711));
        Fleet.OnReady(W(4));
        Assert.Equal(Timeouts.Eviction, Shell.Timers[W(3)]);
        Fleet.OnIdle(W(3));
        Assert.Equal("STOP eviction_signal → W3", Shell.Lines[^1]);
    }

    [Fact]
    public void A_slow_request_is_described_by_its_worker()
    {
        Serve();
        Fleet.OnSlowRequest(new RequestMessage(ControlKind.Slow, 3, 1, 42, "id-7", "GET /slow"));
        Fleet.OnSlowRequest(new RequestMessage(ControlKind.Slow, 99, 1, 42, "id-7", "GET /slow"));
        Assert.Equal("DESCRIBE 1/42 → W3", Assert.Single(Shell.Take()));
    }

    [Fact]
    public void An_overdue_request_is_passed_on_to_its_worker()
    {
        Serve();
        var overdue = new RequestMessage(ControlKind.Overdue, 3, 1, 42, "id-7", "GET /slow");
        Fleet.OnOverdueRequest(overdue);
        Assert.Equal(
            [
                $"Warning: worker 3 (pid {W(3).ProcessId}), thread 1: GET /slow ran for longer than --request-timeout "
                    + "allows and is interrupted (request id-7)",
                "INTERRUPT 1/42 → W3",
            ],
            Shell.Take());
        Fleet.OnEnded(W(3), Killed);
        Shell.Take();
        Fleet.OnOverdueRequest(overdue);
        Fleet.OnStuck(3);
        Assert.Empty(Shell.Take());
    }
}
