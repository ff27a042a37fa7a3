using System.Net;
using System.Text;
using Addergate.AspNetCore.Tests.Fakes;
using Addergate.Wire.Control;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.Tests.Slots;

public sealed class RequestTimeoutTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_request_that_runs_too_long_gets_504_and_the_supervisor_is_told()
    {
        await using var frontEnd = await StartAsync();
        var slot = (await frontEnd.AddWorkerAsync(slots: 2))[1];
        var answer = frontEnd.Client.GetAsync("/slow?a=%20b");
        var request = await slot.TakeRequestAsync();

        frontEnd.Time.Advance(TimeSpan.FromSeconds(10) - Moment);
        Assert.Empty(frontEnd.Told.OfType<RequestMessage>());
        frontEnd.Time.Advance(Moment);
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await answer.WithDeadline()).StatusCode);
        var told = Assert.Single(frontEnd.Told.OfType<RequestMessage>());
        Assert.Equal(
            new RequestMessage(
                ControlKind.Overdue, 1, 1, request.Head.Number, request["mod_wsgi.request_id"], "GET /slow?a=%20b"),
            told);

        // What the application still says reaches nobody, and the slot serves again.
        await slot.RespondAsync("too late");
        await AssertServesAsync(frontEnd, slot);
        frontEnd.Time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(frontEnd.Told.OfType<WorkerMessage>());
    }

    [Fact]
    public async Task A_slow_request_is_told_of_once_and_goes_on()
    {
        await using var frontEnd = await StartAsync(static options => options.SlowRequest = TimeSpan.FromSeconds(4));
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var answer = frontEnd.Client.GetAsync("/slow");
        var request = await slot.TakeRequestAsync();
        frontEnd.Time.Advance(TimeSpan.FromSeconds(4) - Moment);
        Assert.Empty(frontEnd.Told.OfType<RequestMessage>());
        frontEnd.Time.Advance(Moment);
        frontEnd.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(
            new RequestMessage(ControlKind.Slow, 1, 0, request.Head.Number, request["mod_wsgi.request_id"], "GET /slow"),
            Assert.Single(frontEnd.Told.OfType<RequestMessage>()));
        await slot.RespondAsync("done");
        Assert.Equal(HttpStatusCode.OK, (await answer.WithDeadline()).StatusCode);
        await AssertServesAsync(frontEnd, slot);
    }

    [Fact]
    public async Task After_the_head_the_client_is_reset()
    {
        await using var frontEnd = await StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var client = await frontEnd.SendRawAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        var request = await slot.TakeRequestAsync();
        await slot.RespondAsync("begun", isWhole: false);
        await client.ReceiveUntilAsync("begun");
        frontEnd.Time.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAnyAsync<IOException>(client.CountToEndAsync);
        Assert.Single(frontEnd.Told.OfType<RequestMessage>());
        await frontEnd.Dispatcher.WhenIdleAsync().WithDeadline();
        // It ends by the interrupt, not as if its client had gone.
        Assert.False(slot.Claim.IsClientGone(request.Head.Number));
        await slot.SendDataAsync(new byte[100_000]);
        await slot.SendEmptyAsync(FrameKind.Abort);
        await AssertServesAsync(frontEnd, slot);
    }

    [Fact]
    public async Task Each_request_has_its_own_time()
    {
        await using var frontEnd = await StartAsync();
        var worker = await frontEnd.AddWorkerAsync(slots: 3);
        var first = frontEnd.Client.GetAsync("/first");
        await worker[2].TakeRequestAsync();
        frontEnd.Time.Advance(TimeSpan.FromSeconds(4));
        var second = frontEnd.Client.GetAsync("/second");
        await worker[1].TakeRequestAsync();
        frontEnd.Time.Advance(TimeSpan.FromSeconds(4));
        var third = frontEnd.Client.GetAsync("/third");
        await worker[0].TakeRequestAsync();

        frontEnd.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await first.WithDeadline()).StatusCode);
        Assert.False(second.IsCompleted);
        await worker[1].RespondAsync("");
        Assert.Equal(HttpStatusCode.OK, (await second.WithDeadline()).StatusCode);
        frontEnd.Time.Advance(TimeSpan.FromSeconds(8) - Moment);
        Assert.False(third.IsCompleted);
        frontEnd.Time.Advance(Moment);
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await third.WithDeadline()).StatusCode);
        Assert.Equal(["GET /first", "GET /third"], frontEnd.Told.OfType<RequestMessage>().Select(static m => m.Line));
    }

    [Fact]
    public async Task An_interrupted_request_that_does_not_end_makes_its_worker_stuck_once()
    {
        await using var frontEnd = await StartAsync();
        var worker = await frontEnd.AddWorkerAsync(slots: 2);
        var first = frontEnd.Client.GetAsync("/1");
        await worker[1].TakeRequestAsync();
        var second = frontEnd.Client.GetAsync("/2");
        await worker[0].TakeRequestAsync();
        frontEnd.Time.Advance(TimeSpan.FromSeconds(10));
        await Task.WhenAll(first, second).WithDeadline();

        frontEnd.Time.Advance(TimeSpan.FromSeconds(5) - Moment);
        Assert.Empty(frontEnd.Told.OfType<WorkerMessage>());
        for (var i = 0; i < 5; i++)
        {
            frontEnd.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([new WorkerMessage(ControlKind.Stuck, 1)], frontEnd.Told.OfType<WorkerMessage>());
        // Until it is replaced it serves with what is left.
        await worker[0].RespondAsync("");
        await AssertServesAsync(frontEnd, worker[0]);
    }

    [Fact]
    public async Task Without_an_interrupt_timeout_the_worker_is_stuck_at_once()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(static options =>
        {
            options.RequestTimeout = TimeSpan.FromSeconds(10);
            options.InterruptTimeout = TimeSpan.Zero;
        });
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var answer = frontEnd.Client.GetAsync("/");
        await slot.TakeRequestAsync();
        frontEnd.Time.Advance(TimeSpan.FromSeconds(10));
        frontEnd.Time.Advance(Moment);
        await answer.WithDeadline();
        Assert.Equal(
            [ControlKind.Overdue, ControlKind.Stuck],
            frontEnd.Told.Select(static message => message.Kind).Where(static kind => kind is not ControlKind.Load));
    }

    [Fact]
    public async Task A_request_that_python_never_took_is_answered_and_not_interrupted()
    {
        await using var frontEnd = await StartAsync();
        var worker = await frontEnd.AddWorkerAsync();
        var answer = frontEnd.Client.GetAsync("/");
        // Taken back twice; the third time it stays where it is.
        for (var i = 0; i < 2; i++)
        {
            await worker[0].ReceiveRequestAsync();
            frontEnd.Time.Advance(TimeSpan.FromSeconds(1));
            await worker[0].SendEmptyAsync(FrameKind.Dropped);
        }

        var request = await worker[0].ReceiveRequestAsync();
        frontEnd.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await answer.WithDeadline()).StatusCode);
        Assert.False(worker[0].Claim.TryClaim(request.Head.Number));
        Assert.Empty(frontEnd.Told.OfType<RequestMessage>());
        await worker[0].SendEmptyAsync(FrameKind.Dropped);
        await AssertServesAsync(frontEnd, worker[0]);
    }

    [Fact]
    public async Task A_request_whose_client_has_gone_is_interrupted_all_the_same()
    {
        await using var frontEnd = await StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var client = await frontEnd.SendRawAsync("GET /abandoned HTTP/1.1\r\nHost: x\r\n\r\n");
        await slot.TakeRequestAsync();
        client.Reset();
        await frontEnd.Dispatcher.WhenIdleAsync().WithDeadline();
        frontEnd.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("GET /abandoned", Assert.Single(frontEnd.Told.OfType<RequestMessage>()).Line);
    }

    [Fact]
    public async Task Time_in_which_the_application_waits_for_a_body_does_not_count()
    {
        await using var frontEnd = await StartAsync(static options =>
            options.Limits = options.Limits with { RequestBuffering = false });
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var client = await frontEnd.SendRawAsync(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc");
        await slot.TakeRequestAsync();
        Assert.Equal("abc", Encoding.ASCII.GetString((await slot.ReadBodyAsync(100)).Payload));
        frontEnd.Time.Advance(TimeSpan.FromSeconds(6));
        var rest = slot.ReadBodyAsync(100);
        await Deadline.UntilAsync(() => frontEnd.Pool.Slots[0].IsWaitingForClient);
        for (var i = 0; i < 5; i++)
        {
            frontEnd.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Empty(frontEnd.Told.OfType<RequestMessage>());
        await client.SendAsync("def");
        Assert.Equal("def", Encoding.ASCII.GetString((await rest.WithDeadline()).Payload));

        // Six of its ten seconds are used.
        frontEnd.Time.Advance(TimeSpan.FromSeconds(4) - Moment);
        Assert.Empty(frontEnd.Told.OfType<RequestMessage>());
        frontEnd.Time.Advance(Moment);
        Assert.Single(frontEnd.Told.OfType<RequestMessage>());
        Assert.Contains("504 Gateway Timeout", await client.ReceiveUntilAsync("504 Gateway Timeout\n"));
    }

    [Fact]
    public async Task Time_in_which_the_client_does_not_take_the_response_does_not_count()
    {
        // So much that the kernel cannot take half of it for the client, and the application waits for good.
        await using var frontEnd = await StartAsync(static options =>
            options.Limits = options.Limits with { ResponseBuffer = 32 * 1024 * 1024 });
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var client = await frontEnd.SendRawAsync("GET / HTTP/1.0\r\n\r\n");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("", isWhole: false);
        var sending = SendAsync(slot, blocks: 2500);
        await Deadline.UntilAsync(() => frontEnd.Pool.Slots[0].IsWaitingForClient);
        for (var i = 0; i < 5; i++)
        {
            frontEnd.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Empty(frontEnd.Told.OfType<RequestMessage>());
        Assert.False(sending.IsCompleted);
        var taking = client.CountToEndAsync();
        await sending.WithDeadline();
        await Deadline.UntilAsync(() => !frontEnd.Pool.Slots[0].IsWaitingForClient);
        frontEnd.Time.Advance(TimeSpan.FromSeconds(10) - Moment);
        Assert.Empty(frontEnd.Told.OfType<RequestMessage>());
        frontEnd.Time.Advance(Moment);
        await Assert.ThrowsAnyAsync<IOException>(() => taking);
        Assert.Single(frontEnd.Told.OfType<RequestMessage>());
    }

    [Fact]
    public async Task A_mount_may_have_a_limit_of_its_own()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(
            static options => options.RequestTimeout = TimeSpan.FromSeconds(100),
            requestTimeout: TimeSpan.FromSeconds(3));
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var answer = frontEnd.Client.GetAsync("/");
        await slot.TakeRequestAsync();
        frontEnd.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await answer.WithDeadline()).StatusCode);
    }

    [Fact]
    public async Task A_long_target_is_cut_in_what_the_supervisor_is_told()
    {
        await using var frontEnd = await StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var answer = frontEnd.Client.GetAsync("/" + new string('x', 5000));
        await slot.TakeRequestAsync();
        frontEnd.Time.Advance(TimeSpan.FromSeconds(10));
        await answer.WithDeadline();
        Assert.Equal(505, Assert.Single(frontEnd.Told.OfType<RequestMessage>()).Line.Length);
    }

    private static Task<TestFrontEnd> StartAsync(Action<WsgiOptions>? configure = null) =>
        TestFrontEnd.StartAsync(options =>
        {
            options.RequestTimeout = TimeSpan.FromSeconds(10);
            options.InterruptTimeout = TimeSpan.FromSeconds(5);
            configure?.Invoke(options);
        });

    private static async Task SendAsync(FakeSlot slot, int blocks)
    {
        var block = Encoding.Latin1.GetBytes(new string('b', 16 * 1024));
        for (var i = 0; i < blocks; i++)
        {
            await slot.SendDataAsync(block);
        }
    }

    private static async Task AssertServesAsync(TestFrontEnd frontEnd, FakeSlot slot)
    {
        var answer = frontEnd.Client.GetStringAsync("/");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("next");
        Assert.Equal("next", await answer.WithDeadline());
    }
}
