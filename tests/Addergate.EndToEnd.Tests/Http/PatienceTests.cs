using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Http;

/// <summary>Each setting of the patience with clients seen to act. The others are off, or longer than a test waits.</summary>
[Trait("Runs", "once")]
public sealed class PatienceTests
{
    private const string Hello = "GET /hello HTTP/1.1\r\nHost: test\r\n\r\n";
    private const string HeadBegun = "GET /hello HTTP/1.1\r\nHost: test\r\nX-Slow: ";

    // 500 bytes a second for five seconds: a slow machine only makes it slower, and no limit below is near to that.
    private const int Piece = 100;
    private const int Pieces = 25;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void A_head_that_comes_slowly_has_as_long_as_its_settings_say() => AtOnce(
        (options, status) =>
        {
            using var server = Start(options);
            using var client = new Conversation(server.Port);
            client.Send(HeadBegun).SendSlowly(new string('x', Piece * Pieces), Piece, Pause);
            if (status == 200)
            {
                client.Send("\r\n\r\n");
            }

            AssertOutcome(server, client, "GET /hello", status);
        },
        ("--header-timeout 1 --header-max-timeout 0 --header-min-rate 0", 408),
        ("--header-timeout 1 --header-max-timeout 0 --header-min-rate 5000", 408),
        ("--header-timeout 1 --header-max-timeout 0 --header-min-rate 50", 200),
        ("--header-timeout 1 --header-max-timeout 2 --header-min-rate 50", 408),
        ("--header-timeout 0", 200));

    [Fact]
    public void A_body_that_comes_slowly_has_as_long_as_its_settings_say() => AtOnce(
        (options, status) =>
        {
            using var server = Start(options);
            using var client = new Conversation(server.Port);
            client.Send($"POST /upload HTTP/1.1\r\nHost: test\r\nContent-Length: {Piece * Pieces}\r\n\r\n")
                .SendSlowly(new string('x', Piece * Pieces), Piece, Pause);
            AssertOutcome(server, client, "POST /upload", status);
        },
        ("--body-timeout 1 --body-max-timeout 0 --body-min-rate 0", 408),
        ("--body-timeout 1 --body-max-timeout 0 --body-min-rate 5000", 408),
        ("--body-timeout 1 --body-max-timeout 0 --body-min-rate 50", 200),
        ("--body-timeout 1 --body-max-timeout 2 --body-min-rate 50", 408),
        ("--body-timeout 0", 200));

    [Fact]
    public void A_client_that_falls_silent_in_its_request_is_told_and_closed()
    {
        using var server = Start("--header-timeout 0 --body-timeout 0 --socket-timeout 1");
        using var inHead = new Conversation(server.Port);
        using var inBody = new Conversation(server.Port);
        using var inChunk = new Conversation(server.Port);
        inHead.Send(HeadBegun);
        inBody.Send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\n12345");
        inChunk.Send("POST /upload HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n123");
        AssertOutcome(server, inHead, "GET /hello", 408);
        AssertOutcome(server, inBody, "POST /echo", 408);
        AssertOutcome(server, inChunk, "POST /upload", 408);
        inHead.AssertClosed();
        inBody.AssertClosed();
        inChunk.AssertClosed();
    }

    [Fact]
    public void A_client_that_goes_on_sending_is_not_silent()
    {
        using var server = Start("--header-timeout 0 --body-timeout 0 --socket-timeout 2");
        using var client = new Conversation(server.Port);
        client.Send(HeadBegun).SendSlowly(new string('x', Pieces), 1, Pause);
        Assert.Equal(200, client.Send("\r\n\r\n").Receive().Status);
    }

