using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Table;
using Addergate.Supervisor.Tests.Fakes;
using Addergate.Wire.Control;

namespace Addergate.Supervisor.Tests.Fleets;

/// <summary>Several applications: F1, the shop's W2 and W3, the blog's W4.</summary>
public sealed class FleetApplicationsTests : FleetConversation
{
    public FleetApplicationsTests() => Fleet = Of(
        Samples.Application with { Name = "shop", Timeouts = Timeouts },
        Samples.Application with { Name = "blog", Timeouts = Timeouts, Workers = Samples.Workers with { Processes = 1, MaximumProcesses = 3 } });

    [Fact]
    public void Clients_are_answered_when_each_application_is()
    {
        Fleet.Begin();
        Assert.Equal(
            [(0, 1u), (0, 1u), (1, 2u)],
            Shell.Admissions.Select(static admitted => ((int)admitted.Application, admitted.Generation)));
        Shell.Take();
        Fleet.OnReady(W(1));
        Fleet.OnReady(W(3));
        Assert.Equal(["INFORCE 1 → F1"], Shell.Take());
        Fleet.OnReady(W(4));
        Assert.Equal(["INFORCE 2 → F1", "started"], Shell.Take());
    }

    [Fact]
    public void One_that_does_not_load_is_tried_again_while_the_others_are_served()
    {
        Fleet.Begin();
        Fleet.OnReady(W(1));
        Fleet.OnReady(W(2));
        Shell.Take();
        Fleet.OnFailed(W(4), "no module named blog");
        var said = Shell.Take();
        Assert.Equal("INFORCE 2 → F1", said[0]);
        Assert.Contains(said, static line => line.StartsWith(
            "Error: blog could not be loaded, the other applications are served: no module named blog", StringComparison.Ordinal));
        Assert.Equal("started", said[^1]);
        Assert.Equal((FleetPhase.Serving, "no module named blog"), (Fleet.Phase, Fleet.Pools[1].Failure));
        Fleet.OnEnded(W(4), Ended);
        Shell.Take();
        Fleet.OnSeatDue(Shell.WaitingSeats.Dequeue());
        Assert.Equal("spawn W5", Shell.Take()[0]);
        Fleet.OnReady(W(5));
        Assert.Null(Fleet.Pools[1].Failure);
        Assert.Equal(ChildState.Ready, W(5).State);
    }

    [Fact]
    public void When_none_loads_the_server_does_not_start()
    {
        Fleet.Begin();
        Fleet.OnFailed(W(2), "no shop");
        Assert.Equal(FleetPhase.Starting, Fleet.Phase);
        Fleet.OnFailed(W(4), "no blog");
        Assert.Equal(FleetPhase.Stopping, Fleet.Phase);
        EndAll();
        Assert.Equal("end: shop: no shop\nblog: no blog", Shell.Take()[^1]);
    }

    [Fact]
    public void A_reload_ends_when_the_last_of_them_is_loaded()
    {
        Serve();
        Fleet.OnReload();
        Shell.Take();
        Fleet.OnReady(W(7));
        Assert.Equal(["INFORCE 4 → F1", "notice: reloaded of blog: generation 4 is in force", "RETIRE 4 → F1"], Shell.Take());
        Fleet.OnReady(W(5));
        Fleet.OnFailed(W(6), "syntax error");
        var said = Shell.Take();
        Assert.Contains(said, static line => line.StartsWith("Error: the reload of shop failed", StringComparison.Ordinal));
        Assert.StartsWith("the reload failed: worker 6 of shop", said[^1], StringComparison.Ordinal);
        Assert.Equal(ChildState.Ready, W(2).State);
    }

    [Fact]
    public void A_reload_that_is_asked_for_again_forgets_what_failed_before()
    {
        Serve();
        Fleet.OnReload(Fleet.Pools[0], RecycleReason.ScriptReload);
        Fleet.OnReload(Fleet.Pools[1], RecycleReason.ScriptReload);
        Fleet.OnFailed(W(7), "typo");
        Fleet.OnReload();
        Shell.Take();
        foreach (var child in Fleet.Children.Where(static child => child.State == ChildState.Starting).ToArray())
        {
            Fleet.OnReady(child);
        }

        Assert.Contains("the reload ended well", Shell.Take());
        Assert.All(Fleet.Pools, static pool => Assert.Null(pool.ReloadFailure));
    }

    [Fact]
    public void One_that_failed_to_load_is_not_forgotten_when_another_is_reloaded()
    {
        Serve();
        Fleet.OnReload(Fleet.Pools[0], RecycleReason.ScriptReload);
        Fleet.OnFailed(W(5), "typo");
        Fleet.OnReload(Fleet.Pools[1], RecycleReason.ScriptReload);
        Shell.Take();
        Fleet.OnReady(Fleet.Children[^1]);
        Assert.Contains("typo", Shell.Take().Single(static line => line.StartsWith("the reload failed", StringComparison.Ordinal)));
    }

    [Fact]
    public void Seats_of_one_that_could_not_be_started_are_all_tried_again()
    {
        Fleet = Of(
            Samples.Application with { Name = "blog", Timeouts = Timeouts },
            Samples.Application with { Name = "shop", Timeouts = Timeouts });
        Fleet.Begin();
        Fleet.OnFailed(W(2), "no memory");
        Fleet.OnEnded(W(2), Ended);
        Fleet.OnFailed(W(3), "no memory");
        Fleet.OnEnded(W(3), Ended);
        Assert.Equal(2, Shell.WaitingSeats.Count);
        Assert.Equal(2, Shell.WaitingSeats.Distinct().Count());
    }

    [Fact]
    public void One_is_reloaded_without_the_others()
    {
        Serve();
        Fleet.OnReload(Fleet.Pools[1], RecycleReason.ScriptReload);
        Assert.Equal(["spawn W5", "ADMIT 5 of generation 3 → F1", "START → W5"], Shell.Take()[1..]);
        Fleet.OnReady(W(5));
        Assert.Contains("the reload ended well", Shell.Take());
        Assert.Equal((1u, 3u), (Fleet.Pools[0].InForce!.Number, Fleet.Pools[1].InForce!.Number));
    }

    [Fact]
    public void Requests_that_wait_for_one_get_workers_for_that_one()
    {
        Serve();
        Fleet.OnLoad(new LoadMessage([default, new QueueLoad(9, 5000, 0, 0)], []));
        Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((2, 2), (Fleet.Pools[0].InForce!.Seats.Count, Fleet.Pools[1].InForce!.Seats.Count));
        Assert.Equal((9u, 5000u), (Fleet.Waiting.Waiting, Fleet.Waiting.OldestWaitMilliseconds));
    }

    [Fact]
    public void A_new_front_end_hears_of_all_of_them()
    {
        Serve();
        Fleet.OnEnded(W(1), Killed);
        Shell.Take();
        Fleet.OnFrontEndDue();
        var said = Shell.Take();
        Assert.Contains("INFORCE 1 → F5", said);
        Assert.Contains("INFORCE 2 → F5", said);
    }
}
