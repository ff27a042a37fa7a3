using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Scripts;

public sealed class EnvironmentScriptTests : IDisposable
{
    private const string Application =
        """
        import os

        def application(environ, start_response):
            start_response("200 OK", [("Content-Type", "text/plain")])
            name = environ["QUERY_STRING"]
            return [os.environ.get(name, "not set").encode()]
        """;

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Its_variables_are_the_applications_and_nobody_elses()
    {
        _directory.Write("app.py", Application);
        _directory.Write("envvars", "export DATABASE_URL='postgres://shop' \nexport LC_ALL=C\nunset UNWANTED\n");
        using var server = Start(new Dictionary<string, string?> { ["UNWANTED"] = "1" }, "--locale", "C.UTF-8");
        Assert.Equal("postgres://shop", Get(server, "DATABASE_URL"));
        Assert.Equal("not set", Get(server, "UNWANTED"));
        // What an option says goes before.
        Assert.Equal("C.UTF-8", Get(server, "LC_ALL"));
        var frontEnd = File.ReadAllText($"/proc/{server.FrontEnd().Id}/environ");
        Assert.DoesNotContain("postgres://", frontEnd, StringComparison.Ordinal);
    }

    [Fact]
    public void As_root_it_is_read_as_the_user_of_the_application()
    {
        Assert.SkipUnless(System.Environment.UserName == "root", "Only root can serve as somebody else.");
        File.SetUnixFileMode(_directory.Path, (UnixFileMode)0b111_101_101);
        _directory.Write("app.py", Application);
        _directory.Write("envvars", "export READ_BY=\"$(id -un)\" AT=\"$HOME\"\n");
        using var server = Start([], "--user", "nobody");
        Assert.Equal("nobody", Get(server, "READ_BY"));
        Assert.Equal("/nonexistent", Get(server, "AT"));
    }

    [Fact]
    public void One_that_fails_is_a_mistake_and_nothing_is_started()
    {
        _directory.Write("app.py", Application);
        _directory.Write("envvars", "echo no vault here; exit 1\n");
        using var server = ServerProcess.Launch(new ServerStart
        {
            Arguments = ["app.py", "--envvars-script", "envvars"],
            WorkingDirectory = _directory.Path,
        });
        Assert.Equal(2, server.WaitForExit());
        server.WaitForLog("envvars ended before its end (no vault here)");
    }

    [Fact]
    public void What_one_prints_is_a_warning()
    {
        _directory.Write("app.py", Application);
        _directory.Write("envvars", "no-such-command\nexport A=1\n");
        using var server = Start([]);
        Assert.Equal("1", Get(server, "A"));
        server.WaitForLog("no-such-command: not found");
    }

    public void Dispose() => _directory.Dispose();

    private static string Get(ServerProcess server, string name) => Servers.Get(server.Port, "/?" + name).Text;

    private ServerProcess Start(Dictionary<string, string?> environment, params string[] options) =>
        ServerProcess.Start(new ServerStart
        {
            Arguments = ["app.py", "--envvars-script", "envvars", .. options],
            WorkingDirectory = _directory.Path,
            Environment = environment,
        });
}
