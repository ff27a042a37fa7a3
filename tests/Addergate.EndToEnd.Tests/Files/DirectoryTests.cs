using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Files;

public sealed class DirectoryTests(DirectoryTests.OwnSite own) : IClassFixture<DirectoryTests.OwnSite>
{
    [Theory]
    [InlineData("/docs/", "docs")]
    [InlineData("/docs/deep/", "deep, old")]
    [InlineData("/guide/", "guide")]
    [InlineData("/s/docs/", "docs")]
    [InlineData("/s/docs/deep/", "deep, old")]
    public void The_first_index_that_is_there_is_served(string target, string text)
    {
        var reply = own.Get(target);
        Assert.Equal(text, reply.Text);
        Assert.Equal("text/html; charset=utf-8", reply["Content-Type"]);
        Assert.Equal(304, own.Get(target, $"If-None-Match: {reply["ETag"]}\r\n").Status);
    }

    [Theory]
    [InlineData("/docs", "/docs/")]
    [InlineData("/docs?a=1&b=%20", "/docs/?a=1&b=%20")]
    [InlineData("/s", "/s/")]
    [InlineData("/s/docs", "/s/docs/")]
    [InlineData("/s/with%20%22space%22", "/s/with%20%22space%22/")]
    [InlineData("//docs", "/docs/")]
    [InlineData("/s//docs", "/s/docs/")]
    public void Without_its_slash_a_directory_is_elsewhere(string target, string location)
    {
        var reply = own.Get(target);
        Assert.Equal(301, reply.Status);
        Assert.Equal(location, reply["Location"]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/fifo")]
    [InlineData("/docs/index.html/")]
    [InlineData("/outdir/")]
    [InlineData("/.git/")]
    public void The_front_page_and_what_is_no_directory_stay_the_applications(string target) =>
        Assert.Equal("GET " + target, own.Get(target).Text);

    [Fact]
    public void A_directory_without_an_index_is_listed()
    {
        var reply = own.Get("/s/");
        Assert.Equal(200, reply.Status);
        Assert.Equal("text/html; charset=utf-8", reply["Content-Type"]);
        var rows = reply.Text.Split('\n').Where(static line => line.StartsWith("<tr>", StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            [
                "../", "./docs/", "./sub/", "./with%20%22space%22/", "./%3Cscript%3E.txt", "./a%252fb.txt", "./digits.bin",
                "./empty.txt", "./hello.txt", "./inside.txt", "./with%20space.txt", "./%C3%BCn%C3%AF.txt",
            ],
            rows.Select(static row => row.Split('"')[1]));
        Assert.Contains("&lt;script&gt;.txt", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", reply.Text, StringComparison.Ordinal);
        Assert.Contains("2026-01-02 03:04", reply.Text, StringComparison.Ordinal);
        Assert.Contains("300,000", reply.Text, StringComparison.Ordinal);
        foreach (var row in rows.Where(static row => !row.Contains("\"../\"", StringComparison.Ordinal)))
        {
            Assert.Equal(200, own.Get("/s/" + row.Split('"')[1][2..]).Status);
        }
    }

    [Fact]
    public void A_list_has_no_body_for_HEAD_and_is_not_for_POST()
    {
        Assert.Equal(own.Get("/s/")["Content-Length"], own.Get("/s/", method: "HEAD")["Content-Length"]);
        Assert.Equal(405, own.Get("/s/", method: "POST").Status);
        Assert.Equal(405, own.Get("/s/docs", method: "POST").Status);
        Assert.Equal("POST /docs/", own.Get("/docs/", method: "POST").Text);
    }

    public sealed class OwnSite : IDisposable
    {
        private readonly StaticSite _site = new();
        private readonly ServerProcess _server;

        public OwnSite()
        {
            _site.Write("public/docs/index.html", "docs");
            _site.Write("public/docs/index.htm", "docs, old");
            _site.Write("public/docs/deep/index.htm", "deep, old");
            _site.Write("public/guide/index.html", "guide");
            _site.Write("static/docs/index.html", "docs");
            _site.Write("static/docs/deep/index.htm", "deep, old");
            _site.Write("static/<script>.txt", "x");
            _site.Write("static/with \"space\"/x.txt", "x");
            _server = _site.Start(
                "--document-root", "public", "--url-alias", "/s", "static", "--directory-listing",
                "--directory-index", "index.html index.htm");
        }

        internal Reply Get(string target, string headers = "", string method = "GET") =>
            Servers.Get(_server.Port, target, headers, method);

        public void Dispose()
        {
            _server.Dispose();
            _site.Dispose();
        }
    }
}
