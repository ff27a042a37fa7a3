using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Tests.Fakes;

namespace Addergate.Supervisor.Tests.Fleets;

/// <summary>A server without an application: nothing but the front end.</summary>
public sealed class FleetWithoutWorkersTests : FleetConversation
{
    public FleetWithoutWorkersTests() =>
        Fleet = With(Samples.Workers with { Processes = 0, MaximumProcesses = 0 }, Timeouts);

    [Fact]
    public void It_serves_when_the_front_end_is_ready()
    {
        Fleet.Begin();
        Assert.Equal(["spawn F1", "INFORCE 1 → F1"], Shell.Take());
        Fleet.OnReady(W(1));
        Assert.Equal(["started"], Shell.Take());
        Pass(TimeSpan.FromMinutes(2));
        Report(oldestWait: 0);
        Pass(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain(Shell.Take(), static done => done.StartsWith("spawn", StringComparison.Ordinal));
    }

    [Fact]
    public void It_cannot_grow_or_shrink_but_reload()
    {
        Serve();
        Fleet.Grow();
        Fleet.Shrink();
        Assert.DoesNotContain(Shell.Take(), static done => done.StartsWith("spawn", StringComparison.Ordinal));
        Fleet.OnReload();
        Assert.Contains("INFORCE 2 → F1", Shell.Take());
    }

    [Fact]
    public void It_ends_with_the_front_end()
    {
        Serve();
        Fleet.OnTerminate();
        Fleet.OnIdle(W(1));
        Fleet.OnEnded(W(1), Ended);
        Assert.Equal(FleetPhase.Ended, Fleet.Phase);
    }
}
