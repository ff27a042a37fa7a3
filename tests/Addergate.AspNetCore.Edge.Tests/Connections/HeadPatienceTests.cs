using Addergate.AspNetCore.Connections;

namespace Addergate.AspNetCore.Edge.Tests.Connections;

public sealed class HeadPatienceTests
{
    private static readonly HeadPatience Default = Of(15, 30, 500, 60);

    [Theory]
    [InlineData(15, 0, false)]
    [InlineData(16, 0, true)]
    [InlineData(16, 499, true)]
    [InlineData(16, 500, false)]
    [InlineData(25, 5000, false)]
    [InlineData(31, 60000, true)]
    public void Bytes_stretch_the_allowance_up_to_the_cap(int elapsed, int bytes, bool isOver) =>
        Assert.Equal(isOver, Default.IsOver(TimeSpan.FromSeconds(elapsed), bytes, TimeSpan.Zero));

    [Fact]
    public void Without_a_rate_the_allowance_is_all() =>
        Assert.True(Of(15, 0, 0, 60).IsOver(TimeSpan.FromSeconds(16), 60000, TimeSpan.Zero));

    [Fact]
    public void Without_an_allowance_only_silence_counts()
    {
        var patience = Of(0, 30, 500, 60);
        Assert.False(patience.IsOver(TimeSpan.FromHours(1), 1, TimeSpan.FromSeconds(60)));
        Assert.True(patience.IsOver(TimeSpan.FromHours(1), 1, TimeSpan.FromSeconds(61)));
        Assert.False(Of(0, 30, 500, 0).IsOver(TimeSpan.FromHours(1), 1, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void The_web_server_is_told_the_longest_that_it_can_take()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), Default.Longest(65536));
        Assert.Equal(TimeSpan.FromSeconds(15 + 131), Of(15, 0, 500, 60).Longest(65536));
        Assert.Equal(TimeSpan.FromSeconds(15), Of(15, 30, 0, 60).Longest(65536));
    }

    private static HeadPatience Of(int first, int most, int rate, int silence) => new(
        TimeSpan.FromSeconds(first), TimeSpan.FromSeconds(most), rate, TimeSpan.FromSeconds(silence));
}
