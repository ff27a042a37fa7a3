using Addergate.AspNetCore.Responses;

namespace Addergate.AspNetCore.Tests.Responses;

public sealed class TakingPaceTests
{
    private readonly TakingPace _pace = new(TimeSpan.FromHours(3));

    [Fact]
    public void A_client_that_takes_nothing_is_too_slow_after_the_limit()
    {
        // What went into its kernel's buffer at once begins the period anew.
        Assert.False(Look(1, 100_000));
        Assert.False(Look(10.9, 100_000));
        Assert.True(Look(11, 100_000));
    }

    [Fact]
    public void Next_to_nothing_is_nothing()
    {
        Assert.False(Look(1, 100_000));
        Assert.False(Look(4, 100_800));
        Assert.False(Look(9, 102_000));
        Assert.True(Look(11, 102_399));
    }

    [Fact]
    public void Each_2400_bytes_give_a_slow_client_ten_more_seconds()
    {
        for (var round = 0; round < 5; round++)
        {
            Assert.False(Look((9.5 * round) + 9.4, (ulong)(2400 * (round + 1))));
        }

        Assert.True(Look(60, 12_000));
    }

    [Fact]
    public void A_limit_that_becomes_shorter_is_for_the_time_before_too()
    {
        Assert.False(Look(6, 1199));
        Assert.True(Look(7, 1199, limit: 5));
        Assert.False(Look(7, 1200, limit: 5));
        Assert.False(Look(11.9, 1200, limit: 5));
        Assert.True(Look(12, 1200, limit: 5));
    }

    private bool Look(double second, ulong taken, int limit = 10) => _pace.IsTooSlow(
        taken, TimeSpan.FromHours(3) + TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(limit));
}
