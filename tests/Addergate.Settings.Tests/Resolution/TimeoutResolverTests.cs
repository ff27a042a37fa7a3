namespace Addergate.Settings.Tests.Resolution;

public sealed class TimeoutResolverTests
{
    [Fact]
    public void The_defaults_are_mod_wsgi_express_s()
    {
        var timeouts = Resolve.Good("").Timeouts;
        var seconds = new[]
        {
            timeouts.Queue, timeouts.Request, timeouts.Interrupt, timeouts.Deadlock, timeouts.Startup, timeouts.Inactivity,
            timeouts.RestartInterval, timeouts.Graceful, timeouts.Eviction, timeouts.Shutdown, timeouts.DrainDelay,
        }.Select(timeout => timeout.TotalSeconds);
        Assert.Equal([45, 60, 5, 60, 15, 0, 0, 15, 15, 5, 0], seconds);
    }

    [Theory]
    [InlineData("--graceful-timeout 30", 30)]
    [InlineData("--graceful-timeout 30 --eviction-timeout 0", 30)]
    [InlineData("--graceful-timeout 30 --eviction-timeout 5", 5)]
    public void Evicted_workers_have_as_long_as_drained_ones_unless_told_otherwise(string line, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Resolve.Good(line).Timeouts.Eviction);
}
