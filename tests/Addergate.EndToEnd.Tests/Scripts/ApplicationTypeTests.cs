using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Scripts;

public sealed class ApplicationTypeTests : IDisposable
{
    private const string Shop =
        """
        def make(settings, **local):
            def application(environ, start_response):
                start_response("200 OK", [("Content-Type", "text/plain")])
                return ["{} {}".format(local["name"], settings["here"]).encode()]
            return application
        """;

    private const string Configuration =
        """
        [app:main]
        paste.app_factory = shop:make
        name = main
        [app:other]
        paste.app_factory = shop:make
        name = other
        """;

    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData("my shop.ini", "main")]
    [InlineData("my shop.ini#other", "other")]
    public void An_application_of_PasteDeploy_is_what_its_file_describes(string entry, string name)
    {
        Assert.SkipUnless(
            Tool.Run(Pythons.Default!, "-c", "import paste.deploy").Status == 0,
            "python3-pastedeploy is not installed (eng/test-tools.sh says how).");
        _directory.Write("my shop.ini", Configuration);
        _directory.Write("shop.py", Shop);
        using var server = Start(entry, "--application-type", "paste");
        Assert.Equal($"{name} {_directory.Path}", Servers.Get(server.Port, "/").Text);
    }

    [Fact]
    public void Without_PasteDeploy_the_start_says_what_to_install()
    {
        _directory.Write("shop.ini", Configuration);
        // One in front of it that is not it.
        _directory.Write("paste.py", "");
        using var server = ServerProcess.Launch(new ServerStart
        {
            Arguments = ["shop.ini", "--application-type", "paste"],
            WorkingDirectory = _directory.Path,
        });
        Assert.Equal(1, server.WaitForExit());
        server.WaitForLog("/shop.ini#main is read by the package PasteDeploy, which ");
        server.WaitForLog("pip install PasteDeploy");
    }

    [Fact]
    public void Files_alone_are_served_without_any_Python()
    {
        Directory.CreateDirectory(Path.Combine(_directory.Path, "sub"));
        _directory.Write("sub/hello.txt", "hello");
        _directory.Write(".env", "SECRET");
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [".", "--application-type", "static", "--directory-listing"],
            WorkingDirectory = _directory.Path,
            Python = null,
            Environment = new Dictionary<string, string?> { ["PATH"] = "/nowhere" },
        });
        Assert.Equal("hello", Servers.Get(server.Port, "/sub/hello.txt").Text);
        Assert.Contains("./sub/", Servers.Get(server.Port, "/").Text, StringComparison.Ordinal);
        Assert.Equal(404, Servers.Get(server.Port, "/none").Status);
        Assert.Equal(404, Servers.Get(server.Port, "/.env").Status);
        Assert.Equal(405, Servers.Get(server.Port, "/sub/hello.txt", method: "POST").Status);
        Assert.Empty(server.Workers());
        Assert.Equal(0, server.Command("status").Status);
        Assert.Equal(0, server.Command("reload").Status);
        Assert.Equal("hello", Servers.Get(server.Port, "/sub/hello.txt").Text);
        Assert.Equal(0, server.Stop());
    }

    [Fact]
    public void Files_alone_may_have_scripts_that_answer_for_some()
    {
        _directory.Write("page.md", "page");
        _directory.Write("markup.py", "def handle_request(environ, start_response):\n"
            + "    start_response('200 OK', [])\n    return [b'handled ' + environ['SCRIPT_NAME'].encode()]\n");
        using var server = Start(".", "--application-type", "static", "--add-handler", ".md", "markup.py");
        Assert.Equal("handled /page.md", Servers.Get(server.Port, "/page.md").Text);
        Assert.Equal(404, Servers.Get(server.Port, "/none.md").Status);
    }

    public void Dispose() => _directory.Dispose();

    private ServerProcess Start(params string[] arguments) => ServerProcess.Start(
        new ServerStart { Arguments = arguments, WorkingDirectory = _directory.Path });
}
