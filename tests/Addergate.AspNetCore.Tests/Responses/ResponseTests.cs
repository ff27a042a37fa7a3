using System.Net;
using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Tests.Fakes;
using Addergate.Settings.Model;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.Tests.Responses;

public sealed class ResponseTests
{
    [Fact]
    public async Task Each_block_goes_out_before_the_next_is_there()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var client = await frontEnd.SendRawAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("one", isWhole: false);
        Assert.Contains("Transfer-Encoding: chunked", await client.ReceiveUntilAsync("3\r\none\r\n"));
        await slot.SendDataAsync("three");
        await client.ReceiveUntilAsync("5\r\nthree\r\n");
        await slot.SendDataAsync("", isLast: true);
        await client.ReceiveUntilAsync("0\r\n\r\n");
    }

    [Fact]
    public async Task To_HTTP_1_0_the_end_of_the_stream_is_the_end()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var client = await frontEnd.SendRawAsync("GET / HTTP/1.0\r\n\r\n");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("", isWhole: false);
        Assert.Contains("Connection: close", await client.ReceiveUntilAsync("\r\n\r\n"));
        await slot.SendDataAsync("all there is", isLast: true);
        Assert.Equal(12, await client.CountToEndAsync());
    }

    [Theory]
    [InlineData("HEAD", 200, "Content-Length: 5")]
    [InlineData("GET", 304, "HTTP/1.1 304")]
    [InlineData("GET", 204, "HTTP/1.1 204")]
    public async Task A_response_that_may_have_no_body_has_none(string method, int status, string expected)
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var client = await frontEnd.SendRawAsync($"{method} / HTTP/1.1\r\nHost: x\r\n\r\n");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("xxxxx", status, headers: method == "HEAD" ? [("Content-Length", "5")] : []);
        await client.SendAsync("GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("next");
        var answer = await client.ReceiveUntilAsync("\r\n\r\nnext");
        Assert.Contains(expected, answer);
        Assert.DoesNotContain("xxxxx", answer);
    }

    [Fact]
    public async Task Repeated_headers_stay_apart_and_bytes_stay_bytes()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var client = await frontEnd.SendRawAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        await slot.TakeRequestAsync();
        await slot.RespondAsync(
            "end",
            headers: [("Set-Cookie", "a=1"), ("set-cookie", "b=2"), ("X-Latin", "caf\u00E9"), ("X-Own", "1")]);
        var answer = await client.ReceiveUntilAsync("\r\n\r\nend");
        Assert.Contains("Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n", answer);
        Assert.Contains("X-Latin: caf\u00E9\r\n", answer);
        Assert.Contains("X-Own: 1\r\n", answer);
    }

    [Fact]
    public async Task Date_and_Server_of_the_application_are_not_repeated_and_hop_by_hop_headers_dropped()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(static options => options.ServerHeader = "Gate");
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var client = await frontEnd.SendRawAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        await slot.TakeRequestAsync();
        await slot.RespondAsync(
            "end",
            headers: [("Date", "yesterday"), ("Connection", "upgrade"), ("keep-alive", "1"), ("Transfer-Encoding", "x")]);
        var answer = await client.ReceiveUntilAsync("\r\n\r\nend");
        Assert.Single(answer.Split("Date: ").Skip(1));
        Assert.Contains("Server: Gate\r\n", answer);
        Assert.DoesNotContain("Connection:", answer);
        Assert.DoesNotContain("eep-alive", answer);
        Assert.DoesNotContain("Transfer-Encoding", answer);

        await client.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("end", headers: ("Server", "Mine"));
        answer = await client.ReceiveUntilAsync("\r\n\r\nend");
        Assert.Contains("Server: Mine\r\n", answer);
        Assert.DoesNotContain("Gate", answer);
    }

    [Fact]
    public async Task A_header_that_must_not_be_sent_is_502_and_the_slot_lives()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var answer = frontEnd.Client.GetAsync("/");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("x", headers: ("X-Split", "a\r\nSet-Cookie: evil=1"));
        Assert.Equal(HttpStatusCode.BadGateway, (await answer.WithDeadline()).StatusCode);

        var next = frontEnd.Client.GetStringAsync("/");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("lives");
        Assert.Equal("lives", await next.WithDeadline());
    }

    [Fact]
    public async Task More_than_the_Content_Length_is_cut()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var answer = frontEnd.Client.GetStringAsync("/");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("abc", isWhole: false, headers: ("Content-Length", "5"));
        await slot.SendDataAsync("defghi", isLast: true);
        Assert.Equal("abcde", await answer.WithDeadline());
    }

    [Fact]
    public async Task The_last_bytes_of_a_Content_Length_do_not_wait_for_anything()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var client = await frontEnd.SendRawAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("abc", isWhole: false, headers: ("Content-Length", "5"));
        await client.ReceiveUntilAsync("abc");
        await slot.SendDataAsync("de", isLast: true);
        await client.ReceiveUntilAsync("de");
    }

    [Fact]
    public async Task A_slow_client_does_not_hold_the_slot()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var slow = await frontEnd.SendRawAsync("GET /slow HTTP/1.0\r\n\r\n");
        await slot.TakeRequestAsync();
        var body = new byte[6_000_000];
        await slot.RespondAsync("", isWhole: false);
        await slot.SendDataAsync(body, isLast: true);

        // Not one byte was read by the client, and the slot serves the next.
        var quick = frontEnd.Client.GetStringAsync("/quick");
        Assert.Equal("/quick", (await slot.TakeRequestAsync())["PATH_INFO"]);
        await slot.RespondAsync("quick");
        Assert.Equal("quick", await quick.WithDeadline());

        await slow.ReceiveUntilAsync("\r\n\r\n");
        Assert.InRange(await slow.CountToEndAsync(), body.Length - 64 * 1024, body.Length);
        await frontEnd.Dispatcher.WhenIdleAsync().WithDeadline();
        Assert.Equal(0, frontEnd.Get<BufferBudgets>().Memory.InUse);
    }

    [Fact]
    public async Task A_client_that_takes_nothing_is_cut_off()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(
            static options => options.ResponseSocketTimeout = TimeSpan.FromSeconds(20));
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var slow = await frontEnd.SendRawAsync("GET /slow HTTP/1.0\r\n\r\n");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("", isWhole: false);
        // So much that the kernel's buffers cannot take over what the client leaves.
        var sending = slot.SendDataAsync(new byte[60_000_000], isLast: true);

        // What it took by itself is in its kernel's buffer.
        await slow.ReceiveUntilAsync("\r\n\r\n");
        AdvanceBySeconds(frontEnd, 15);
        Assert.Equal(1, frontEnd.Dispatcher.InFlight);
        // More than was in any buffer of the kernel is progress.
        await slow.ReceiveAtLeastAsync(10_000_000);
        AdvanceBySeconds(frontEnd, 15);
        Assert.Equal(1, frontEnd.Dispatcher.InFlight);
        await Deadline.UntilAsync(() =>
        {
            frontEnd.Time.Advance(TimeSpan.FromSeconds(1));
            return frontEnd.Dispatcher.InFlight == 0;
        });
        await Assert.ThrowsAsync<IOException>(slow.CountToEndAsync);
        await sending.WithDeadline();
    }

    private static void AdvanceBySeconds(TestFrontEnd frontEnd, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            frontEnd.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [InlineData(1_000_000, long.MaxValue)]
    [InlineData(int.MaxValue, 1_000_000)]
    public async Task The_application_waits_when_the_buffer_is_full_and_goes_on_when_it_is_read(int own, long total)
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(options => options.Limits = Limits(own, total));
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var slow = await frontEnd.SendRawAsync("GET / HTTP/1.0\r\n\r\n");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("", isWhole: false);
        const int Size = 60_000_000;
        var sending = slot.SendDataAsync(new byte[Size], isLast: true);

        await UntilTheApplicationWaitsAsync(frontEnd, slot);
        await slow.ReceiveUntilAsync("\r\n\r\n");
        Assert.InRange(await slow.CountToEndAsync(), Size - 64 * 1024, Size);
        await sending.WithDeadline();
        Assert.InRange(frontEnd.Get<BufferBudgets>().Memory.InUse, 0, 0);
    }

    [Fact]
    public async Task A_client_that_goes_away_while_the_buffer_is_full_frees_the_application()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(
            static options => options.Limits = Limits(1_000_000, long.MaxValue));
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var slow = await frontEnd.SendRawAsync("GET / HTTP/1.0\r\n\r\n");
        await slot.TakeRequestAsync();
        await slot.RespondAsync("", isWhole: false);
        var sending = slot.SendDataAsync(new byte[60_000_000]);
        await UntilTheApplicationWaitsAsync(frontEnd, slot);
        slow.Reset();
        await sending.WithDeadline();
        await slot.SendEmptyAsync(FrameKind.Abort);
        await frontEnd.Dispatcher.WhenIdleAsync().WithDeadline();
        Assert.Equal(0, frontEnd.Get<BufferBudgets>().Memory.InUse);
    }

    // What is held falls again while the kernel takes more for the client, so no amount of it can be waited for.
    private static Task UntilTheApplicationWaitsAsync(TestFrontEnd frontEnd, FakeSlot slot) =>
        Deadline.UntilAsync(() =>
        {
            var held = frontEnd.Get<BufferBudgets>().Memory.InUse;
            Assert.InRange(held, 0, 1_200_000);
            return held > 0 && !slot.CanSend;
        });

    private static LimitSettings Limits(int own, long total) => new()
    {
        RequestBody = 0,
        RequestBuffering = true,
        RequestBodyInMemory = 100_000,
        ResponseBuffer = own,
        TotalMemory = total,
        TotalSpool = 0,
    };
}
