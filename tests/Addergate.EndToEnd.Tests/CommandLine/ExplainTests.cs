using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.CommandLine;

/// <summary>What <c>addergate explain</c> says is what the server does: both are asked.</summary>
public sealed class ExplainTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public ExplainTests()
    {
        foreach (var folder in (string[])["public", "public/sub", "public/bare", "media"])
        {
            Directory.CreateDirectory(Path.Combine(_directory.Path, folder));
        }

        _directory.Write("public/page.html", "page");
        _directory.Write("public/sub/index.html", "index");
        _directory.Write("public/.hidden", "secret");
        _directory.Write("media/a.txt", "a");
        File.CreateSymbolicLink(Path.Combine(_directory.Path, "public/out"), "/etc/hostname");
        _directory.Write(
            "app.py",
            "def application(environ, start_response):\n    start_response('200 OK', [('X-From', 'application')])\n"
            + "    return [environ['PATH_INFO'].encode()]\n");
    }

    private string[] Options(int port) =>
    [
        Path.Combine(_directory.Path, "app.py"), "--mount-point", "/app", "--server-name", "www.site.example",
        "--document-root", Path.Combine(_directory.Path, "public"), "--directory-index", "index.html",
        "--url-alias", "/media", Path.Combine(_directory.Path, "media"), "--url-alias", "/one", Path.Combine(_directory.Path, "media/a.txt"),
        "--proxy-mount-point", "/api", $"http://127.0.0.1:{port}/inner/", "--proxy-virtual-host", "other.example", $"http://127.0.0.1:{port}/",
    ];

    [Fact]
    public void It_says_what_the_server_does()
    {
        using var target = new FakeTarget();
        var port = target.Port;
        target.Dispose();
        using var server = ServerProcess.Start(new ServerStart { Arguments = Options(port) });
        foreach (var (url, kind, status, named) in ((string, string, int?, string?)[])
        [
            ("/page.html", "file", 200, "public/page.html"),
            ("/sub", "redirect", 301, "/sub/"),
            ("/sub/", "file", 200, "public/sub/index.html"),
            ("/sub/index.html?a=b", "file", 200, "public/sub/index.html"),
            ("/media/a.txt", "file", 200, "media/a.txt"),
            ("/one", "file", 200, "media/a.txt"),
            ("/one/", "refusal", 404, null),
            ("/media/none", "refusal", 404, null),
            ("/media/.hidden", "refusal", 404, null),
            ("/media/", "refusal", 404, null),
            ("/.hidden", "refusal", 404, null),
            ("/out", "refusal", 404, null),
            ("/bare/", "refusal", 404, null),
            ("/none", "refusal", 404, null),
            ("/app", "application", null, "main"),
            ("/app/x%20y", "application", null, "main"),
            ("/api", "redirect", 302, "/api/"),
            ("/api/x%2Fy?z", "proxy", null, "/inner/x%2Fy?z"),
            ("/api/..%2Fx", "refusal", 400, null),
            ("http://other.example/page.html", "proxy", null, "/page.html"),
            ("http://site.example:81/a", "redirect", 308, "http://www.site.example:81/a"),
            ("http://third.example/", "refusal", 421, null),
        ])
        {
            var answer = Explain(port, url);
            Assert.Equal((kind, status), (Text(answer, "kind"), Status(answer)));
            if (named is null)
            {
                Assert.Null(Text(answer, "target"));
            }
            else
            {
                Assert.EndsWith(named, Text(answer, "target"), StringComparison.Ordinal);
            }

            var absolute = new Uri(url.StartsWith('/') ? "http://www.site.example" + url : url);
            using var client = new Conversation(server.Port);
            var reply = client.Send($"GET {absolute.PathAndQuery} HTTP/1.1\r\nHost: {absolute.Authority}\r\n\r\n").Receive();
            // Nobody is at the other server's port.
            Assert.Equal((url, status ?? (kind == "proxy" ? 502 : 200)), (url, reply.Status));
            Assert.Equal(kind == "application", reply["X-From"] is not null);
            Assert.Equal(kind == "redirect" ? named : null, reply["Location"]);
            if (kind == "file")
            {
                Assert.Equal(File.ReadAllText(Text(answer, "target")!), reply.Text);
            }
        }
    }

    [Fact]
    public void For_people_each_step_is_a_line_and_the_last_one_answers()
    {
        var text = Tool.Succeed(Layout.Program, ["explain", "/app/none", .. Options(9), "--python", Pythons.Default!]);
        Assert.Equal(
            $"""
            GET http://www.site.example/app/none
              name           www.site.example is a name of this site
              proxies        no --proxy-mount-point is at it or above it, and no --proxy-virtual-host has its name
              files          --document-root: {_directory.Path}/public/app/none: No such file or directory
            → applications   main: {_directory.Path}/app.py, SCRIPT_NAME "/app", PATH_INFO "/none"

            """,
            text);
    }

    [Fact]
    public void Who_has_to_say_who_he_is_is_told()
    {
        var users = _directory.Write("users", "somebody:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n");
        Assert.Contains(
            "  access         clients have to say who they are: Basic authentication for ",
            Tool.Succeed(
                Layout.Program,
                ["explain", "/app/x", .. Options(9), "--python", Pythons.Default!, "--auth-user-file", users]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_before_the_application_is_told()
    {
        var (certificate, key) = Certificates.Make(_directory.Path, "site");
        var chooses = _directory.Write("choose.py", "def callable_object(environ): pass\n");
        string[] options =
        [
            Path.Combine(_directory.Path, "app.py"), "--python", Pythons.Default!, "--server-name", "www.site.example", "--https-port", "8443",
            "--ssl-certificate-file", certificate, "--ssl-certificate-key-file", key, "--ssl-ca-certificate-file", certificate,
            "--ssl-verify-client", "/admin", "--server-status", "--dispatch-script", chooses,
            "--document-root", Path.Combine(_directory.Path, "public"),
        ];
        foreach (var (url, said) in ((string, string)[])
        [
            ("http://www.site.example/admin/x", "→ certificate   403: clients need a certificate, and plain HTTP has none"),
            ("https://www.site.example/admin/x", "  certificate    clients without a certificate are answered with 403"),
            ("https://www.site.example/server-status", "→ status   the state of the server, to clients on this machine"),
            ("/x", $"{chooses} may choose another callable than application (--dispatch-script)"),
            ("/a%00b", "→ request   400: no URL may have a NUL character in its path"),
            ("/out", "public/out: a link leads out of the directory"),
            ("/sub", "public/sub is a directory (see --directory-index)"),
        ])
        {
            Assert.Contains(said, Tool.Succeed(Layout.Program, ["explain", url, .. options]), StringComparison.Ordinal);
        }

        Assert.Contains(
            "→ name   308 to https://www.site.example:8443/x?y: ",
            Tool.Succeed(Layout.Program, ["explain", "http://site.example/x?y", .. options, "--https-only"]),
            StringComparison.Ordinal);
        Assert.Contains(
            "this server has no HTTPS (--https-port): a proxy in front of it has to",
            Tool.Succeed(Layout.Program, ["explain", "https://localhost/", options[0], "--python", Pythons.Default!]),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("page.html", "\"page.html\" is no URL")]
    [InlineData("ftp://a/b", "\"ftp://a/b\" is no URL")]
    public void What_is_no_URL_is_said(string url, string said)
    {
        var tool = Tool.Run(Layout.Program, "explain", url, "app.py");
        Assert.Equal(2, tool.Status);
        Assert.Contains(said, tool.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_are_those_of_check_config()
    {
        var tool = Tool.Run(Layout.Program, "explain", "/x", "nowhere.wsgi", "--processes", "many");
        Assert.Equal(2, tool.Status);
        Assert.Contains("addergate: 2 mistakes:", tool.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private JsonElement Explain(int port, string url) => JsonDocument.Parse(Tool.Succeed(
        Layout.Program, ["explain", url, "--json", .. Options(port), "--python", Pythons.Default!]))
        .RootElement.GetProperty("answer");

    private static string? Text(JsonElement answer, string name) => answer.GetProperty(name).GetString();

    private static int? Status(JsonElement answer) => answer.TryGetProperty("status", out var status) ? status.GetInt32() : null;
}
