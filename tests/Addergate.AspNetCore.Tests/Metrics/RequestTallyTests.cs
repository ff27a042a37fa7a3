using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Tests.Fakes;
using Addergate.Wire.Telemetry;

namespace Addergate.AspNetCore.Tests.Metrics;

public sealed class RequestTallyTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Unless_somebody_asks_nothing_is_counted()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        await frontEnd.AddWorkerAsync();
        Assert.Null(Services(frontEnd).Metrics);
        Assert.False(Services(frontEnd).IsTimed);
        Assert.Null(frontEnd.Pool.Slots.Single().Worker.Tally);
    }

    [Fact]
    public async Task A_request_is_counted_with_each_part_of_its_time()
    {
        await using var frontEnd = await StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var first = frontEnd.Client.GetAsync("/");
        await slot.TakeRequestAsync();
        var second = (await frontEnd.QueueAsync("/waits"))[0];
        frontEnd.Time.Advance(2 * Second);
        await slot.RespondAsync("done");
        await first.WithDeadline();
        await slot.TakeRequestAsync();
        frontEnd.Time.Advance(Second);
        await slot.RespondAsync("again");
        await second.WithDeadline();

        var counts = await TakeAsync(frontEnd, 2);
        Assert.Equal([0, 2, 0, 0, 0], counts.ByClass.ToArray());
        Assert.Equal("done".Length + "again".Length, counts.BytesOut);
        Assert.Equal((2, 2.0), (counts[RequestPhase.Queue].Count, counts[RequestPhase.Queue].Longest));
        Assert.Equal((1.0, 2.0), (counts[RequestPhase.Application].Shortest, counts[RequestPhase.Application].Longest));
        Assert.Equal(5.0, counts[RequestPhase.Whole].Sum);
        Assert.Equal(3.0, counts.BusySeconds);
    }

    [Fact]
    public async Task What_runs_counts_as_busy_for_the_time_since_the_last_sample()
    {
        await using var frontEnd = await StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var running = frontEnd.Client.GetAsync("/");
        await slot.TakeRequestAsync();
        frontEnd.Time.Advance(2 * Second);
        Assert.Equal((0, 2.0), Taken(frontEnd));
        frontEnd.Time.Advance(Second);
        await slot.RespondAsync("done");
        await running.WithDeadline();
        await Deadline.UntilAsync(() => frontEnd.Pool.Slots.Single().TakenFor is null);
        // 3 s in all, 2 of which are told.
        var counts = await TakeAsync(frontEnd, 1);
        Assert.Equal((1, 1.0), (counts.Requests, counts.BusySeconds));
    }

    [Fact]
    public async Task A_request_that_no_worker_saw_is_counted_too()
    {
        await using var frontEnd = await StartAsync(static options => options.QueueLimit = 0);
        await frontEnd.Client.GetAsync("/").WithDeadline();
        var counts = await TakeAsync(frontEnd, 1);
        Assert.Equal([0, 0, 0, 0, 1], counts.ByClass.ToArray());
        Assert.Equal(0, counts[RequestPhase.Application].Count);
    }

    [Fact]
    public async Task A_request_that_outlives_its_worker_is_counted_all_the_same()
    {
        await using var frontEnd = await StartAsync();
        var metrics = Services(frontEnd).Metrics!;
        var tally = metrics.Open(processId: 7);
        tally.Add(Finished);
        tally.Close();
        tally.Add(Finished);
        Assert.Equal((2, 0.0), Taken(frontEnd));

        tally.Add(Finished);
        tally.AddBusy(0);
        Assert.Equal((1, 0.0), Taken(frontEnd));
        Assert.Equal([metrics.Unseen], metrics.Tallies());
    }

    private static FinishedRequest Finished => new(200, false, false, 0, 0);

    private static Task<TestFrontEnd> StartAsync(Action<WsgiOptions>? configure = null) => TestFrontEnd.StartAsync(options =>
    {
        options.MeasuredAs = "main";
        configure?.Invoke(options);
    });

    private static ExchangeServices Services(TestFrontEnd frontEnd) => frontEnd.Get<WsgiApplications>().All[0].Services;

    private static (long Requests, double Busy) Taken(TestFrontEnd frontEnd)
    {
        var counts = Take(frontEnd);
        return (counts.Requests, counts.BusySeconds);
    }

    private static RequestCounts Take(TestFrontEnd frontEnd)
    {
        var counts = new RequestCounts();
        var now = frontEnd.Time.GetTimestamp();
        foreach (var tally in Services(frontEnd).Metrics!.Tallies())
        {
            counts.Add(tally.Take(
                frontEnd.Pool.Slots.Where(slot => slot.Worker.Tally == tally).Select(static slot => slot.TakenFor).OfType<double>(), now));
        }

        return counts;
    }

    /// <summary>The client may have its answer before the request is counted.</summary>
    private static async Task<RequestCounts> TakeAsync(TestFrontEnd frontEnd, long requests)
    {
        var counts = new RequestCounts();
        await Deadline.UntilAsync(() =>
        {
            counts.Add(Take(frontEnd));
            return counts.Requests == requests;
        });
        return counts;
    }
}
