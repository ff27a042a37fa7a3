using Addergate.Supervisor.Fleets;
using Addergate.Supervisor.Tests.Fakes;

namespace Addergate.Supervisor.Tests.Fleets;

public sealed class FleetPolicyTests
{
    [Theory]
    [InlineData(1000, 10, 0, 900)]
    [InlineData(1000, 10, 0.5, 1000)]
    [InlineData(1000, 10, 1, 1100)]
    [InlineData(1000, 0, 0.7, 1000)]
    [InlineData(1, 100, 0, 1)]
    [InlineData(0, 10, 0.5, 0)]
    public void Jitter_goes_both_ways(int maximum, int jitter, double random, int expected)
    {
        var workers = Samples.Workers with { MaximumRequests = maximum, RecycleJitter = jitter };
        Assert.Equal((ulong)expected, new FleetPolicy(workers, Samples.Timeouts).DrawMaximumRequests(random));
    }

    [Fact]
    public void An_interval_is_jittered_too()
    {
        var policy = new FleetPolicy(
            Samples.Workers, Samples.Timeouts with { RestartInterval = TimeSpan.FromSeconds(100) });
        Assert.Equal(TimeSpan.FromSeconds(90), policy.DrawInterval(0));
        Assert.Null(new FleetPolicy(Samples.Workers, Samples.Timeouts).DrawInterval(0.5));
    }
}
