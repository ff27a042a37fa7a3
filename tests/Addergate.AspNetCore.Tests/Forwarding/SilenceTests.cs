using Addergate.AspNetCore.Tests.Fakes;

namespace Addergate.AspNetCore.Tests.Forwarding;

/// <summary>How long a target may say nothing, and whose time it is.</summary>
public sealed class SilenceTests : IAsyncLifetime
{
    private static readonly TimeSpan Almost = ForwardingFrontEnd.Timeout - TimeSpan.FromSeconds(1);

    private ForwardingFrontEnd _site = null!;

    public async ValueTask InitializeAsync() => _site = await ForwardingFrontEnd.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_slow_answer_is_passed_on_and_one_that_stops_is_cut_off()
    {
        var (client, target) = await _site.AskAsync("GET /api/x", "\r\n");
        await target.ReceiveUntilAsync("\r\n\r\n");
        await target.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        await client.ReceiveUntilAsync("\r\n\r\n");
        // In all more than the limit, never as much between two.
        for (var i = 0; i < 5; i++)
        {
            _site.Time.Advance(Almost);
            await target.SendAsync($"{i}");
            await client.ReceiveUntilAsync($"{i}");
        }

        var end = client.CountToEndAsync();
        await _site.PassUntilAsync(ForwardingFrontEnd.Timeout, end);
        await Assert.ThrowsAsync<IOException>(() => end);
    }

    [Fact]
    public async Task The_time_in_which_a_client_sends_its_body_is_not_the_targets()
    {
        var (client, target) = await _site.AskAsync("POST /api/x", "Content-Length: 10\r\n\r\n12345");
        await target.ReceiveUntilAsync("12345");
        await Deadline.UntilAsync(() => !_site.Time.HasArmedTimer);
        _site.Time.Advance(100 * ForwardingFrontEnd.Timeout);
        await client.SendAsync("67890");
        await target.ReceiveUntilAsync("67890");
        await target.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        await client.ReceiveUntilAsync("\r\n\r\nok");
    }

    [Fact]
    public async Task A_target_that_has_the_whole_body_and_says_nothing_is_504()
    {
        var (client, target) = await _site.AskAsync("POST /api/x", "Content-Length: 5\r\n\r\n12345");
        await target.ReceiveUntilAsync("12345");
        var answer = client.ReceiveUntilAsync("\r\n\r\n");
        await _site.PassUntilAsync(ForwardingFrontEnd.Timeout, answer);
        Assert.StartsWith("HTTP/1.1 504 ", await answer, StringComparison.Ordinal);
        Assert.Equal(0, await target.CountToEndAsync());
    }

    [Fact]
    public async Task A_WebSocket_lasts_as_long_as_either_side_says_something()
    {
        var (client, target) = await _site.AskAsync(
            "GET /api/x",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        await target.ReceiveUntilAsync("\r\n\r\n");
        await target.SendAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
        await client.ReceiveUntilAsync("\r\n\r\n");
        for (var i = 0; i < 6; i++)
        {
            _site.Time.Advance(Almost);
            var (from, to) = i % 2 == 0 ? (client, target) : (target, client);
            await from.SendAsync($"{i}");
            await to.ReceiveUntilAsync($"{i}");
        }

        var end = client.CountToEndAsync();
        await _site.PassUntilAsync(ForwardingFrontEnd.Timeout, end);
        Assert.Equal(0, await end);
        Assert.Equal(0, await target.CountToEndAsync());
    }

    [Fact]
    public async Task A_connection_is_kept_for_the_next_request_for_some_seconds()
    {
        var (client, target) = await _site.AskAsync("GET /api/x", "\r\n");
        for (var i = 0; i < 2; i++)
        {
            await target.ReceiveUntilAsync("\r\n\r\n");
            await target.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            await client.ReceiveUntilAsync("\r\n\r\nok");
            if (i == 0)
            {
                // On the same connection: the first request has come to its end when this one is read.
                await client.SendAsync("GET /api/y HTTP/1.1\r\nHost: test\r\n\r\n");
            }
        }

        var end = target.CountToEndAsync();
        await _site.PassUntilAsync(TimeSpan.FromSeconds(4), end);
        Assert.Equal(0, await end);
    }
}
