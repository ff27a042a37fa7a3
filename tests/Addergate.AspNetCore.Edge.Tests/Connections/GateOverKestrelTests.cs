using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Addergate.AspNetCore.Edge.Tests.Connections;

public sealed partial class GateOverKestrelTests : IAsyncLifetime
{
    private readonly GatedServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Messages.GoodNumbers), MemberType = typeof(Messages))]
    public async Task Whole_requests_are_answered(int number)
    {
        var bytes = Messages.Bytes(Messages.Good[number]);
        var requests = RequestLine().Count(Messages.Good[number]);
        var answer = await _server.TalkAsync([bytes]);
        Assert.Equal(requests, Status().Count(answer));
        Assert.All(Status().Matches(answer), static match => Assert.Equal("200", match.Groups[1].Value));

        var slowly = await _server.TalkAsync(bytes.Select(static value => new[] { value }));
        Assert.Equal(requests, Status().Count(slowly));
    }

    [Theory]
    [MemberData(nameof(Messages.BadNumbers), MemberType = typeof(Messages))]
    public async Task A_broken_rule_is_answered_with_400_and_the_end(int number)
    {
        var (violation, before, after) = Messages.Bad[number];
        var bytes = Messages.Bytes(before + after);
        // A request that stands whole before the bad line.
        var whole = before.StartsWith("GET / HTTP/1.1\r\nHost: a\r\n\r\n", StringComparison.Ordinal) ? 1 : 0;
        string[] expected = [.. Enumerable.Repeat("200", whole), "400"];

        foreach (var pieces in new[] { [bytes], bytes.Select(static value => new[] { value }).ToArray() })
        {
            _server.Served.Clear();
            var answer = await _server.TalkAsync(pieces);
            Assert.Equal(expected, Status().Matches(answer).Select(static match => match.Groups[1].Value));
            Assert.Contains("Connection: close", answer, StringComparison.OrdinalIgnoreCase);
            Assert.True(_server.Served.Count <= 1, $"{violation}: a second request was served");
        }
    }

    [Theory]
    [InlineData("GET / HTTP/2.0\r\nHost: a\r\n\r\n", "505")]
    [InlineData("GET /{9000} HTTP/1.1\r\nHost: a\r\n\r\n", "414")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: {40000}\r\n\r\n", "431")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: {90000}\r\n\r\n", "431")]
    public async Task What_the_server_refuses_by_itself_keeps_its_status(string request, string status)
    {
        var text = Padding().Replace(request, static match => new string('x', int.Parse(match.Groups[1].Value)));
        var answer = await _server.TalkAsync([Messages.Bytes(text + "GET /second HTTP/1.1\r\nHost: a\r\n\r\n")]);
        Assert.Equal(status, Status().Match(answer).Groups[1].Value);
        Assert.DoesNotContain("/second", _server.Served);
    }

    [Fact]
    public async Task A_client_that_half_closes_is_answered()
    {
        using var socket = await _server.ConnectAsync();
        await socket.SendAsync(Messages.Bytes("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n"));
        socket.Shutdown(SocketShutdown.Send);
        await _server.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(10));
        // Longer than a heartbeat of the server.
        await Task.Delay(1500);
        Assert.False(_server.Aborted.Task.IsCompleted);
        _server.Release.TrySetResult();
        Assert.Contains("[/wait 0]", await GatedServer.ReadToEndAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_half_closes_after_a_body_is_answered()
    {
        var body = new string('b', 300_000);
        var answer = await _server.TalkAsync(
            [Messages.Bytes($"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: {body.Length}\r\n\r\n{body}")]);
        Assert.Contains("[/x 300000]", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_resets_is_dropped_at_once()
    {
        var socket = await _server.ConnectAsync();
        await socket.SendAsync(Messages.Bytes("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n"));
        await _server.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(10));
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
        Assert.True(await _server.Aborted.Task.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [GeneratedRegex(@"HTTP/1\.1 (\d\d\d)")]
    private static partial Regex Status();

    [GeneratedRegex(@"(?i)(GET|POST|OPTIONS) \S+ HTTP")]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"\{(\d+)\}")]
    private static partial Regex Padding();
}
