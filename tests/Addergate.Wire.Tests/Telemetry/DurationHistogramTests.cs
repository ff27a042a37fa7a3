using Addergate.Wire.Telemetry;

namespace Addergate.Wire.Tests.Telemetry;

public sealed class DurationHistogramTests
{
    [Fact]
    public void Every_duration_is_between_the_ends_of_its_bucket()
    {
        for (var seconds = 1e-6; seconds < 200; seconds *= 1.013)
        {
            var index = DurationBuckets.IndexOf(seconds);
            Assert.True(seconds < DurationBuckets.End(index), $"{seconds} in {index}");
            Assert.True(index == 0 || seconds >= DurationBuckets.End(index - 1), $"{seconds} in {index}");
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(0.0000625, 1)]
    [InlineData(0.001, 17)]
    [InlineData(0.00125, 18)]
    [InlineData(65.535, 80)]
    [InlineData(65.536, 81)]
    [InlineData(double.PositiveInfinity, 81)]
    public void The_ends_belong_to_the_next_bucket(double seconds, int index) =>
        Assert.Equal(index, DurationBuckets.IndexOf(seconds));

    [Fact]
    public void It_tells_sum_ends_and_parts()
    {
        var durations = new DurationHistogram();
        Assert.Equal(0, durations.Percentile(0.5));
        for (var i = 1; i <= 100; i++)
        {
            durations.Add(i / 100.0);
        }

        Assert.Equal(100, durations.Count);
        Assert.Equal(50.5, durations.Sum, 6);
        Assert.Equal((0.01, 1.0), (durations.Shortest, durations.Longest));
        Assert.InRange(durations.Percentile(0.5), 0.5, 0.63);
        Assert.InRange(durations.Percentile(0.99), 0.99, 1.0);
        Assert.Equal(100, durations.ByOctave().Sum());
        Assert.Equal(DurationBuckets.Octaves + 2, durations.ByOctave().Length);
    }

    [Fact]
    public void Two_together_are_as_one()
    {
        var (one, other, both) = (new DurationHistogram(), new DurationHistogram(), new DurationHistogram());
        foreach (var (seconds, into) in ((double, DurationHistogram)[])[(0.5, one), (0.1, other), (3, other)])
        {
            into.Add(seconds);
            both.Add(seconds);
        }

        one.Add(other);
        one.Add(new DurationHistogram());
        Assert.Equal((both.Count, both.Sum, both.Shortest, both.Longest), (one.Count, one.Sum, one.Shortest, one.Longest));
        Assert.Equal(both.Buckets.ToArray(), one.Buckets.ToArray());
    }

    [Fact]
    public void What_was_not_answered_has_a_class_all_the_same()
    {
        var counts = new RequestCounts();
        counts.Add(new FinishedRequest(200, IsClientGone: false, IsCutOff: false, 10, 20) { Whole = 1 });
        counts.Add(new FinishedRequest(200, IsClientGone: true, IsCutOff: false, -1, 0) { Whole = 1 });
        counts.Add(new FinishedRequest(200, IsClientGone: false, IsCutOff: true, 0, 5) { Whole = 1, Queue = 2 });
        Assert.Equal([0, 1, 0, 1, 1], counts.ByClass.ToArray());
        Assert.Equal((3, 1, 1, 10, 25), (counts.Requests, counts.ClientsGone, counts.CutOff, counts.BytesIn, counts.BytesOut));
        Assert.Equal((3, 1), (counts[RequestPhase.Whole].Count, counts[RequestPhase.Queue].Count));
    }
}
