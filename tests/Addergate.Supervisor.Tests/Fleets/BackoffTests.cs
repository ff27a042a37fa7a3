using Addergate.Supervisor.Fleets;

namespace Addergate.Supervisor.Tests.Fleets;

public sealed class BackoffTests
{
    private readonly Backoff _backoff = new();

    [Fact]
    public void Failed_starts_wait_twice_as_long_each_time_up_to_half_a_minute()
    {
        double[] expected = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30];
        Assert.All(expected, delay => Assert.Equal(delay, _backoff.AfterFailedStart(0).TotalSeconds, 6));
    }

    [Fact]
    public void Jitter_takes_up_to_a_fifth_away() =>
        Assert.Equal(0.08, _backoff.AfterFailedStart(1).TotalSeconds, 6);

    [Fact]
    public void A_child_that_served_is_replaced_at_once_however_often_it_dies()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(TimeSpan.Zero, _backoff.AfterServing(Backoff.StableAfter, 0));
        }
    }

    [Fact]
    public void A_child_that_keeps_dying_right_after_it_was_ready_waits_from_the_second_time_on()
    {
        double[] expected = [0, 0.1, 0.2, 0.4];
        Assert.All(expected, delay => Assert.Equal(delay, _backoff.AfterServing(TimeSpan.Zero, 0).TotalSeconds, 6));
    }

    [Fact]
    public void Serving_for_a_while_forgets_earlier_failures()
    {
        _backoff.AfterFailedStart(0);
        _backoff.AfterFailedStart(0);
        _backoff.AfterServing(Backoff.StableAfter, 0);
        Assert.Equal(0.1, _backoff.AfterFailedStart(0).TotalSeconds, 6);
    }
}