    [Theory]
    [InlineData("--socket-timeout 1")]
    [InlineData("--response-socket-timeout 1")]
    public void A_client_that_takes_nothing_of_its_response_is_reset_and_its_thread_freed(string options)
    {
        using var server = Start($"{options} --threads 1");
        using var client = new Conversation(server.Port, receiveBuffer: 4096);
        // More than the front end holds for it.
        client.Send("GET /download?blocks=1000 HTTP/1.1\r\nHost: test\r\n\r\n");
        Assert.Equal(200, client.Receive(toHead: true).Status);
        Assert.Equal("hello\n", Servers.Get(server.Port, "/hello").Text);
        client.ReadToEnd(out var reset);
        Assert.True(reset);
        server.WaitForLog("\"GET /download?blocks=1000 HTTP/1.1\" 200 ");
    }

    [Fact]
    public void A_client_that_reads_little_by_little_is_not_reset()
    {
        using var server = Start("--response-socket-timeout 2");
        using var client = new Conversation(server.Port, receiveBuffer: 64 * 1024);
        client.Send("GET /download?blocks=150 HTTP/1.1\r\nHost: test\r\n\r\n");
        Assert.Equal(200, client.Receive(toHead: true).Status);
        for (var left = 150 * 65536; left > 0; left -= 400_000)
        {
            Assert.Equal(Math.Min(left, 400_000), client.ReceiveBytes(Math.Min(left, 400_000)).Length);
            Thread.Sleep(Pause);
        }
    }

    [Fact]
    public void An_idle_connection_is_closed_without_a_word()
    {
        using var server = Start("--keep-alive-timeout 1");
        using var never = new Conversation(server.Port);
        using var client = new Conversation(server.Port);
        Assert.Null(client.Send(Hello).Receive()["Connection"]);
        Assert.Equal(200, client.Send(Hello).Receive().Status);
        client.AssertClosed();
        never.AssertClosed();
        server.WaitForLog("\"GET /hello HTTP/1.1\" 200 ");
        Assert.DoesNotContain(" 408 ", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_keep_alive_each_answer_is_the_last()
    {
        using var server = Start("--keep-alive-timeout 0");
        using var client = new Conversation(server.Port);
        Assert.Equal("close", client.Send(Hello).Receive()["Connection"]);
        client.AssertClosed();
    }

    [Fact]
    public void Clients_beyond_the_most_wait_until_one_leaves()
    {
        using var server = Start("--max-clients 3");
        var connected = Enumerable.Range(0, 3).Select(_ => new Conversation(server.Port).Send(Hello)).ToList();
        connected.ForEach(static client => Assert.Equal(200, client.Receive().Status));
        using var waiting = new Conversation(server.Port);
        waiting.Send(Hello);
        server.WaitForLog("3 clients are connected, which is all that --max-clients");
        // Time enough to serve others is time enough to accept it.
        Assert.Equal(200, connected[2].Send(Hello).Receive().Status);
        Assert.True(waiting.HasUnread);
        Assert.False(waiting.HasAnswer);
        connected[0].Dispose();
        Assert.Equal(200, waiting.Receive().Status);
        connected.Skip(1).ToList().ForEach(static client => client.Dispose());
        // Every place comes back.
        for (var round = 0; round < 10; round++)
        {
            Assert.Equal(200, Servers.Get(server.Port, "/hello").Status);
        }
    }

    private static ServerProcess Start(string options) =>
        ServerProcess.Start(ServerStart.Conformance(["--access-log", .. options.Split(' ')]));

    private static void AssertOutcome(ServerProcess server, Conversation client, string line, int status)
    {
        Assert.Equal(status, client.Receive().Status);
        server.WaitForLog($"\"{line} HTTP/1.1\" {status} ");
        Assert.Equal(status == 200 ? 1 : 0, Servers.Count(server.Port, "requests" + line[line.IndexOf('/')..]));
    }

    // They do nothing but wait, each for a server of its own.
    private static void AtOnce(Action<string, int> run, params (string Options, int Status)[] cases) =>
        Task.WaitAll([.. cases.Select(one => Task.Factory.StartNew(
            () =>
            {
                try
                {
                    run(one.Options, one.Status);
                }
                catch (Exception failure)
                {
                    throw new InvalidOperationException($"With {one.Options}", failure);
                }
            },
            TaskCreationOptions.LongRunning))]);
}
