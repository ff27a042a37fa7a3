using Addergate.Settings.Model;
using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Tests.Fakes;

namespace Addergate.Supervisor.Tests.Fleets;

/// <summary>An application and the scripts that decide on access: F1, W2 and the scripts' W3.</summary>
public sealed class FleetAccessTests : FleetConversation
{
    public FleetAccessTests()
    {
        var one = Samples.Workers with { Processes = 1, MaximumProcesses = 1 };
        Fleet = Of(
            Samples.Application with { Timeouts = Timeouts, Workers = one },
            Samples.Application with
            {
                Name = HostedApplication.AccessName,
                Application = Samples.Application.Application with { Type = ApplicationType.Access },
                Timeouts = Timeouts,
                Workers = one,
            });
    }

    [Fact]
    public void Nobody_is_served_before_it_can_be_decided_who_may_be()
    {
        Fleet.Begin();
        Fleet.OnReady(W(1));
        Fleet.OnReady(W(2));
        Assert.Equal(FleetPhase.Starting, Fleet.Phase);
        Fleet.OnReady(W(3));
        Assert.Equal(FleetPhase.Serving, Fleet.Phase);
    }

    [Fact]
    public void Scripts_that_do_not_load_are_the_servers_end()
    {
        Fleet.Begin();
        Fleet.OnReady(W(1));
        Fleet.OnReady(W(2));
        Fleet.OnFailed(W(3), "no function check_password");
        EndAll();
        Assert.Equal("end: the scripts that decide on access: no function check_password", Shell.Take()[^1]);
    }

    [Fact]
    public void An_application_that_does_not_load_is_the_servers_end_too()
    {
        Fleet.Begin();
        Fleet.OnReady(W(3));
        Fleet.OnFailed(W(2), "no shop");
        EndAll();
        Assert.Equal("end: no shop", Shell.Take()[^1]);
    }

    [Fact]
    public void The_pool_that_grows_is_the_applications()
    {
        Serve();
        Fleet.Grow();
        Assert.Equal((2, 1), (Fleet.Pools[0].InForce!.Seats.Count, Fleet.Pools[1].InForce!.Seats.Count));
    }
}
