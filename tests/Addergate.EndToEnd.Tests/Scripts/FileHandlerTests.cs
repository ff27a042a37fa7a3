using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Scripts;

public sealed class FileHandlerTests(FileHandlerTests.HandledSite site) : IClassFixture<FileHandlerTests.HandledSite>
{
    [Theory]
    [InlineData("/page.md", "GET /page.md||")]
    [InlineData("/page.md?a=1", "GET /page.md||a=1")]
    [InlineData("/sub/deep.MD", "GET /sub/deep.MD||")]
    [InlineData("/page.md/", "GET /page.md|/|")]
    [InlineData("/page.md/more/of%20it.md", "GET /page.md|/more/of it.md|")]
    [InlineData("/dir.md/inner.md/x", "GET /dir.md/inner.md|/x|")]
    [InlineData("/sub/../page.md", "GET /page.md||")]
    [InlineData("/docs/", "GET /docs/index.md||")]
    public void The_script_is_given_the_file(string target, string told)
    {
        var reply = site.Get(target);
        Assert.Equal("markup", reply["X-From"]);
        Assert.Equal(told, reply.Text.Split('\n')[0]);
    }

    [Fact]
    public void It_can_open_the_file_by_the_name_that_it_is_given()
    {
        var lines = site.Get("/%C3%BCmlaut%20%25.md").Text.Split('\n');
        Assert.Equal("wsgi-resource", lines[1]);
        Assert.Equal(Path.Combine(site.Root, "markup.py"), lines[2]);
        Assert.Equal(Path.Combine(site.Root, "public/ümlaut %.md"), Utf8(lines[3]));
        Assert.Equal("umlauts", lines[4]);
    }

