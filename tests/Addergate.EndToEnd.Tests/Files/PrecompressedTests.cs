using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Files;

/// <summary>The siblings here are no compressed data: what is sent is what lies there.</summary>
public sealed class PrecompressedTests(PrecompressedTests.OwnSite own) : IClassFixture<PrecompressedTests.OwnSite>
{
    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("zstd", "zstd")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip, zstd", "zstd")]
    [InlineData("br;q=0.1, gzip", "gzip")]
    [InlineData("*", "br")]
    [InlineData("*, br;q=0", "zstd")]
    [InlineData("BR", "br")]
    [InlineData("deflate", null)]
    [InlineData("identity, br;q=0", null)]
    [InlineData("", null)]
    [InlineData("br;q=nonsense", null)]
    public void The_sibling_that_the_client_likes_best_is_sent(string accepted, string? coding)
    {
        foreach (var target in (string[])["/static/app.css", "/one.css"])
        {
            var reply = own.Get(target, accepted.Length == 0 ? "" : $"Accept-Encoding: {accepted}\r\n");
            Assert.Equal(coding, reply["Content-Encoding"]);
            Assert.Equal(coding ?? "plain", reply.Text);
            Assert.Equal("text/css; charset=utf-8", reply["Content-Type"]);
            Assert.Equal("Accept-Encoding", reply["Vary"]);
        }
    }

    [Fact]
    public void Each_has_an_ETag_of_its_own()
    {
        string[] tags =
        [
            .. ((string[])["gzip", "br", "zstd", "identity"]).Select(
                coding => own.Get("/static/app.css", $"Accept-Encoding: {coding}\r\n")["ETag"]!),
        ];
        Assert.Equal(4, tags.Distinct().Count());
        Assert.Equal(304, own.Get("/static/app.css", $"Accept-Encoding: br\r\nIf-None-Match: {tags[1]}\r\n").Status);
        Assert.Equal(200, own.Get("/static/app.css", $"Accept-Encoding: br\r\nIf-None-Match: {tags[0]}\r\n").Status);
    }

    [Theory]
    [InlineData("/static/stale.css", "")]
    [InlineData("/static/empty.css", "")]
    [InlineData("/static/dir.css", "")]
    [InlineData("/static/linked.css", "")]
    [InlineData("/static/picture.png", "")]
    [InlineData("/static/app.css", "Range: bytes=0-4\r\n")]
    public void One_that_is_old_or_no_such_file_is_not(string target, string headers)
    {
        var reply = own.Get(target, "Accept-Encoding: br\r\n" + headers);
        Assert.Null(reply["Content-Encoding"]);
        Assert.Equal("plain", reply.Text);
    }

    [Fact]
    public void Without_its_file_a_sibling_is_no_answer() =>
        Assert.Equal(404, own.Get("/static/alone.css", "Accept-Encoding: br\r\n").Status);

    public sealed class OwnSite : IDisposable
    {
        private readonly StaticSite _site = new();
        private readonly ServerProcess _server;

        public OwnSite()
        {
            foreach (var name in (string[])["app.css", "stale.css", "empty.css", "dir.css", "linked.css", "picture.png"])
            {
                _site.Write("static/" + name, "plain");
            }

            _site.Write("static/app.css.br", "br");
            _site.Write("static/app.css.zst", "zstd");
            _site.Write("static/app.css.gz", "gzip");
            _site.Write("static/picture.png.br", "br");
            _site.Write("static/alone.css.br", "br");
            _site.Write("static/empty.css.br", "");
            _site.Write("static/dir.css.br/x", "br");
            _site.Link("static/linked.css.br", "../secret.txt");
            File.SetLastWriteTimeUtc(
                _site.Write("static/stale.css.br", "br"), new DateTime(2026, 1, 2, 3, 0, 0, DateTimeKind.Utc));
            // Copied along, in whatever order.
            File.SetLastWriteTimeUtc(
                Path.Combine(_site.Root, "static/app.css.br"), new DateTime(2026, 1, 2, 3, 3, 30, DateTimeKind.Utc));
            _server = _site.Start("--url-alias", "/static", "static", "--url-alias", "/one.css", "static/app.css");
        }

        internal Reply Get(string target, string headers) => Servers.Get(_server.Port, target, headers);

        public void Dispose()
        {
            _server.Dispose();
            _site.Dispose();
        }
    }
}
