using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Forwarding;

/// <summary>Targets and clients that fail.</summary>
public sealed class FailureTests(ForwardingSite site) : IClassFixture<ForwardingSite>
{
    [Fact]
    public void A_target_that_is_not_there_is_502_at_once_and_said_in_the_log()
    {
        using var target = new FakeTarget();
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--proxy-mount-point", "/gone", target.Url, "--proxy-mount-point", "/nosock", "unix:/nonexistent/app.sock",
            "--proxy-mount-point", "/noname", "http://name.invalid/"));
        var url = target.Url;
        target.Dispose();
        Assert.Equal(502, Servers.Get(server.Port, "/gone/x?y").Status);
        Assert.Equal(502, Servers.Get(server.Port, "/nosock/x").Status);
        Assert.Equal(502, Servers.Get(server.Port, "/noname/x").Status);
        server.WaitForLog($"{url}/ did not answer GET /gone/x?y: Connection refused");
        server.WaitForLog("did not answer GET /nosock/x: ");
        server.WaitForLog("did not answer GET /noname/x: ");
    }

    [Fact]
    public void A_silent_target_is_504()
    {
        using var site = new MountedTarget("--proxy-timeout", "2s");
        var (client, target) = site.Ask();
        Assert.Equal(504, client.Receive().Status);
        target.AssertClosed();
        site.Server.WaitForLog("did not answer GET /api/x: it was silent for 2 s");
    }

    [Fact]
    public void One_that_falls_silent_in_its_answer_is_cut_off()
    {
        using var site = new MountedTarget("--proxy-timeout", "2s");
        var (client, target) = site.Ask();
        target.Send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart");
        client.Receive(toHead: true);
        Assert.Equal("part", client.ReadToEnd(out var reset));
        Assert.True(reset);
        site.Server.WaitForLog("broke off its answer to GET /api/x, and the client was cut off: it was silent for 2 s");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\nxyz\r\n")]
    public void An_answer_that_breaks_off_is_never_taken_for_whole(string answer)
    {
        using var client = site.Ask("/api/broken");
        using var target = site.Target.Accept();
        target.ReceiveRequest();
        var body = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        target.Send(answer[..body]);
        Assert.Equal(200, client.Receive(toHead: true).Status);
        target.Send(answer[body..]).FinishSending();
        client.ReadToEnd(out var reset);
        Assert.True(reset);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "Content-Length: 0\r\n")]
    public void A_request_is_never_sent_twice(string method, string headers)
    {
        using var site = new MountedTarget();
        // On a new connection, and on one that was kept.
        for (var isKept = false; ; isKept = true)
        {
            using var client = site.Send(headers, method, "/api/first");
            using var connection = site.Target.Accept();
            if (isKept)
            {
                connection.ReceiveRequest();
                connection.Send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                Assert.Equal("ok", client.Receive().Text);
                client.Send($"{method} /api/second HTTP/1.1\r\nHost: test\r\n{headers}\r\n");
            }

            connection.ReceiveRequest();
            connection.FinishSending();
            Assert.Equal(502, client.Receive().Status);
            // Had it been sent again, the connection would be there before the answer.
            Assert.False(site.Target.HasCaller);
            if (isKept)
            {
                return;
            }
        }
    }

    [Fact]
    public async Task Not_even_when_a_kept_connection_ends_with_a_word_of_TLS()
    {
        using var directory = new TemporaryDirectory();
        var (file, key) = Certificates.Make(directory.Path, "localhost");
        using var certificate = X509Certificate2.CreateFromPemFile(file, key);
        using var target = new FakeTarget();
        using var server = ServerProcess.Start(
            ServerStart.Conformance("--proxy-mount-point", "/api", $"https://localhost:{target.Port}/") with
            {
                Environment = new Dictionary<string, string?> { ["SSL_CERT_FILE"] = file },
            });
        using var client = new Conversation(server.Port);
        client.Send("GET /api/first HTTP/1.1\r\nHost: test\r\n\r\n");
        await using var secure = new SslStream(target.AcceptStream());
        await secure.AuthenticateAsServerAsync(certificate).WaitAsync(Until.Deadline);
        await ReadHeadAsync();
        await secure.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray());
        Assert.Equal("ok", client.Receive().Text);
        client.Send("GET /api/second HTTP/1.1\r\nHost: test\r\n\r\n");
        await ReadHeadAsync();
        // Bytes, but no answer.
        await secure.ShutdownAsync();
        await secure.DisposeAsync();
        Assert.Equal(502, client.Receive().Status);
        Assert.False(target.HasCaller);

        async Task ReadHeadAsync()
        {
            var head = "";
            var buffer = new byte[4096];
            while (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                var count = await secure.ReadAsync(buffer).AsTask().WaitAsync(Until.Deadline);
                Assert.True(count > 0, head);
                head += ForwardingSite.Latin1(buffer[..count]);
            }
        }
    }

    [Fact]
    public void Connections_are_kept_for_the_next_request_and_one_that_was_closed_is_not_used()
    {
        using var site = new MountedTarget();
        // On one connection of the client's: a request has come to its end when the next one is read.
        var client = site.Send("Content-Length: 1\r\n", "POST").Send("x");
        var kept = Answer(site.Target.Accept());
        client.Send("POST /api/x HTTP/1.1\r\nHost: test\r\nContent-Length: 1\r\n\r\nx");
        Answer(kept).FinishSending();
        kept.AssertClosed();
        client.Send("POST /api/x HTTP/1.1\r\nHost: test\r\nContent-Length: 1\r\n\r\nx");
        Answer(site.Target.Accept());

        Conversation Answer(Conversation connection)
        {
            connection.ReceiveRequest();
            connection.Send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            Assert.Equal("ok", client.Receive().Text);
            return connection;
        }
    }

    [Fact]
    public void A_client_that_goes_away_ends_the_request_to_the_target()
    {
        using (var waiting = site.Ask("/api/waiting"))
        {
            using var target = site.Target.Accept();
            target.ReceiveRequest();
            waiting.Dispose();
            target.AssertClosed();
            site.WaitForAccessLog("GET /api/waiting 499 0");
        }

        using (var sending = site.Ask("/api/sending", "Content-Length: 100\r\n", method: "POST"))
        {
            sending.Send("part");
            using var target = site.Target.Accept();
            target.ReceiveRequest(toHead: true);
            Assert.Equal("part", target.ReceiveText(4));
            sending.Dispose();
            target.AssertClosed();
            site.WaitForAccessLog("POST /api/sending 499 0");
        }

        using var reading = site.Ask("/api/reading");
        using var answering = site.Target.Accept();
        answering.ReceiveRequest();
        answering.Send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart");
        reading.Receive(toHead: true);
        reading.Dispose();
        answering.AssertClosed();
        site.WaitForAccessLog("GET /api/reading 499 4");
    }

    [Fact]
    public void A_client_that_has_finished_sending_still_gets_its_answer()
    {
        using var client = site.Ask("/api/half").FinishSending();
        using var target = site.Target.Accept();
        target.ReceiveRequest();
        target.Send(ForwardingSite.Answer());
        Assert.Equal("ok", client.Receive().Text);
    }

    [Fact]
    public void Errors_are_in_the_access_log_too()
    {
        site.Exchange("/api/no-answer", answer: "");
        site.WaitForAccessLog("GET /api/no-answer 502 16");
    }
}
