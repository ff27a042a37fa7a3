using Addergate.AspNetCore.Access;

namespace Addergate.AspNetCore.Tests.Access;

public sealed class NonceCountsTests
{
    private readonly NonceCounts _counts = new();

    [Fact]
    public void Each_count_is_good_once_in_whatever_order_they_come()
    {
        uint[] order = [3, 1, 2, 7, 130, 4, 129, 128, 5];
        Assert.All(order, count => Assert.True(Use(1, count)));
        Assert.All(order, count => Assert.False(Use(1, count)));
        Assert.True(Use(1, 6));
    }

    [Fact]
    public void One_that_comes_after_too_many_others_is_taken_for_a_repetition()
    {
        Assert.True(Use(1, 1000));
        Assert.True(Use(1, 873));
        Assert.False(Use(1, 872));
        Assert.True(Use(1, uint.MaxValue));
        Assert.False(Use(1, 1000));
        Assert.False(Use(1, uint.MaxValue));
    }

    [Fact]
    public void Nonces_do_not_know_of_each_other()
    {
        Assert.True(Use(1, 1));
        Assert.True(Use(2, 1));
        Assert.True(_counts.TryUse(new DigestNonce(1, 2), 1));
    }

    [Fact]
    public void What_is_forgotten_is_over()
    {
        for (var at = 1; at <= 20_000; at++)
        {
            Assert.True(Use(at, 1));
        }

        Assert.False(Use(1, 2));
        Assert.False(Use(1, 1));
        Assert.False(Use(20_000, 1));
        Assert.True(Use(20_000, 2));
    }

    private bool Use(long nonce, uint count) => _counts.TryUse(new DigestNonce(nonce, 0), count);
}
