using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.CommandLine;

/// <summary>Options that say how the application's Python runs, as the application sees them.</summary>
public sealed class PythonOptionTests
{
    // Answers with the value of the expression in the query.
    private const string Application = """
        import atexit, locale, os, sys, urllib.parse, warnings
        import mod_wsgi
        atexit.register(print, "exit handlers ran")

        def application(environ, start_response):
            start_response("200 OK", [("Content-Type", "text/plain")])
            text = urllib.parse.unquote(environ["QUERY_STRING"])
            return [repr(eval(text, {**globals(), "environ": environ})).encode()]
        """;

    [Fact]
    public void They_are_in_force()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", Application);
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments =
            [
                script,
                "--python-warnings", "error::UserWarning", "--python-warnings", "ignore::ImportWarning",
                "--switch-interval", "0.025",
                "--python-eggs", directory.Path,
                "--locale", "C.UTF-8", "--lang", "en_US.UTF-8",
                "--process-group", "shop",
                "--setenv", "shop.till", "dr\u00e4i", "--setenv", "SHOP_DOOR", "a=b",
                "--passenv", "SHOP_NAME", "--passenv", "SHOP_MISSING",
                "--map-head-to-get", "on",
                "--server-mpm", "event",
            ],
            Environment = new Dictionary<string, string?> { ["SHOP_NAME"] = "corner", ["LC_ALL"] = null },
        });
        Assert.Equal("['error::UserWarning', 'ignore::ImportWarning']", Value(server, "sys.warnoptions"));
        Assert.Equal("0.025", Value(server, "round(sys.getswitchinterval(),4)"));
        Assert.Equal($"'{directory.Path}'", Value(server, "os.environ['PYTHON_EGG_CACHE']"));
        Assert.Equal("('C.UTF-8', 'en_US.UTF-8')", Value(server, "(os.environ['LC_ALL'],os.environ['LANG'])"));
        Assert.Equal("'C.UTF-8'", Value(server, "locale.setlocale(locale.LC_TIME)"));
        Assert.Equal("('shop', 'shop')", Value(server, "(mod_wsgi.process_group,environ['mod_wsgi.process_group'])"));
        // The bytes of its UTF-8, each one a character, as PEP 3333 has native strings.
        Assert.Equal("True", Value(server, @"environ['shop.till']=='dr\xc3\xa4i'"));
        Assert.Equal("('a=b', 'corner')", Value(server, "(environ['SHOP_DOOR'],environ['SHOP_NAME'])"));
        Assert.Equal("False", Value(server, "'SHOP_DOOR'in%20os.environ"));
        server.WaitForLog("there is no environment variable SHOP_MISSING to pass on");
        server.WaitForLog("--server-mpm has no effect: the front end serves all connections in one process");

        using var client = new Conversation(server.Port);
        client.Send("HEAD /?environ['REQUEST_METHOD'] HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
        var answer = client.ReadToEnd(out _);
        Assert.Contains("Content-Length: 5\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);

        Assert.Equal(0, server.Stop());
        server.WaitForLog("exit handlers ran");
    }

    [Fact]
    public void An_orphaned_interpreter_ends_without_its_exit_handlers()
    {
        using var directory = new TemporaryDirectory();
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [directory.Write("app.py", Application), "--orphan-interpreter"],
        });
        Assert.Equal("'GET'", Value(server, "environ['REQUEST_METHOD']"));
        Assert.Equal(0, server.Stop());
        server.WaitForOutput();
        Assert.DoesNotContain("exit handlers ran", server.Logs, StringComparison.Ordinal);
        server.AssertNothingIsLeft();
    }

    [Fact]
    public void A_locale_that_is_not_there_and_a_python_with_a_lock_are_said()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", Application);
        Assert.Contains(
            "The locale xx_YY.UTF-8 of --locale is not installed.", Refused(1, "--locale", "xx_YY.UTF-8"), StringComparison.Ordinal);
        Assert.Contains("which needs its GIL", Refused(2, "--free-threading"), StringComparison.Ordinal);

        string Refused(int status, params string[] options)
        {
            using var server = ServerProcess.Launch(new ServerStart { Arguments = [script, .. options] });
            Assert.Equal(status, server.WaitForExit());
            server.WaitForOutput();
            return server.Errors;
        }
    }

    private static string Value(ServerProcess server, string expression) =>
        Servers.Get(server.Port, "/?" + expression).Text;
}
