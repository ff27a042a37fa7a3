using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Files;

public sealed class CompressionTests(CompressionTests.OwnSite own) : IClassFixture<CompressionTests.OwnSite>
{
    private const string Made = "/made?headers=Content-Type: text/html|";
    private const string Both = "Accept-Encoding: gzip, deflate, br, zstd\r\n";

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip;q=1.0, br;q=0.5", "gzip")]
    [InlineData("*", "br")]
    [InlineData("gzip, br;q=0", "gzip")]
    [InlineData("zstd", null)]
    [InlineData("identity", null)]
    [InlineData("deflate", null)]
    [InlineData("gzip;q=0", null)]
    [InlineData("", null)]
    public void The_client_says_which_it_can_read(string accepted, string? coding)
    {
        foreach (var target in (string[])[Made, "/static/page.html", "/static/page.html?" + new string('x', 10)])
        {
            var reply = own.Get(target, accepted.Length == 0 ? "" : $"Accept-Encoding: {accepted}\r\n");
            Assert.Equal(coding, reply["Content-Encoding"]);
            Assert.Equal("Accept-Encoding", reply["Vary"]);
            Assert.Equal(coding is null, reply["Content-Length"] is not null);
            Assert.True(reply.IsWhole);
            Assert.Equal(2000, Decoded(reply).Length);
        }
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", true)]
    [InlineData("TEXT/CSS", true)]
    [InlineData("application/json", true)]
    [InlineData("image/svg+xml", true)]
    [InlineData("image/png", false)]
    [InlineData("application/octet-stream", false)]
    [InlineData("text/event-stream", false)]
    public void Text_is_compressed_and_what_is_compressed_already_is_not(string type, bool isCompressed)
    {
        var reply = own.Get($"/made?headers=Content-Type: {Uri.EscapeDataString(type)}", Both);
        Assert.Equal(isCompressed ? "br" : null, reply["Content-Encoding"]);
        Assert.Equal(isCompressed ? "Accept-Encoding" : null, reply["Vary"]);
    }

    [Theory]
    [InlineData(Made + "Content-Encoding: x-own", "")]
    [InlineData(Made + "Cache-Control: private, no-transform", "")]
    [InlineData(Made + "Content-Range: bytes 0-1999/2000&status=206 Partial", "")]
    [InlineData(Made + "&size=500", "")]
    [InlineData(Made + "&size=0", "")]
    [InlineData(Made, "Range: bytes=0-9\r\n")]
    [InlineData("/made?size=5000", "")]
    [InlineData("/static/page.html", "Range: bytes=0-999\r\n")]
    [InlineData("/static/tiny.html", "")]
    public void Some_are_left_as_they_are(string target, string headers)
    {
        var reply = own.Get(target.Replace(" ", "%20", StringComparison.Ordinal), Both + headers);
        Assert.True(reply["Content-Encoding"] is null or "x-own");
        Assert.NotNull(reply["Content-Length"]);
    }

    [Theory]
    [InlineData("204 No Content")]
    [InlineData("304 Not Modified")]
    public void A_response_without_a_body_has_none_compressed_either(string status)
    {
        var reply = own.Get(Made + $"&size=0&status={Uri.EscapeDataString(status)}", Both);
        Assert.Null(reply["Content-Encoding"]);
        Assert.Empty(reply.Body);
    }

    [Fact]
    public void HEAD_has_no_body_and_the_same_Vary()
    {
        foreach (var target in (string[])[Made, "/static/page.html"])
        {
            using var conversation = new Conversation(own.Server.Port);
            conversation.Send($"HEAD {target.Replace(" ", "%20", StringComparison.Ordinal)} HTTP/1.1\r\nHost: test\r\n{Both}\r\n");
            Assert.Equal("Accept-Encoding", conversation.Receive(toHead: true)["Vary"]);
            conversation.Send("GET /x HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
            Assert.Equal("GET /x", conversation.Receive().Text);
        }
    }

    [Fact]
    public void Other_values_of_Vary_stay()
    {
        Assert.Equal("Cookie|Accept-Encoding", own.Get(Made + "Vary: Cookie", Both)["Vary"]);
        Assert.Equal("accept-encoding, Cookie", own.Get(Made + "Vary: accept-encoding, Cookie", Both)["Vary"]);
    }

    [Fact]
    public void An_ETag_vouches_weakly_for_what_is_compressed()
    {
        Assert.Equal("W/\"v1\"", own.Get(Made + "ETag: \"v1\"", Both)["ETag"]);
        Assert.Equal("W/\"v1\"", own.Get(Made + "ETag: W/\"v1\"", Both)["ETag"]);
        Assert.Equal("\"v1\"", own.Get(Made + "ETag: \"v1\"")["ETag"]);
        var plain = own.Get("/static/page.html")["ETag"]!;
        var compressed = own.Get("/static/page.html", Both)["ETag"]!;
        Assert.Equal("W/" + plain, compressed);
        Assert.Equal(304, own.Get("/static/page.html", $"{Both}If-None-Match: {compressed}\r\n").Status);
    }

    [Fact]
    public void Large_ones_are_whole()
    {
        foreach (var target in (string[])[Made + "&size=30000000", "/static/large.css"])
        {
            var reply = own.Get(target.Replace(" ", "%20", StringComparison.Ordinal), "Accept-Encoding: gzip\r\n");
            Assert.True(reply.IsWhole);
            Assert.True(reply.Body.Length < 3_000_000);
            var text = Decoded(reply);
            Assert.Equal(30_000_000, text.Length);
            Assert.EndsWith("0123456789", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Each_item_reaches_the_client_before_the_next_is_made(string coding)
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--compress-responses", "--http2"));
        foreach (var version in (Version[])[HttpVersion.Version11, HttpVersion.Version20])
        {
            var name = Servers.NewName();
            using var client = new HttpClient { Timeout = Until.Deadline };
            using var request = new HttpRequestMessage(
                HttpMethod.Get, $"http://127.0.0.1:{server.Port}/steps?name={name}")
            {
                Version = version,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            request.Headers.AcceptEncoding.ParseAdd(coding);
            var cancel = TestContext.Current.CancellationToken;
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            Assert.Equal(coding, Assert.Single(response.Content.Headers.ContentEncoding));
            await using var compressed = await response.Content.ReadAsStreamAsync(cancel);
            await using Stream body = coding == "br"
                ? new BrotliStream(compressed, CompressionMode.Decompress)
                : new GZipStream(compressed, CompressionMode.Decompress);
            var item = new byte[5];
            for (var number = 0; number < 3; number++)
            {
                await body.ReadExactlyAsync(item, cancel);
                Assert.Equal($"item{number}", Encoding.ASCII.GetString(item));
                Servers.OpenGate(server.Port, $"{name}{number}");
            }

            Assert.Equal(0, await body.ReadAsync(item, cancel));
        }
    }

    [Fact]
    public void A_response_that_breaks_off_is_reset_also_when_it_is_compressed()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--compress-responses"));
        using var conversation = new Conversation(server.Port);
        conversation.Send($"GET /failing?what=exception&when=second HTTP/1.1\r\nHost: test\r\n{Both}\r\n");
        try
        {
            conversation.Receive(toHead: true);
        }
        catch (EndOfStreamException)
        {
            return;
        }

        conversation.ReadToEnd(out var reset);
        Assert.True(reset);
    }

    [Fact]
    public void The_access_log_has_the_bytes_that_were_sent()
    {
        using var server = own.Site.Start(
            "--compress-responses", "--access-log", "--log-to-terminal", "--access-log-format", "json");
        var reply = Servers.Get(server.Port, (Made + "&size=100000").Replace(" ", "%20", StringComparison.Ordinal), Both);
        Assert.Equal("br", reply["Content-Encoding"]);
        Until.True(() => server.Output.Contains("\"bytes\"", StringComparison.Ordinal), "a line", () => server.Logs);
        var line = server.Output.Split('\n').Single(static line => line.StartsWith('{'));
        Assert.Equal(reply.Body.Length, JsonDocument.Parse(line).RootElement.GetProperty("bytes").GetInt32());
    }

    [Fact]
    public void Without_the_option_nothing_is_compressed()
    {
        var reply = Servers.Get(
            own.Site.Server.Port, Made.Replace(" ", "%20", StringComparison.Ordinal), Both);
        Assert.Null(reply["Content-Encoding"]);
        Assert.Null(reply["Vary"]);
    }

    private static string Decoded(Reply reply)
    {
        using var body = new MemoryStream(reply.Body);
        using Stream stream = reply["Content-Encoding"] switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        return new StreamReader(stream, Encoding.Latin1).ReadToEnd();
    }

    public sealed class OwnSite : IDisposable
    {
        private readonly Lazy<ServerProcess> _server;

        public OwnSite()
        {
            Site.Write("static/page.html", string.Concat(Enumerable.Repeat("0123456789", 200)));
            Site.Write("static/tiny.html", "tiny");
            Site.Write("static/large.css", string.Concat(Enumerable.Repeat("0123456789", 3_000_000)));
            _server = new(() => Site.Start("--url-alias", "/static", "static", "--compress-responses"));
        }

        internal StaticSite Site { get; } = new();

        internal ServerProcess Server => _server.Value;

        internal Reply Get(string target, string headers = "") =>
            Servers.Get(Server.Port, target.Replace(" ", "%20", StringComparison.Ordinal), headers);

        public void Dispose()
        {
            if (_server.IsValueCreated)
            {
                _server.Value.Dispose();
            }

            Site.Dispose();
        }
    }
}
