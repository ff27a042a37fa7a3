using System.Net;
using Addergate.AspNetCore.Tests.Fakes;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.Tests.Slots;

public sealed class SlotTests
{
    public static TheoryData<string, byte[]> Garbage => new()
    {
        { "random bytes", [0xDE, 0xAD, 0xBE, 0xEF, 0xDE, 0xAD, 0xBE, 0xEF] },
        { "zeroes", new byte[64] },
        { "a frame of the other direction", Frame(FrameKind.Request) },
        { "a second HELLO", Frame(FrameKind.Hello, 42) },
        { "DATA before the head", Frame(FrameKind.Data, 5) },
        { "DROPPED of a claimed request", Frame(FrameKind.Dropped) },
        { "READ without a body", Frame(FrameKind.Read, 4) },
        { "a head that is too short", Frame(FrameKind.Response, 4) },
        { "a head that claims a gigabyte", [.. Frame(FrameKind.Response, 1 << 20)[..8], 0xFF, 0xFF, 0xFF, 0x7F] },
        { "a head with an impossible status", FakeSlot.Response("", status: 99) },
        { "a head with an informational status", FakeSlot.Response("", status: 103) },
        { "a Content-Length that is none", FakeSlot.Response("", headers: ("Content-Length", "+5")) },
    };

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task Garbage_closes_that_slot_only_and_fails_that_request_with_502(string what, byte[] garbage)
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var worker = await frontEnd.AddWorkerAsync(slots: 2);

        var answer = frontEnd.Client.GetAsync("/");
        await worker[1].TakeRequestAsync();
        await worker[1].SendAsync(garbage);
        Assert.True((await answer.WithDeadline()).StatusCode == HttpStatusCode.BadGateway, what);
        Assert.Null(await worker[1].ReceiveAsync());
        Assert.True(frontEnd.Log.Has(103));

