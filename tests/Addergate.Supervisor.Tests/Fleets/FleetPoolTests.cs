using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Table;
using Addergate.Supervisor.Tests.Fakes;

namespace Addergate.Supervisor.Tests.Fleets;

/// <summary>A pool that grows and shrinks.</summary>
public sealed class FleetPoolTests : FleetConversation
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public FleetPoolTests() => Fleet = With(Samples.Workers with { MaximumProcesses = 4 }, Timeouts);

    [Fact]
    public void It_grows_while_requests_wait_one_step_at_a_time_up_to_its_limit()
    {
        Serve();
        Report(199, (2, 0, 5, 0));
        Pass(Second);
        Assert.Empty(Shell.Take());
        Report(200, (2, 0, 5, 0));
        Pass(Second);
        Assert.Equal(["spawn W4", "ADMIT 4 of generation 1 → F1", "START → W4"], Shell.Take());
        Pass(Second);
        Assert.Empty(Shell.Take());
        Fleet.OnReady(W(4));
        Pass(Second);
        Assert.Equal("spawn W5", Shell.Take()[0]);
        Fleet.OnReady(W(5));
        Pass(Second);
        Assert.Empty(Shell.Take());
    }

    [Fact]
    public void It_shrinks_again_when_fewer_workers_would_do_the_least_busy_one_first()
    {
        Serve();
        Report(1000);
        Pass(Second);
        Fleet.OnReady(W(4));
        Time.Advance(Second);
        Report(0, (2, 90, 0, 100), (3, 80, 1, 0), (4, 70, 0, 900));
        Shell.Take();
        Pass(TimeSpan.FromSeconds(28));
        Assert.Empty(Shell.Take());
        Pass(Second);
        Assert.Equal(["RETIRE 4 → F1"], Shell.Take());
        Fleet.OnIdle(W(4));
        Fleet.OnEnded(W(4), Ended);
        Assert.Equal(["STOP pool_shrink → W4", "GONE 4 → F1"], Shell.Take());
        Pass(TimeSpan.FromHours(1));
        Assert.Empty(Shell.Take());
        Assert.Equal(1ul, Fleet.Recycled[RecycleReason.PoolShrink]);
    }

    [Fact]
    public void It_stays_as_it_is_while_the_work_needs_it()
    {
        Serve();
        Report(1000);
        Pass(Second);
        Fleet.OnReady(W(4));
        Shell.Take();
        Report(0, (2, 0, 3, 0), (3, 0, 3, 0));
        Pass(TimeSpan.FromHours(1));
        Assert.Empty(Shell.Take());
    }

    [Fact]
    public void It_does_not_grow_beyond_the_memory_there_is_and_says_so_once()
    {
        Serve();
        Shell.Usage[2] = new(80 << 20, TimeSpan.Zero);
        Shell.Spare = 99 << 20;
        Report(1000);
        Pass(Second);
        Assert.StartsWith("Warning: requests wait, but there is no memory", Assert.Single(Shell.Take()));
        Pass(Second);
        Assert.Empty(Shell.Take());
        Shell.Spare = 101 << 20;
        Pass(Second);
        Assert.Equal("spawn W4", Shell.Take()[0]);
    }

    [Fact]
    public void A_worker_more_and_a_worker_fewer_on_request()
    {
        Fleet = With(Samples.Workers, Timeouts);
        Serve();
        Fleet.Grow();
        Assert.Equal(["notice: the pool is to have 3 workers", "spawn W4"], Shell.Take()[..2]);
        Fleet.OnReady(W(4));
        Fleet.Shrink();
        Fleet.Shrink();
        Assert.Equal(2, Shell.Take().Count(static line => line.StartsWith("RETIRE", StringComparison.Ordinal)));
        Fleet.Shrink();
        Assert.Equal(["notice: the pool has one worker already"], Shell.Take());
        Assert.Single(Fleet.Children, static child => child is { Role: ChildRole.Worker, State: ChildState.Ready });
    }

    [Fact]
    public void A_worker_that_is_still_loading_goes_first_when_there_are_to_be_fewer()
    {
        Serve();
        Fleet.Grow();
        Shell.Take();
        Fleet.Shrink();
        // Its slots may have connected a moment ago: the front end says when nothing runs in it.
        Assert.Equal(["RETIRE 4 → F1"], Shell.Take()[1..]);
        Fleet.OnIdle(W(4));
        Assert.Equal(["kill W4"], Shell.Take());
        Fleet.OnEnded(W(4), Killed);
        Assert.Empty(Shell.WaitingSeats);
    }

    [Fact]
    public void A_reload_keeps_the_size()
    {
        Serve();
        Fleet.Grow();
        Fleet.OnReady(W(4));
        Fleet.OnReload();
        Assert.Equal(3, Fleet.Children.Count(static child => child.State == ChildState.Starting));
        Fleet.Grow();
        Assert.Equal(5, Fleet.Children.Count(static child => child.State == ChildState.Starting));
        foreach (var child in Fleet.Children.Where(static child => child.State == ChildState.Starting).ToArray())
        {
            Fleet.OnReady(child);
        }

        Pass(Second);
        foreach (var child in Fleet.Children.Where(static child => child.State == ChildState.Starting).ToArray())
        {
            Fleet.OnReady(child);
        }

        Assert.Equal(4, Fleet.Children.Count(static child => child.State == ChildState.Ready && child.Seat?.Generation.Number == 2));
    }

    [Fact]
    public void A_worker_that_was_to_be_replaced_and_goes_with_the_pool_makes_room_for_the_next()
    {
        Serve();
        Fleet.OnWornOut(2);
        Fleet.OnWornOut(3);
        Time.Advance(Second);
        Report(0, (2, 1, 0, 0), (3, 1, 1, 0));
        Shell.Take();
        Fleet.Shrink();
        Assert.Equal(["RETIRE 4 → F1", "RETIRE 2 → F1", "spawn W5"], Shell.Take()[1..4]);
        Fleet.OnIdle(W(4));
        Fleet.OnEnded(W(4), Killed);
        Fleet.OnReady(W(5));
        Assert.Equal("RETIRE 3 → F1", Shell.Take()[^1]);
    }
}
