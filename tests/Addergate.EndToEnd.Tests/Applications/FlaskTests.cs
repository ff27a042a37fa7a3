using System.Net;
using System.Text;
using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Applications;

public sealed class FlaskTests(FlaskTests.Site site) : IClassFixture<FlaskTests.Site>
{
    private readonly Browser _browser = new(site.Server.Port);

    [Fact]
    public void Pages_sessions_and_redirects()
    {
        Assert.Equal("Notes – schön\n", _browser.Text("/"));
        Assert.Equal(HttpStatusCode.Unauthorized, _browser.Get("/me").StatusCode);
        var login = new FormUrlEncodedContent([KeyValuePair.Create("user", "Jürgen")]);
        Assert.Equal("Jürgen", Browser.Read(_browser.Post("/login", login)));
        Assert.Equal("Jürgen", _browser.Text("/me"));
        Assert.Equal(HttpStatusCode.NotFound, _browser.Get("/nosuch").StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, _browser.Get("/login").StatusCode);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(2_000_000)]
    public void A_form_with_a_file_arrives_whole(int size)
    {
        var (form, hash) = Browser.Upload(size, ("title", "Überschrift"));
        var answer = JsonDocument.Parse(Browser.Read(_browser.Post("/upload", form))).RootElement;
        Assert.Equal("Überschrift", answer.GetProperty("title").GetString());
        Assert.Equal(size, answer.GetProperty("size").GetInt32());
        Assert.Equal(hash, answer.GetProperty("sha256").GetString());
    }

    [Fact]
    public void Json_streams_and_files()
    {
        var body = new StringContent("{\"a\": [1, 2]}", Encoding.UTF8, "application/json");
        Assert.Equal(2, JsonDocument.Parse(Browser.Read(_browser.Post("/json", body)))
            .RootElement.GetProperty("got").GetProperty("a")[1].GetInt32());
        Assert.Equal(
            string.Concat(Enumerable.Range(0, 3000).Select(static n => $"line {n} at /stream/3000\n")),
            _browser.Text("/stream/3000"));
        Assert.Equal(string.Concat(Enumerable.Repeat("0123456789", 1000)), _browser.Text("/file"));
    }

    [Fact]
    public void A_chunked_body_is_read_to_its_end()
    {
        var body = new StreamContent(new MemoryStream("{\"a\": 1}"u8.ToArray()));
        body.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        body.Headers.ContentLength = null;
        Assert.Contains("\"a\":1", Browser.Read(_browser.Post("/json", body)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_url_is_the_one_that_the_client_used()
    {
        var answer = JsonDocument.Parse(_browser.Text("/environ")).RootElement;
        Assert.Equal($"http://127.0.0.1:{site.Server.Port}/environ", answer.GetProperty("url").GetString());
        Assert.Equal("127.0.0.1", answer.GetProperty("remote").GetString());
    }

    [Fact]
    public void A_view_that_fails_gives_500_and_its_traceback_is_logged()
    {
        Assert.Equal(HttpStatusCode.InternalServerError, _browser.Get("/broken").StatusCode);
        site.Server.WaitForLog("LookupError: a view that fails");
    }

    public sealed class Site : IDisposable
    {
        private readonly TemporaryDirectory _directory = new();

        public Site()
        {
            var home = VirtualEnvironment.Make(_directory.Path, "flask");
            Server = ServerProcess.Start(new ServerStart
            {
                // From the environment, as after `source venv/bin/activate`.
                Arguments = ["notes:create_app()", "--working-directory", Path.Combine(Layout.Apps, "flask_site")],
                Python = null,
                Environment = new Dictionary<string, string?> { ["VIRTUAL_ENV"] = home },
            });
            Assert.Contains(home, Server.Errors, StringComparison.Ordinal);
        }

        internal ServerProcess Server { get; }

        public void Dispose()
        {
            Server.Dispose();
            _directory.Dispose();
        }
    }
}
