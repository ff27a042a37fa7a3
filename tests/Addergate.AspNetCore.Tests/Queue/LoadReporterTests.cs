using System.Net;
using Addergate.AspNetCore.Tests.Fakes;
using Addergate.Wire.Control;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.Tests.Queue;

public sealed class LoadReporterTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_load_is_told_once_a_second_while_it_changes()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(static options =>
        {
            options.QueueLimit = 1;
            options.QueueTimeout = TimeSpan.FromSeconds(5);
        });
        var slot = (await frontEnd.AddWorkerAsync())[0];
        frontEnd.Time.Advance(Second);
        Assert.Equal(new WorkerLoad(1, 0, 0, WorkerLoad.NeverActive), Last(frontEnd).Workers.Single());

        var running = frontEnd.Client.GetAsync("/");
        await slot.TakeRequestAsync();
        var waiting = await frontEnd.QueueAsync("/waits");
        await frontEnd.Client.GetAsync("/refused").WithDeadline();
        frontEnd.Time.Advance(Second);
        var load = Last(frontEnd);
        Assert.Equal([new QueueLoad(1, 1000, 1, 0)], load.Queues);
        Assert.Equal(new WorkerLoad(1, 0, 1, 0), load.Workers.Single());

        frontEnd.Time.Advance(Second);
        Assert.Equal(2000u, Last(frontEnd).Queues.Single().OldestWaitMilliseconds);
        frontEnd.Time.Advance(3 * Second);
        await waiting[0].WithDeadline();
        await slot.RespondAsync("");
        await running.WithDeadline();
        await Deadline.UntilAsync(() =>
        {
            frontEnd.Time.Advance(Second);
            return Last(frontEnd).Queues is [{ TimedOut: 1, Waiting: 0 }] && Last(frontEnd).Workers.Single().Completed == 1;
        });

        // Nothing changes any more: silence, however long.
        var count = frontEnd.Told.Count;
        frontEnd.Time.Advance(Second);
        frontEnd.Time.Advance(Second);
        count = Math.Max(count, frontEnd.Told.Count);
        for (var i = 0; i < 10; i++)
        {
            frontEnd.Time.Advance(Second);
        }

        Assert.Equal(count, frontEnd.Told.Count);
        Assert.True(frontEnd.Log.Has(123), "the log says nothing of the refusals");
    }

    [Fact]
    public async Task A_worker_is_idle_since_its_last_request_that_counts()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(
            static options => options.IgnoreActivity = ["/health"], mountPoint: "/app");
        var slot = (await frontEnd.AddWorkerAsync())[0];
        await ServeAsync(frontEnd, "/app/work");
        frontEnd.Time.Advance(Second);
        Assert.Equal(new WorkerLoad(1, 1, 0, 0), Last(frontEnd).Workers.Single());

        // Ten pings later: it has done something, but is idle.
        frontEnd.Time.Advance(10 * Second);
        await ServeAsync(frontEnd, "/app/healthy");
        frontEnd.Time.Advance(Second);
        Assert.Equal(0u, Last(frontEnd).Workers.Single().IdleMilliseconds);

        await using var other = await TestFrontEnd.StartAsync(static options => options.IgnoreActivity = ["/health", "/ping"]);
        slot = (await other.AddWorkerAsync())[0];
        await ServeAsync(other, "/ping");
        other.Time.Advance(Second);
        Assert.Equal(WorkerLoad.NeverActive, Last(other).Workers.Single().IdleMilliseconds);
        await ServeAsync(other, "/work");
        other.Time.Advance(Second);
        for (var i = 1; i <= 4; i++)
        {
            var answer = other.Client.GetAsync(i % 2 == 0 ? "/ping" : "/health/deep?x");
            await slot.TakeRequestAsync();
            other.Time.Advance(Second);
            await slot.RespondAsync("");
            await answer.WithDeadline();
            var (completed, idle) = ((ulong)i + 2, (uint)i * 1000);
            await Deadline.UntilAsync(() => other.Pool.Measure(0, static _ => 0).Single().Completed == completed);
            Assert.Equal(idle, Last(other).Workers.Single().IdleMilliseconds);
        }

        async Task ServeAsync(TestFrontEnd server, string target)
        {
            var answer = server.Client.GetAsync(target);
            await slot.TakeRequestAsync();
            await slot.RespondAsync("");
            Assert.Equal(HttpStatusCode.OK, (await answer.WithDeadline()).StatusCode);
        }
    }

    [Fact]
    public async Task A_worker_is_worn_out_exactly_at_its_count_and_that_is_said_once()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync(maximumRequests: 3))[0];
        for (var i = 1; i <= 6; i++)
        {
            var answer = frontEnd.Client.GetAsync("/");
            await slot.TakeRequestAsync();
            Assert.Equal(i >= 3 ? 1 : 0, frontEnd.Told.OfType<WorkerMessage>().Count());
            await slot.RespondAsync("");
            await answer.WithDeadline();
        }

        Assert.Equal(new WorkerMessage(ControlKind.WornOut, 1), frontEnd.Told.OfType<WorkerMessage>().Single());
    }

    [Fact]
    public async Task A_request_that_python_did_not_see_wears_nobody_out()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync(maximumRequests: 2))[0];
        var client = await frontEnd.SendRawAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        await slot.ReceiveRequestAsync();
        client.Reset();
        await frontEnd.Dispatcher.WhenIdleAsync().WithDeadline();
        await slot.SendEmptyAsync(FrameKind.Dropped);
        for (var i = 1; i <= 2; i++)
        {
            Assert.Empty(frontEnd.Told.OfType<WorkerMessage>());
            var answer = frontEnd.Client.GetAsync("/");
            await slot.TakeRequestAsync();
            await slot.RespondAsync("");
            await answer.WithDeadline();
        }

        Assert.Single(frontEnd.Told.OfType<WorkerMessage>());
    }

    private static LoadMessage Last(TestFrontEnd frontEnd) => frontEnd.Told.OfType<LoadMessage>().Last();
}
