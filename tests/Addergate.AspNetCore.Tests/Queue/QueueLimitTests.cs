using System.Net;
using Addergate.AspNetCore.Tests.Fakes;
using Addergate.Settings.Model;

namespace Addergate.AspNetCore.Tests.Queue;

public sealed class QueueLimitTests
{
    [Fact]
    public async Task A_request_that_finds_the_queue_full_gets_503_at_once()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(static options =>
        {
            options.QueueLimit = 2;
            options.QueuePolicy = QueuePolicy.Fifo;
        });
        var waiting = await frontEnd.QueueAsync("/1", "/2");
        frontEnd.Time.Advance(TimeSpan.FromSeconds(3.5));

        using var refused = await frontEnd.Client.GetAsync("/3").WithDeadline();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        // As long as the first has waited already, whole seconds.
        Assert.Equal(TimeSpan.FromSeconds(4), refused.Headers.RetryAfter?.Delta);
        Assert.Equal("503 Service Unavailable\n", await refused.Content.ReadAsStringAsync());

        var slot = (await frontEnd.AddWorkerAsync())[0];
        foreach (var answer in waiting)
        {
            await slot.TakeRequestAsync();
            await slot.RespondAsync("");
            Assert.Equal(HttpStatusCode.OK, (await answer.WithDeadline()).StatusCode);
        }
    }

    [Fact]
    public async Task With_a_full_queue_a_body_is_not_taken_in_first()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(static options => options.QueueLimit = 1);
        _ = await frontEnd.QueueAsync("/1");
        using var client = await frontEnd.SendRawAsync("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n");
        Assert.Contains("503 Service", await client.ReceiveUntilAsync("503 Service Unavailable\n"));
    }

    [Fact]
    public async Task Without_room_to_wait_a_free_slot_is_still_used()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(static options => options.QueueLimit = 0);
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var answer = frontEnd.Client.PostAsync("/", new StringContent("body"));
        await slot.TakeRequestAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await frontEnd.Client.GetAsync("/").WithDeadline()).StatusCode);
        await slot.RespondAsync("");
        Assert.Equal(HttpStatusCode.OK, (await answer.WithDeadline()).StatusCode);
    }

    [Fact]
    public async Task The_limit_follows_the_slots_but_not_below_those_to_be_expected()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(static options => options.ExpectedSlots = 3);
        Assert.Equal(130, frontEnd.Pool.QueueLimit);
        var worker = await frontEnd.AddWorkerAsync(slots: 2);
        Assert.Equal(130, frontEnd.Pool.QueueLimit);
        await frontEnd.AddWorkerAsync(slots: 2);
        Assert.Equal(140, frontEnd.Pool.QueueLimit);
        frontEnd.Registry.Forget(worker.Admission.Worker);
        Assert.Equal(130, frontEnd.Pool.QueueLimit);
    }

    [Fact]
    public async Task A_request_that_waits_too_long_gets_504_at_that_moment_and_never_reaches_a_worker()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(
            static options => options.QueueTimeout = TimeSpan.FromSeconds(7));
        var first = await frontEnd.QueueAsync("/first");
        frontEnd.Time.Advance(TimeSpan.FromSeconds(3));
        var second = await frontEnd.QueueAsync("/second");

        frontEnd.Time.Advance(TimeSpan.FromSeconds(4) - TimeSpan.FromTicks(1));
        Assert.Equal(2, frontEnd.Dispatcher.Waiting);
        frontEnd.Time.Advance(TimeSpan.FromMilliseconds(1));
        using var answer = await first[0].WithDeadline();
        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.Null(answer.Headers.RetryAfter);

        var slot = (await frontEnd.AddWorkerAsync())[0];
        Assert.Equal("/second", (await slot.TakeRequestAsync())["PATH_INFO"]);
        await slot.RespondAsync("");
        Assert.Equal(HttpStatusCode.OK, (await second[0].WithDeadline()).StatusCode);
    }

    [Fact]
    public async Task Without_a_queue_timeout_a_request_waits_for_ever()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(static options => options.QueueTimeout = TimeSpan.Zero);
        var answers = await frontEnd.QueueAsync("/");
        frontEnd.Time.Advance(TimeSpan.FromDays(2));
        var slot = (await frontEnd.AddWorkerAsync())[0];
        await slot.TakeRequestAsync();
        await slot.RespondAsync("");
        Assert.Equal(HttpStatusCode.OK, (await answers[0].WithDeadline()).StatusCode);
    }

    [Theory]
    [InlineData(QueuePolicy.Fifo, "/1 /2 /3 /4")]
    [InlineData(QueuePolicy.Adaptive, "/4 /3 /2 /1")]
    public async Task The_policy_says_who_is_next_once_waits_are_long(QueuePolicy policy, string order)
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(options => options.QueuePolicy = policy);
        var answers = await frontEnd.QueueAsync("/1", "/2", "/3", "/4");
        frontEnd.Time.Advance(TimeSpan.FromSeconds(2));
        var slot = (await frontEnd.AddWorkerAsync())[0];
        foreach (var expected in order.Split(' '))
        {
            Assert.Equal(expected, (await slot.TakeRequestAsync())["PATH_INFO"]);
            await slot.RespondAsync("");
        }

        await Task.WhenAll(answers).WithDeadline();
    }

    [Fact]
    public async Task While_waits_are_short_the_adaptive_policy_is_first_in_first_out()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(
            static options => options.QueuePolicy = QueuePolicy.Adaptive);
        var answers = await frontEnd.QueueAsync("/1", "/2", "/3");
        var slot = (await frontEnd.AddWorkerAsync())[0];
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal($"/{i}", (await slot.TakeRequestAsync())["PATH_INFO"]);
            await slot.RespondAsync("");
        }

        await Task.WhenAll(answers).WithDeadline();
    }

    [Theory]
    [InlineData(QueuePolicy.Fifo)]
    [InlineData(QueuePolicy.Adaptive)]
    public async Task A_request_that_was_sent_in_vain_is_the_next_whatever_the_policy(QueuePolicy policy)
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(options => options.QueuePolicy = policy);
        var worker = await frontEnd.AddWorkerAsync();
        var unlucky = frontEnd.Client.GetAsync("/unlucky");
        await worker[0].ReceiveRequestAsync();
        var others = await frontEnd.QueueAsync("/1", "/2");
        frontEnd.Time.Advance(TimeSpan.FromMilliseconds(900));
        worker.Dispose();
        await Deadline.UntilAsync(() => frontEnd.Dispatcher.Waiting == 3);

        var slot = (await frontEnd.AddWorkerAsync())[0];
        Assert.Equal("/unlucky", (await slot.TakeRequestAsync())["PATH_INFO"]);
        for (var i = 0; i < 3; i++)
        {
            await slot.RespondAsync("");
            _ = i < 2 ? await slot.TakeRequestAsync() : null;
        }

        await Task.WhenAll([unlucky, .. others]).WithDeadline();
    }

    [Fact]
    public async Task Clients_that_have_half_closed_are_shed_while_more_than_half_of_the_queue_is_used()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(
            static options =>
            {
                options.QueueLimit = 4;
                options.QueueTimeout = TimeSpan.Zero;
                options.QueuePolicy = QueuePolicy.Fifo;
            },
            isGated: true);
        var halfClosed = new List<RawClient>();
        for (var i = 0; i < 3; i++)
        {
            var waiting = i + 1;
            var client = await frontEnd.SendRawAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            halfClosed.Add(client);
            await Deadline.UntilAsync(() => frontEnd.Dispatcher.Waiting == waiting);
            client.FinishSending();
        }

        // The FIN travels by itself: look until it has been seen.
        await Deadline.UntilAsync(() =>
        {
            frontEnd.Time.Advance(TimeSpan.FromMilliseconds(100));
            return frontEnd.Dispatcher.Waiting == 2;
        });
        // Whoever's was seen first: which of them that is, is the network's affair.
        var heads = halfClosed.ConvertAll(static client => client.ReceiveUntilAsync("\r\n\r\n"));
        var shed = await Task.WhenAny(heads);
        Assert.Contains(" 503 ", await shed);
        frontEnd.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, frontEnd.Dispatcher.Waiting);

        // The others wait on, and are answered.
        var slot = (await frontEnd.AddWorkerAsync())[0];
        for (var i = 0; i < 2; i++)
        {
            await slot.TakeRequestAsync();
            await slot.RespondAsync("late");
        }

        Assert.All(await Task.WhenAll(heads.Where(head => head != shed)), static head => Assert.Contains(" 200 ", head));

        halfClosed.ForEach(static client => client.Dispose());
    }

    [Fact]
    public async Task A_drain_without_workers_refuses_what_waits()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var worker = await frontEnd.AddWorkerAsync();
        var running = frontEnd.Client.GetAsync("/");
        await worker[0].TakeRequestAsync();
        var waiting = await frontEnd.QueueAsync("/waits");
        frontEnd.Pool.BeginDrain();
        Assert.Equal(1, frontEnd.Dispatcher.Waiting);
        worker.Dispose();
        frontEnd.Registry.Forget(worker.Admission.Worker);
        Assert.Equal(HttpStatusCode.BadGateway, (await running.WithDeadline()).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await waiting[0].WithDeadline()).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await frontEnd.Client.GetAsync("/").WithDeadline()).StatusCode);
        await frontEnd.Dispatcher.WhenIdleAsync().WithDeadline();
    }
}