        var second = frontEnd.Client.GetStringAsync("/");
        await worker[0].TakeRequestAsync();
        await worker[0].RespondAsync("alive");
        Assert.Equal("alive", await second.WithDeadline());
    }

    [Fact]
    public async Task A_worker_that_speaks_while_idle_loses_the_slot()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var worker = await frontEnd.AddWorkerAsync();
        await worker[0].RespondAsync("nobody asked");
        Assert.Null(await worker[0].ReceiveAsync());
        await Deadline.UntilAsync(() => frontEnd.Pool.Slots.Length == 0);
    }

    [Fact]
    public async Task A_second_head_is_garbage_and_resets_the_client()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var client = await frontEnd.SendRawAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("one", isWhole: false);
        await client.ReceiveUntilAsync("one");
        await slot.RespondAsync("two");
        await Assert.ThrowsAnyAsync<IOException>(client.CountToEndAsync);
    }

    [Fact]
    public async Task A_response_followed_by_garbage_is_delivered_and_the_slot_closed()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var answer = frontEnd.Client.GetStringAsync("/");
        await slot.TakeRequestAsync();
        await slot.SendAsync((byte[])[.. FakeSlot.Response("whole"), 1]);
        Assert.Equal("whole", await answer.WithDeadline());
        Assert.Null(await slot.ReceiveAsync());
    }

    [Fact]
    public async Task A_response_may_arrive_byte_by_byte()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var answer = frontEnd.Client.GetStringAsync("/");
        await slot.TakeRequestAsync();
        foreach (var single in FakeSlot.Response("drop by drop", headers: ("X-One", "1")))
        {
            await slot.SendAsync((byte[])[single]);
        }

        Assert.Equal("drop by drop", await answer.WithDeadline());
    }

    [Fact]
    public async Task A_response_head_larger_than_the_buffer_is_taken()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        frontEnd.Client.Dispose();
        using var client = await frontEnd.SendRawAsync("");
        var slot = (await frontEnd.AddWorkerAsync())[0];
        await client.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("end", headers: [("X-Large", new string('x', 200_000)), ("X-Last", "1")]);
        Assert.Contains("X-Last: 1", await client.ReceiveUntilAsync("\r\n\r\nend"));
    }

    [Fact]
    public async Task A_worker_that_dies_after_claiming_fails_its_request_with_502()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var first = await frontEnd.AddWorkerAsync();
        await frontEnd.AddWorkerAsync();
        var answer = frontEnd.Client.GetAsync("/");
        await first[0].TakeRequestAsync();
        first.Dispose();
        Assert.Equal(HttpStatusCode.BadGateway, (await answer.WithDeadline()).StatusCode);
    }

    [Fact]
    public async Task A_worker_that_dies_in_the_middle_of_a_response_resets_the_client()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var worker = await frontEnd.AddWorkerAsync();
        using var client = await frontEnd.SendRawAsync("GET / HTTP/1.0\r\n\r\n");
        await worker[0].TakeRequestAsync();
        await worker[0].RespondAsync("begun", isWhole: false);
        await client.ReceiveUntilAsync("begun");
        worker.Dispose();
        await Assert.ThrowsAnyAsync<IOException>(client.CountToEndAsync);
    }

    [Fact]
    public async Task A_request_that_a_dead_worker_had_not_claimed_is_sent_again_with_its_body()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var first = await frontEnd.AddWorkerAsync();
        var second = await frontEnd.AddWorkerAsync();
        var answer = frontEnd.Client.PostAsync("/again", new StringContent("body"));
        await first[0].ReceiveRequestAsync();
        first.Dispose();
        var request = await second[0].TakeRequestAsync();
        Assert.Equal("/again", request["PATH_INFO"]);
        Assert.Equal("body"u8, request.InlineBody);
        await second[0].RespondAsync("served");
        Assert.Equal("served", await (await answer.WithDeadline()).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_request_is_sent_again_twice_and_then_failed()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var answer = frontEnd.Client.GetAsync("/");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var worker = await frontEnd.AddWorkerAsync();
            await worker[0].ReceiveRequestAsync();
        }

        Assert.Equal(HttpStatusCode.BadGateway, (await answer.WithDeadline()).StatusCode);
    }

    [Fact]
    public async Task A_request_that_is_not_claimed_within_a_second_goes_to_another_worker()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var stuck = await frontEnd.AddWorkerAsync(slots: 2);
        var answer = frontEnd.Client.GetStringAsync("/");
        var request = await stuck[1].ReceiveRequestAsync();
        var other = await frontEnd.AddWorkerAsync();

        frontEnd.Time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(frontEnd.Log.Has(104));
        frontEnd.Time.Advance(TimeSpan.FromMilliseconds(250));
        await other[0].TakeRequestAsync();
        Assert.False(stuck[1].Claim.TryClaim(request.Head.Number));

        // The other slot of the stuck worker would be stuck as well: the next request waits.
        var second = frontEnd.Client.GetStringAsync("/second");
        await Deadline.UntilAsync(() => frontEnd.Dispatcher.Waiting == 1);
        await stuck[1].SendEmptyAsync(FrameKind.Dropped);
        Assert.Equal("/second", (await stuck[1].TakeRequestAsync())["PATH_INFO"]);
        await stuck[1].RespondAsync("unstuck");
        await other[0].RespondAsync("other");
        Assert.Equal("unstuck", await second.WithDeadline());
        Assert.Equal("other", await answer.WithDeadline());
    }

    [Fact]
    public async Task A_claimed_request_without_a_time_limit_may_take_as_long_as_it_likes()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(
            static options => options.RequestTimeout = TimeSpan.Zero);
        var worker = await frontEnd.AddWorkerAsync();
        await frontEnd.AddWorkerAsync();
        var answer = frontEnd.Client.GetStringAsync("/");
        await worker[0].TakeRequestAsync();
        for (var i = 0; i < 20; i++)
        {
            frontEnd.Time.Advance(TimeSpan.FromSeconds(10));
        }

        await worker[0].RespondAsync("slow");
        Assert.Equal("slow", await answer.WithDeadline());
    }

    [Fact]
    public async Task A_claim_word_that_lies_harms_only_its_own_request()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var client = await frontEnd.SendRawAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        var request = await slot.TakeRequestAsync();
        await slot.RespondAsync("begun", isWhole: false);
        await client.ReceiveUntilAsync("begun");
        slot.Claim.MarkSent(request.Head.Number);
        frontEnd.Time.Advance(TimeSpan.FromSeconds(5));
        await slot.SendDataAsync("-ended", isLast: true);
        await client.ReceiveUntilAsync("-ended");
    }

    [Fact]
    public async Task A_client_that_goes_away_before_the_claim_takes_its_request_back()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var client = await frontEnd.SendRawAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        var request = await slot.ReceiveRequestAsync();
        client.Reset();
        await frontEnd.Dispatcher.WhenIdleAsync().WithDeadline();
        Assert.False(slot.Claim.TryClaim(request.Head.Number));
        await slot.SendEmptyAsync(FrameKind.Dropped);
        await AssertServesAsync(frontEnd, slot);
    }

    [Fact]
    public async Task A_client_that_goes_away_is_marked_and_the_rest_of_its_response_discarded()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var client = await frontEnd.SendRawAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        var request = await slot.TakeRequestAsync();
        await slot.RespondAsync("begun", isWhole: false);
        await client.ReceiveUntilAsync("begun");
        client.Reset();
        await frontEnd.Dispatcher.WhenIdleAsync().WithDeadline();
        await Deadline.UntilAsync(() => slot.Claim.IsClientGone(request.Head.Number));
        await slot.SendDataAsync(new byte[1_000_000]);
        await slot.SendEmptyAsync(FrameKind.Abort);
        await AssertServesAsync(frontEnd, slot);
    }

    private static async Task AssertServesAsync(TestFrontEnd frontEnd, FakeSlot slot)
    {
        var answer = frontEnd.Client.GetStringAsync("/");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("next");
        Assert.Equal("next", await answer.WithDeadline());
    }

    private static byte[] Frame(FrameKind kind, int length = 0)
    {
        var frame = new byte[8 + length];
        new FrameHeader(length, kind, FrameFlags.None).WriteTo(frame);
        return frame;
    }
}
