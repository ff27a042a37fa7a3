using System.Net;
using System.Text;
using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Tests.Fakes;
using Addergate.Settings.Model;
using Addergate.Wire.Frames;
using Addergate.Wire.Requests;

namespace Addergate.AspNetCore.Tests.Bodies;

public sealed class RequestBodyTests
{
    private static readonly LimitSettings Small = new()
    {
        RequestBody = 1_000_000,
        RequestBuffering = true,
        RequestBodyInMemory = 200_000,
        ResponseBuffer = 1_000_000,
        TotalMemory = 10_000_000,
        TotalSpool = 10_000_000,
    };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(16 * 1024)]
    [InlineData(16 * 1024 + 1)]
    [InlineData(128 * 1024)]
    public async Task A_small_body_travels_with_the_head(int size)
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var body = Bytes(size);
        var answer = frontEnd.Client.PostAsync("/", new ByteArrayContent(body));
        var request = await slot.TakeRequestAsync();
        Assert.Equal(size == 0 ? RequestBodyMode.None : RequestBodyMode.Inline, request.Head.BodyMode);
        Assert.Equal(size, request.Head.ContentLength);
        Assert.Equal($"{size}", request["CONTENT_LENGTH"]);
        Assert.Equal(body, request.InlineBody);
        await slot.RespondAsync("");
        await answer.WithDeadline();
        await AssertNothingIsHeldAsync(frontEnd);
    }

    [Theory]
    [InlineData(128 * 1024 + 1, false)]
    [InlineData(199_999, false)]
    [InlineData(200_001, true)]
    [InlineData(999_999, true)]
    public async Task A_large_body_is_held_here_until_the_application_reads(int size, bool isSpooled)
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(static options => options.Limits = Small);
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var body = Bytes(size);
        var answer = frontEnd.Client.PostAsync("/", new ByteArrayContent(body));
        var request = await slot.TakeRequestAsync();
        Assert.Equal(RequestBodyMode.OnDemand, request.Head.BodyMode);
        Assert.Equal(size, request.Head.ContentLength);
        Assert.Equal(isSpooled, frontEnd.Get<BufferBudgets>().Spool.InUse > 0);
        Assert.Equal(isSpooled, frontEnd.Get<BufferBudgets>().Memory.InUse == 0);
        // The file has no name: nothing but the socket is in the directory.
        Assert.Single(Directory.GetFileSystemEntries(frontEnd.SpoolDirectory));

        Assert.Equal(body, await ReadAllAsync(slot, 70_001));
        var after = await slot.ReadBodyAsync(1);
        Assert.Equal(new FrameHeader(0, FrameKind.BodyEnd, FrameFlags.None), after.Header);
        await slot.RespondAsync("");
        await answer.WithDeadline();
        await AssertNothingIsHeldAsync(frontEnd);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(500_000)]
    public async Task A_chunked_body_taken_in_whole_has_a_length_and_no_transfer_coding(int size)
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(static options => options.Limits = Small);
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var body = Bytes(size);
        using var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(body) };
        message.Headers.TransferEncodingChunked = true;
        var answer = frontEnd.Client.SendAsync(message);
        var request = await slot.TakeRequestAsync();
        Assert.Equal($"{size}", request["CONTENT_LENGTH"]);
        Assert.False(request.Environ.ContainsKey("HTTP_TRANSFER_ENCODING"));
        Assert.Equal(
            body, request.Head.BodyMode is RequestBodyMode.Inline ? request.InlineBody : await ReadAllAsync(slot, 1 << 20));
        await slot.RespondAsync("");
        await answer.WithDeadline();
    }

    [Fact]
    public async Task No_slot_is_used_before_the_body_is_there()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var slow = await frontEnd.SendRawAsync("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab");
        await Deadline.UntilAsync(() => frontEnd.Dispatcher.InFlight == 1);

        var quick = frontEnd.Client.GetStringAsync("/quick");
        Assert.Equal("/quick", (await slot.TakeRequestAsync())["PATH_INFO"]);
        await slot.RespondAsync("");
        await quick.WithDeadline();

        await slow.SendAsync("cd");
        Assert.Equal("abcd", Text((await slot.TakeRequestAsync()).InlineBody));
        await slot.RespondAsync("done");
        await slow.ReceiveUntilAsync("done");
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_by_its_head_without_asking_for_it()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(static options => options.Limits = Small);
        using var client = await frontEnd.SendRawAsync(
            "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1000001\r\n\r\n");
        var answer = await client.ReceiveUntilAsync("\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", answer);
    }

    [Fact]
    public async Task A_chunked_body_beyond_the_limit_is_refused_while_it_comes()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(
            static options => options.Limits = Small with { RequestBody = 10 });
        using var client = await frontEnd.SendRawAsync(
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n12345678\r\n8\r\n12345678\r\n0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", await client.ReceiveUntilAsync("\r\n\r\n"));
        await AssertNothingIsHeldAsync(frontEnd);
    }

    [Fact]
    public async Task Continue_is_sent_when_the_body_is_taken_in()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var client = await frontEnd.SendRawAsync(
            "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 100 ", await client.ReceiveUntilAsync("\r\n\r\n"));
        await client.SendAsync("ok");
        Assert.Equal("ok", Text((await slot.TakeRequestAsync()).InlineBody));
    }

    [Fact]
    public async Task A_client_that_goes_away_while_sending_its_body_leaves_nothing_behind()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(static options => options.Limits = Small);
        var client = await frontEnd.SendRawAsync(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n" + new string('x', 300_000));
        await Deadline.UntilAsync(() => frontEnd.Get<BufferBudgets>().Spool.InUse > 0);
        client.Reset();
        await frontEnd.Dispatcher.WhenIdleAsync().WithDeadline();
        await AssertNothingIsHeldAsync(frontEnd);
    }

    [Fact]
    public async Task When_memory_is_used_up_bodies_go_to_disk()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(
            static options => options.Limits = Small with { TotalMemory = 0 });
        var slot = (await frontEnd.AddWorkerAsync())[0];
        var answer = frontEnd.Client.PostAsync("/", new StringContent("on disk"));
        await slot.TakeRequestAsync();
        Assert.Equal("on disk", Text(await ReadAllAsync(slot, 100)));
        await slot.RespondAsync("");
        await answer.WithDeadline();
    }

    [Fact]
    public async Task When_disk_is_used_up_too_the_request_is_refused_and_that_is_logged()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(
            static options => options.Limits = Small with { TotalMemory = 0, TotalSpool = 6 });
        var answer = await frontEnd.Client.PostAsync("/", new StringContent("too much")).WithDeadline();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.True(frontEnd.Log.Has(140));
        await AssertNothingIsHeldAsync(frontEnd);
    }

    [Fact]
    public async Task A_spool_directory_that_cannot_be_written_is_507()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(static options =>
        {
            options.Limits = Small;
            options.SpoolDirectory = "/proc/none";
        });
        var answer = await frontEnd.Client.PostAsync("/", new ByteArrayContent(Bytes(300_000))).WithDeadline();
        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        Assert.True(frontEnd.Log.Has(141));
    }

    [Fact]
    public async Task Without_buffering_the_body_is_asked_for_when_the_application_reads()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(
            static options => options.Limits = Small with { RequestBuffering = false });
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var client = await frontEnd.SendRawAsync(
            "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 6\r\n\r\n");
        var request = await slot.TakeRequestAsync();
        Assert.Equal(RequestBodyMode.OnDemand, request.Head.BodyMode);
        Assert.Equal(6, request.Head.ContentLength);

        var read = slot.ReadBodyAsync(100);
        Assert.StartsWith("HTTP/1.1 100 ", await client.ReceiveUntilAsync("\r\n\r\n"));
        await client.SendAsync("abc");
        Assert.Equal("abc", Text((await read.WithDeadline()).Payload));
        await client.SendAsync("def");
        var last = await slot.ReadBodyAsync(100);
        Assert.Equal("def", Text(last.Payload));
        Assert.Equal(FrameFlags.End, last.Header.Flags);
        await slot.RespondAsync("thanks");
        await client.ReceiveUntilAsync("thanks");
    }

    [Fact]
    public async Task Without_buffering_a_body_that_nobody_reads_does_not_upset_the_next_request()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(
            static options => options.Limits = Small with { RequestBuffering = false });
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var client = await frontEnd.SendRawAsync(
            "POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
            + "GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
        var request = await slot.TakeRequestAsync();
        Assert.Equal(-1, request.Head.ContentLength);
        Assert.Equal("chunked", request["HTTP_TRANSFER_ENCODING"]);
        await slot.RespondAsync("one");
        await client.ReceiveUntilAsync("one");
        Assert.Equal("/2", (await slot.TakeRequestAsync())["PATH_INFO"]);
        await slot.RespondAsync("two");
        await client.ReceiveUntilAsync("two");
    }

    [Theory]
    [InlineData("5\r\nabc", FrameFlags.Disconnected, true)]
    [InlineData("zz\r\n", FrameFlags.Invalid, false)]
    public async Task Without_buffering_the_application_learns_how_a_body_failed(
        string chunks, FrameFlags expected, bool goesAway)
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(
            static options => options.Limits = Small with { RequestBuffering = false });
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var client = await frontEnd.SendRawAsync(
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
        await slot.TakeRequestAsync();
        if (goesAway)
        {
            Assert.Equal("abc", Text((await slot.ReadBodyAsync(100)).Payload));
            client.Reset();
        }

        var end = await slot.ReadBodyAsync(100);
        Assert.Equal(new FrameHeader(0, FrameKind.BodyEnd, expected), end.Header);
        await slot.SendEmptyAsync(FrameKind.Abort);
    }

    private static async Task<byte[]> ReadAllAsync(FakeSlot slot, int most)
    {
        var all = new List<byte>();
        while (true)
        {
            var (header, payload) = await slot.ReadBodyAsync(most);
            Assert.InRange(payload.Length, 0, most);
            all.AddRange(payload);
            if (header.Kind is FrameKind.BodyEnd || header.Flags.HasFlag(FrameFlags.End))
            {
                return [.. all];
            }
        }
    }

    private static async Task AssertNothingIsHeldAsync(TestFrontEnd frontEnd)
    {
        await frontEnd.Dispatcher.WhenIdleAsync().WithDeadline();
        Assert.Equal(0, frontEnd.Get<BufferBudgets>().Memory.InUse);
        Assert.Equal(0, frontEnd.Get<BufferBudgets>().Spool.InUse);
    }

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }
}