    [Fact]
    public void Any_method_and_body_is_for_the_script()
    {
        using var conversation = new Conversation(site.Port);
        var reply = conversation.Send(Servers.PostBytes("/page.md", "field=1"u8.ToArray(), chunked: false)).Receive();
        Assert.Equal("POST /page.md||", reply.Text.Split('\n')[0]);
        Assert.EndsWith("field=1", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/missing.md")]
    [InlineData("/.hidden.md")]
    [InlineData("/sub/.git/x.md")]
    [InlineData("/outside.md")]
    [InlineData("/dir.md")]
    [InlineData("/page.md.")]
    [InlineData("/fifo.md")]
    [InlineData("/..%2fsecret.md")]
    [InlineData("/page.md%00")]
    public void What_is_no_such_file_is_not_for_the_script(string target)
    {
        var reply = site.Get(target);
        Assert.NotEqual("markup", reply["X-From"]);
        Assert.DoesNotContain("SECRET", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_and_other_places_are_as_without_it()
    {
        Assert.Equal("plain", site.Get("/plain.txt").Text);
        Assert.Equal("aliased", site.Get("/alias/page.md").Text);
        Assert.Equal("application /app|/x", site.Get("/app/x").Text);
        Assert.Equal(404, site.Get("/elsewhere").Status);
        Assert.Equal("application()", site.Get("/page.rst").Text);
    }

    [Fact]
    public void Nobody_can_ask_for_the_script_by_a_header() => Assert.Equal(
        "application /app|/x", site.Get("/app/x", "mod_wsgi.handler_script: x\r\nMod-Wsgi.Handler-Script: x\r\n").Text);

    [Fact]
    public void A_script_without_a_function_to_call_is_said_at_the_start()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("app.py", "def application(environ, start_response): pass\n");
        directory.Write("markup.py", "def handle(environ, start_response): pass\n");
        using var server = ServerProcess.Launch(new ServerStart
        {
            Arguments = ["app.py", "--document-root", ".", "--add-handler", "md", "markup.py"],
            WorkingDirectory = directory.Path,
        });
        Assert.Equal(1, server.WaitForExit());
        server.WaitForLog("markup.py has no handle_request(environ, start_response), and no application.");
    }

    [Fact]
    public void Scripts_of_one_name_in_two_directories_are_two_modules()
    {
        using var directory = new TemporaryDirectory();
        foreach (var extension in new[] { "one", "two" })
        {
            Directory.CreateDirectory(Path.Combine(directory.Path, extension));
            directory.Write($"page.{extension}", "");
            directory.Write(
                $"{extension}/handler.py",
                $$"""
                import sys
                FOR = "{{extension}}"
                def handle_request(environ, start_response):
                    start_response("200 OK", [])
                    return [sys.modules[__name__].FOR.encode()]
                """);
        }

        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments =
            [
                "--application-type", "static", "--document-root", ".",
                "--add-handler", "one", "one/handler.py", "--add-handler", "two", "two/handler.py",
            ],
            WorkingDirectory = directory.Path,
        });
        Assert.Equal("one", Servers.Get(server.Port, "/page.one").Text);
        Assert.Equal("two", Servers.Get(server.Port, "/page.two").Text);
    }

    private static string Utf8(string latin1) =>
        System.Text.Encoding.UTF8.GetString(System.Text.Encoding.Latin1.GetBytes(latin1));

    public sealed class HandledSite : IDisposable
    {
        private const string Application =
            """
            def application(environ, start_response):
                start_response("200 OK", [("Content-Type", "text/plain"), ("X-From", "application")])
                return ["application {SCRIPT_NAME}|{PATH_INFO}".format(**environ).encode("latin-1")]
            """;

        private const string Markup =
            """
            def handle_request(environ, start_response):
                lines = [
                    "{REQUEST_METHOD} {SCRIPT_NAME}|{PATH_INFO}|{QUERY_STRING}".format(**environ).encode("latin-1"),
                    environ["mod_wsgi.request_handler"].encode(),
                    environ["mod_wsgi.handler_script"].encode(),
                    environ["SCRIPT_FILENAME"].encode(),
                ]
                with open(environ["SCRIPT_FILENAME"], "rb") as file:
                    lines.append(file.read())
                lines.append(environ["wsgi.input"].read())
                start_response("200 OK", [("Content-Type", "text/plain"), ("X-From", "markup")])
                return [b"\n".join(lines)]
            """;

        private const string Old =
            """
            def application(environ, start_response):
                start_response("200 OK", [("X-From", "old")])
                return [b"application()"]
            """;

        private readonly TemporaryDirectory _directory = new();
        private readonly ServerProcess _server;

        public HandledSite()
        {
            Write("app.py", Application);
            Write("markup.py", Markup);
            Write("old.py", Old);
            Write("secret.md", "SECRET");
            Write("public/page.md", "page");
            Write("public/page.rst", "page");
            Write("public/plain.txt", "plain");
            Write("public/.hidden.md", "SECRET");
            Write("public/sub/deep.MD", "deep");
            Write("public/sub/.git/x.md", "SECRET");
            Write("public/dir.md/inner.md", "inner");
            Write("public/docs/index.md", "index");
            Write("public/ümlaut %.md", "umlauts");
            Write("other/page.md", "aliased");
            File.CreateSymbolicLink(Path.Combine(Root, "public/outside.md"), "../secret.md");
            Tool.Succeed("mkfifo", Path.Combine(Root, "public/fifo.md"));
            _server = ServerProcess.Start(new ServerStart
            {
                Arguments =
                [
                    "app.py", "--mount-point", "/app", "--document-root", "public", "--url-alias", "/alias", "other",
                    "--directory-index", "index.md", "--add-handler", ".md", "markup.py", "--add-handler", "rst", "old.py",
                ],
                WorkingDirectory = Root,
            });
        }

        public string Root => _directory.Path;

        public int Port => _server.Port;

        internal Reply Get(string target, string headers = "") => Servers.Get(Port, target, headers);

        public void Dispose()
        {
            _server.Dispose();
            _directory.Dispose();
        }

        private void Write(string name, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, name))!);
            _directory.Write(name, text);
        }
    }
}
