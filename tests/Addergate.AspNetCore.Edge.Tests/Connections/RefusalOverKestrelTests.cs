using System.Net.Sockets;
using System.Text;

namespace Addergate.AspNetCore.Edge.Tests.Connections;

/// <summary>The end of connections that are refused while their client is still sending.</summary>
public sealed class RefusalOverKestrelTests : IAsyncLifetime
{
    private readonly GatedServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX\u0001: 1\r\n\r\n", "400")]
    [InlineData("GET / HTTP/2.0\r\nHost: a\r\n\r\n", "505")]
    public async Task The_answer_reaches_a_client_that_sends_on(string refused, string status)
    {
        using var socket = await _server.ConnectAsync();
        await socket.SendAsync(Encoding.Latin1.GetBytes(refused));
        // More than any buffer between the two holds: without a lingering close the kernel would reset the connection.
        var rest = new byte[1 << 20];
        for (var megabyte = 0; megabyte < 16; megabyte++)
        {
            await socket.SendAsync(rest);
        }

        socket.Shutdown(SocketShutdown.Send);
        var answer = await GatedServer.ReadToEndAsync(socket).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("(reset)", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_comes_behind_the_answer_while_what_the_client_still_sends_is_awaited()
    {
        // On a clock that stands still it is awaited for ever.
        await using var server = new GatedServer(new StoppedTime(), isInline: true);
        await server.InitializeAsync();
        using var socket = await server.ConnectAsync();
        await socket.SendAsync("GET / HTTP/1.1\r\nHost: a\r\nX\u0001: 1\r\n\r\nmore"u8.ToArray());
        var answer = await GatedServer.ReadToEndAsync(socket).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        await socket.SendAsync("and more"u8.ToArray());
        Assert.DoesNotContain("(reset)", answer, StringComparison.Ordinal);
    }
}
