using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Scripts;

public sealed class DispatchScriptTests(DispatchScriptTests.DispatchedSite site) : IClassFixture<DispatchScriptTests.DispatchedSite>
{
    [Theory]
    [InlineData("/", "www.example", "application of entry")]
    [InlineData("/admin/x", "www.example", "admin of entry")]
    [InlineData("/", "shop.example", "application of shop.py")]
    [InlineData("/", "blog.example", "application of blogs.main")]
    [InlineData("/made", "www.example", "made by the script")]
    public void It_chooses_by_host_and_path(string target, string host, string served) =>
        Assert.Equal(served, site.Get(target, host).Text);

    [Fact]
    public void What_it_chose_is_in_the_environ_and_the_body_is_the_applications()
    {
        using var conversation = new Conversation(site.Server.Port);
        var reply = conversation.Send(
            "POST /admin/body HTTP/1.1\r\nHost: www.example\r\nContent-Length: 4\r\n\r\nbody").Receive();
        Assert.Equal("admin of entry", reply["X-Callable"] + " of entry");
        Assert.Equal("www.example", reply["X-Group"]);
        Assert.EndsWith("body", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_choice_that_is_not_there_is_an_error_of_that_request()
    {
        Assert.Equal(500, site.Get("/", "nobody.example").Status);
        site.Server.WaitForLog("The dispatch script chose 'nobody', which is not there.");
        Assert.Equal(500, site.Get("/raises", "www.example").Status);
        site.Server.WaitForLog("RuntimeError: cannot decide");
        Assert.Equal(500, site.Get("/number", "www.example").Status);
        site.Server.WaitForLog("returned 5: it has to be None, a text or a callable");
        Assert.Equal(200, site.Get("/", "www.example").Status);
    }

    [Fact]
    public void What_it_cannot_choose_is_said() => site.Server.WaitForLog("process_group() of");

    [Fact]
    public void A_script_that_failed_to_load_is_tried_again_with_the_next_request()
    {
        File.Delete(Path.Combine(site.Root, "late.py"));
        Assert.Equal(500, site.Get("/", "late.example").Status);
        File.WriteAllText(Path.Combine(site.Root, "late.py"), DispatchedSite.Application("late.py"));
        Assert.Equal("application of late.py", site.Get("/", "late.example").Text);
    }

    public sealed class DispatchedSite : IDisposable
    {
        private const string Dispatch =
            """
            def made(environ, start_response):
                start_response("200 OK", [])
                return [b"made by the script"]

            def callable_object(environ):
                assert "wsgi.input" not in environ
                environ.clear() if environ["PATH_INFO"] == "/nothing" else None
                host, path = environ["HTTP_HOST"], environ["PATH_INFO"]
                if path == "/number":
                    return 5
                if path == "/made":
                    return made
                if path == "/raises":
                    raise RuntimeError("cannot decide")
                if path.startswith("/admin"):
                    return "admin"
                return {
                    "shop.example": "./shop.py:application", "blog.example": "blogs.main:application",
                    "late.example": "late.py:application", "nobody.example": "nobody",
                }.get(host)

            def application_group(environ):
                return environ["HTTP_HOST"]

            def process_group(environ):
                return "other"
            """;

        private readonly TemporaryDirectory _directory = new();

        public DispatchedSite()
        {
            _directory.Write("entry.py", Application("entry") + Application("entry", "admin"));
            _directory.Write("shop.py", Application("shop.py"));
            _directory.Write("choose.py", Dispatch);
            Directory.CreateDirectory(Path.Combine(Root, "blogs"));
            _directory.Write("blogs/main.py", Application("blogs.main"));
            Server = ServerProcess.Start(new ServerStart
            {
                Arguments = ["entry.py", "--dispatch-script", "choose.py"],
                WorkingDirectory = Root,
            });
        }

        internal ServerProcess Server { get; }

        public string Root => _directory.Path;

        internal static string Application(string place, string name = "application") =>
            $$"""
            def {{name}}(environ, start_response):
                start_response("200 OK", [
                    ("X-Callable", environ["mod_wsgi.callable_object"]), ("X-Group", environ["mod_wsgi.application_group"]),
                ])
                return [b"{{name}} of {{place}}" + environ["wsgi.input"].read()]

            """ + "\n";

        internal Reply Get(string target, string host)
        {
            using var conversation = new Conversation(Server.Port);
            return conversation.Send($"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n").Receive();
        }

        public void Dispose()
        {
            Server.Dispose();
            _directory.Dispose();
        }
    }
}
