using Addergate.AspNetCore.Tests.Fakes;
using Addergate.Posix.Files;
using Addergate.Wire.Control;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.Tests.Slots;

public sealed class WorkerRegistryTests
{
    [Fact]
    public async Task Slots_of_a_generation_that_is_not_in_force_are_held_idle()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var next = frontEnd.Admit(generation: 2);
        next.Connect();
        await Deadline.UntilAsync(() => frontEnd.Pool.Slots.Length == 1);
        var answer = frontEnd.Client.GetStringAsync("/");
        await Deadline.UntilAsync(() => frontEnd.Dispatcher.Waiting == 1);

        frontEnd.Registry.PutInForce(new InForceMessage(0, 1));
        Assert.Equal(1, frontEnd.Dispatcher.Waiting);
        frontEnd.Registry.PutInForce(new InForceMessage(0, 2));
        await next[0].TakeRequestAsync();
        await next[0].RespondAsync("two");
        Assert.Equal("two", await answer.WithDeadline());
    }

    [Fact]
    public async Task A_retired_worker_gets_GOODBYE_on_each_slot_when_idle()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var worker = await frontEnd.AddWorkerAsync(slots: 2);
        var answer = frontEnd.Client.GetStringAsync("/");
        await worker[1].TakeRequestAsync();

        var retired = frontEnd.Registry.RetireAsync(worker.Admission.Worker);
        Assert.Equal(FrameKind.Goodbye, (await worker[0].ReceiveAsync())?.Header.Kind);
        Assert.False(retired.IsCompleted);

        await worker[1].RespondAsync("last");
        Assert.Equal("last", await answer.WithDeadline());
        Assert.Equal(FrameKind.Goodbye, (await worker[1].ReceiveAsync())?.Header.Kind);
        await retired.WithDeadline();
    }

    [Fact]
    public async Task A_worker_without_slots_and_one_that_nobody_knows_are_retired_at_once()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var worker = frontEnd.Admit();
        await frontEnd.Registry.RetireAsync(worker.Admission.Worker).WithDeadline();
        await frontEnd.Registry.RetireAsync(999).WithDeadline();

        // It connects all the same: it is told at once.
        Assert.Equal(FrameKind.Goodbye, (await worker.Connect().ReceiveAsync())?.Header.Kind);
    }

    [Fact]
    public async Task A_retired_worker_that_dies_counts_as_retired()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var worker = await frontEnd.AddWorkerAsync();
        _ = frontEnd.Client.GetAsync("/");
        await worker[0].TakeRequestAsync();
        var retired = frontEnd.Registry.RetireAsync(worker.Admission.Worker);
        worker.Dispose();
        await retired.WithDeadline();
    }

    [Fact]
    public async Task What_a_worker_sent_before_it_ended_is_used_and_then_its_slots_are_closed()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var worker = await frontEnd.AddWorkerAsync();
        var answer = frontEnd.Client.GetStringAsync("/");
        await worker[0].TakeRequestAsync();
        await worker[0].RespondAsync("its last");
        frontEnd.Registry.Forget(worker.Admission.Worker);
        Assert.Equal("its last", await answer.WithDeadline());
        // When its answer was read before the worker was forgotten, the slot was idle and is told so.
        while (await worker[0].ReceiveAsync() is { } frame)
        {
            Assert.Equal(FrameKind.Goodbye, frame.Header.Kind);
        }

        await Deadline.UntilAsync(() => frontEnd.Pool.Slots.Length == 0);
    }

    [Fact]
    public async Task A_HELLO_that_is_not_as_admitted_is_refused()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var worker = frontEnd.Admit(slots: 2);
        var hello = worker.HelloOf(0);
        Hello[] wrong =
        [
            hello with { Generation = 7 },
            hello with { Slots = 3 },
            hello with { NonceHigh = 0 },
            hello with { NonceLow = 0 },
        ];
        using var page = UnnamedFile.TryCreate(frontEnd.SpoolDirectory, out _);
        RandomAccess.SetLength(page!, 4096);
        foreach (var lie in wrong)
        {
            await AssertRefusedAsync(worker, lie, (int)page!.DangerousGetHandle());
        }

        // An honest HELLO with a page that could be cut later, and with none.
        await AssertRefusedAsync(worker, hello, (int)page!.DangerousGetHandle());
        await AssertRefusedAsync(worker, hello, null);
        Assert.Empty(frontEnd.Pool.Slots);

        worker.Connect();
        await Deadline.UntilAsync(() => frontEnd.Pool.Slots.Length == 1);
    }

    [Fact]
    public async Task A_slot_that_connects_before_its_worker_is_announced_waits_for_that()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        using var early = new FakeWorker(frontEnd.SocketPath, 99, slots: 1);
        early.Connect();
        frontEnd.Registry.PutInForce(new InForceMessage(0, 1));
        frontEnd.Registry.Admit(early.Admission);
        var answer = frontEnd.Client.GetStringAsync("/");
        await early[0].TakeRequestAsync();
        await early[0].RespondAsync("in time");
        Assert.Equal("in time", await answer.WithDeadline());
    }

    [Fact]
    public async Task A_connection_that_says_nothing_is_closed_after_a_while()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0);
        await socket.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(frontEnd.SocketPath));
        await Deadline.UntilAsync(() =>
        {
            // As often as it takes for the accept to have happened before.
            frontEnd.Time.Advance(TimeSpan.FromSeconds(5));
            return frontEnd.Log.Has(100);
        });
        Assert.Equal(0, await socket.ReceiveAsync(new byte[1], Deadline.Token()));
    }

    private static async Task AssertRefusedAsync(FakeWorker worker, Hello hello, int? page)
    {
        using var socket = worker.ConnectRaw(hello, page);
        Assert.Equal(0, await socket.ReceiveAsync(new byte[1], Deadline.Token()));
    }
}
