using System.Globalization;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Mounts;

/// <summary>Several projects in one server, each with what is its own.</summary>
public sealed class SeveralApplicationsTests : IDisposable
{
    private const string Application = """
        import os, sys
        def application(environ, start_response):
            size = len(environ["wsgi.input"].read())
            start_response("200 OK", [("Content-Type", "text/plain")])
            told = [NAME, sys.executable, os.getuid(), environ["SCRIPT_NAME"], environ["PATH_INFO"],
                    environ["mod_wsgi.process_group"], environ.get("site"), os.getpid(), size]
            return ["|".join(map(str, told)).encode()]
        """;

    private const string ShopAndBlog = """
        [[application]]
        entry-point = "shop.py"
        [[application]]
        entry-point = "blog.py"
        mount-point = "/blog"
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private ServerProcess Start(string settings, params string[] arguments) => ServerProcess.Start(Prepare(settings, arguments));

    private ServerStart Prepare(string settings, params string[] arguments)
    {
        foreach (var name in (string[])["shop", "blog"])
        {
            _directory.Write($"{name}.py", $"NAME = '{name}'\n{Application}");
        }

        // Not on the command line, which would go before the tables.
        _directory.Write("addergate.toml", $"python = \"{Pythons.Default}\"\n{settings}");
        // Users of other applications must be able to reach theirs.
        File.SetUnixFileMode(_directory.Path, (UnixFileMode)0b111_101_101);
        return new ServerStart { Arguments = arguments, WorkingDirectory = _directory.Path, Python = null };
    }

    private static string[] Ask(ServerProcess server, string path, string host, params string[] more)
    {
        var answer = Tool.Succeed(
            "curl", ["-sS", "-w", "|%{http_code}", "-H", $"Host: {host}", .. more, $"http://127.0.0.1:{server.Port}{path}"]);
        return answer.Split('|');
    }

    [Fact]
    public void Each_is_asked_for_by_its_name_or_its_place_and_runs_in_its_own_Python()
    {
        var other = Pythons.Supported[^1];
        using var server = Start($"""
            setenv = [["site", "ours"]]
            [[application]]
            entry-point = "shop.py"
            server-name = "shop.example.com"
            server-alias = ["*.shop.example.com"]
            python = "{other}"
            [[application]]
            entry-point = "blog.py"
            mount-point = "/blog"
            process-group = "weblog"
            """);
        var shop = Ask(server, "/blog/x", "shop.example.com");
        Assert.Equal(("shop", "", "/blog/x", "shop.example.com/", "ours"), (shop[0], shop[3], shop[4], shop[5], shop[6]));
        Assert.Equal(Tool.Succeed(other, "-c", "import sys; print(sys.executable)").TrimEnd(), shop[1]);
        Assert.Equal("shop", Ask(server, "/", "de.shop.example.com:8000")[0]);
        var blog = Ask(server, "/blog/x", "localhost");
        Assert.Equal(("blog", "/blog", "/x", "weblog", "ours"), (blog[0], blog[3], blog[4], blog[5], blog[6]));
        Assert.NotEqual(shop[7], blog[7]);
        Assert.Equal("404", Ask(server, "/", "localhost")[^1]);
        Assert.Matches(@"Application +shop\.example\.com/ .*\n.*\n +Python .*\n +1 process × 5 threads", server.Errors);

        var status = server.Command("status");
        Assert.Matches(@"weblog +\S*blog\.py +/blog +any +ready", status.Output);
        Assert.Matches(@"worker 3 of weblog +\d+ +ready", status.Output);
    }

    [Fact]
    public void Where_each_has_a_name_no_other_name_is_answered()
    {
        using var server = Start("""
            [[application]]
            entry-point = "shop.py"
            server-name = "shop.example.com"
            [[application]]
            entry-point = "blog.py"
            server-name = "blog.example.com"
            """);
        Assert.Equal("blog", Ask(server, "/", "blog.example.com")[0]);
        Assert.Equal("421", Ask(server, "/", "evil.example.com")[^1]);
    }

    [Fact]
    public void Each_has_its_own_limits()
    {
        using var server = Start("""
            [[application]]
            entry-point = "shop.py"
            limit-request-body = 10
            [[application]]
            entry-point = "blog.py"
            mount-point = "/blog"
            limit-request-body = "1M"
            threads = 2
            processes = 2
            """);
        Assert.Equal("413", Ask(server, "/", "x", "-d", new string('x', 1000))[^1]);
        Assert.Equal(["1000", "200"], Ask(server, "/blog", "x", "-d", new string('x', 1000))[^2..]);
        Assert.Equal(3, server.Workers().Count);
    }

    [Fact]
    public void Each_runs_as_its_own_user()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can run applications as somebody else");
        using var server = Start("""
            user = "65534"
            [[application]]
            entry-point = "shop.py"
            user = "12345"
            [[application]]
            entry-point = "blog.py"
            mount-point = "/blog"
            """);
        Assert.Equal("12345", Ask(server, "/", "x")[2]);
        Assert.Equal("65534", Ask(server, "/blog", "x")[2]);
        Signals.Send(server.FrontEnd().Id, Signals.Kill);
        Until.True(() => Tool.Run("curl", "-sS", $"http://127.0.0.1:{server.Port}/").Output.Contains("|12345|", StringComparison.Ordinal), "the shop is served again");
    }

    [Fact]
    public void One_that_cannot_be_loaded_does_not_keep_the_others_from_serving()
    {
        var start = Prepare($"queue-timeout = \"1s\"\n{ShopAndBlog}");
        _directory.Write("blog.py", "import nosuchmodule\n");
        using var server = ServerProcess.Start(start);
        Assert.Equal("shop", Ask(server, "/", "x")[0]);
        Assert.Contains("/blog could not be loaded, the other applications are served", server.Errors, StringComparison.Ordinal);
        Assert.Contains("nosuchmodule", server.Errors, StringComparison.Ordinal);
        Assert.Matches(@"/blog +\S+ +/blog +any +not loaded", server.Command("status").Output);
        Assert.Equal("504", Ask(server, "/blog", "x")[^1]);

        // As soon as the file is mended it is tried again.
        _directory.Write("blog.py", $"NAME = 'blog'\n{Application}");
        Until.True(() => Ask(server, "/blog", "x")[0] == "blog", "the blog is served");
        Assert.DoesNotContain("not loaded", server.Command("status").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void When_none_can_be_loaded_the_server_does_not_start()
    {
        var start = Prepare(ShopAndBlog);
        _directory.Write("shop.py", "import nosuchshop\n");
        _directory.Write("blog.py", "import nosuchblog\n");
        using var server = ServerProcess.Launch(start);
        Assert.Equal(1, server.WaitForExit());
        server.WaitForOutput();
        Assert.Contains("nosuchshop", server.Errors, StringComparison.Ordinal);
        Assert.Contains("nosuchblog", server.Errors, StringComparison.Ordinal);
        server.AssertNothingIsLeft();
    }

    [Fact]
    public void An_upgrade_that_would_lose_one_of_them_is_not_done()
    {
        using var server = Start(ShopAndBlog);
        _directory.Write("blog.py", "import nosuchmodule\n");
        var upgrade = server.Command("upgrade");
        Assert.Equal(1, upgrade.Status);
        Assert.Contains("nosuchmodule", upgrade.Errors, StringComparison.Ordinal);
        Assert.Equal("blog", Ask(server, "/blog", "x")[0]);
        Assert.Equal("shop", Ask(server, "/", "x")[0]);
    }

    [Fact]
    public void One_is_loaded_anew_when_its_file_changes_and_the_other_is_not()
    {
        using var server = Start(ShopAndBlog, "--reload-on-script-change");
        var (shop, blog) = (Ask(server, "/", "x")[7], Ask(server, "/blog", "x")[7]);
        _directory.Write("blog.py", $"NAME = 'diary'\n{Application}");
        Until.True(() => Ask(server, "/blog", "x")[0] == "diary", "the changed blog is served");
        Assert.Equal(shop, Ask(server, "/", "x")[7]);
        Assert.NotEqual(blog, Ask(server, "/blog", "x")[7]);
    }

    [Fact]
    public void A_killed_worker_of_one_is_nothing_to_the_others()
    {
        using var server = Start(ShopAndBlog, "--preload");
        var blog = Ask(server, "/blog", "x")[7];
        Signals.Send(int.Parse(blog, CultureInfo.InvariantCulture), Signals.Kill);
        Assert.Equal("shop", Ask(server, "/", "x")[0]);
        Until.True(() => Ask(server, "/blog", "x") is [var name, .., "200"] && name == "blog", "the blog is served again");
        Assert.NotEqual(blog, Ask(server, "/blog", "x")[7]);
    }
}
