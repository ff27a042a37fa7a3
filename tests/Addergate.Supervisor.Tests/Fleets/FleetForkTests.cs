using Addergate.Posix.Processes;
using Addergate.Supervisor.Fleets;

namespace Addergate.Supervisor.Tests.Fleets;

/// <summary>Workers that are forked from a template have their pid later than others.</summary>
public sealed class FleetForkTests : FleetConversation
{
    [Fact]
    public void A_worker_is_admitted_and_started_once_it_has_a_pid()
    {
        Shell.Forks = true;
        Fleet.Begin();
        Assert.Equal(["spawn F1", "spawn W2", "spawn W3"], Shell.Take());
        Assert.Equal(TimeSpan.FromSeconds(15), Shell.Timers[W(3)]);
        Fleet.OnForked(Shell.Forked(W(3)));
        Assert.Equal(["ADMIT 3 of generation 1 → F1", "START → W3"], Shell.Take());
        Fleet.OnReady(W(1));
        Fleet.OnReady(W(3));
        Assert.Equal(["INFORCE 1 → F1", "started"], Shell.Take());
    }

    [Fact]
    public void A_new_front_end_is_not_told_of_a_worker_without_a_pid()
    {
        Shell.Forks = true;
        Fleet.Begin();
        Fleet.OnForked(Shell.Forked(W(2)));
        Fleet.OnReady(W(1));
        Fleet.OnReady(W(2));
        Shell.Take();
        Fleet.OnEnded(W(1), Killed);
        Fleet.OnFrontEndDue();
        Assert.Equal(["spawn F4", "ADMIT 2 of generation 1 → F4", "INFORCE 1 → F4"], Shell.Take()[^3..]);
    }

    [Fact]
    public void A_template_that_does_not_load_is_the_workers_failure()
    {
        Shell.Forks = true;
        Fleet.Begin();
        Shell.Take();
        Fleet.OnFailed(W(2), "no module named spam");
        Assert.Equal(["close ports", "kill F1", "kill W2", "kill W3"], Shell.Take());
        Fleet.OnEnded(W(2), new ExitStatus(1, 0, false));
        Fleet.OnEnded(W(3), new ExitStatus(1, 0, false));
        Assert.Empty(Shell.Take());
        Fleet.OnEnded(W(1), Killed);
        Assert.Equal(["end: no module named spam"], Shell.Take());
    }

    [Fact]
    public void A_worker_that_is_forked_when_it_is_not_wanted_any_more_is_killed()
    {
        Shell.Forks = true;
        Fleet.Begin();
        Fleet.OnReady(W(1));
        Fleet.OnForked(Shell.Forked(W(2)));
        Fleet.OnReady(W(2));
        Fleet.OnOverdue(W(3));
        Assert.Contains("kill W3", Shell.Take());
        Fleet.OnForked(Shell.Forked(W(3)));
        Assert.Equal(["kill W3"], Shell.Take());
    }

    [Fact]
    public void Templates_are_wanted_for_what_serves_and_for_what_loads()
    {
        Fleet.Begin();
        Assert.True(Fleet.MayStartIn(1));
        Fleet.OnReady(W(1));
        Fleet.OnReady(W(2));
        Fleet.OnReady(W(3));
        Fleet.OnReload();
        Assert.Equal([true, true, false], new uint[] { 1, 2, 3 }.Select(Fleet.MayStartIn));
        Fleet.OnReady(W(4));
        Fleet.OnReady(W(5));
        Assert.Equal([false, true], new uint[] { 1, 2 }.Select(Fleet.MayStartIn));
        Fleet.OnTerminate();
        Assert.False(Fleet.MayStartIn(2));
    }
}
