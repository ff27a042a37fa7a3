using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.CommandLine;

/// <summary>Settings from a file, in the real program.</summary>
public sealed class ConfigurationFileTests : IDisposable
{
    private const string Application = """
        import os
        def application(environ, start_response):
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [f"{environ.get('shop.name')} {os.getuid()} {os.getcwd()}".encode()]
        """;

    private readonly TemporaryDirectory _directory = new();

    public ConfigurationFileTests() => _directory.Write("app.py", Application);

    public void Dispose() => _directory.Dispose();

    private ServerStart Start(params string[] arguments) =>
        new() { Arguments = arguments, WorkingDirectory = _directory.Path };

    private static string Text(ServerProcess server) => Servers.Get(server.Port, "/").Text;

    [Fact]
    public void Command_line_then_environment_then_file_are_in_force()
    {
        var file = _directory.Write(
            "addergate.toml",
            """
            # What the shop needs.
            entry-point = "app.py"
            threads = 2
            processes = 2
            keep_alive_timeout = "3s"
            log-level = "info"

            [setenv]
            "shop.name" = "corner"
            """);
        using var server = ServerProcess.Start(Start("--processes", "1") with
        {
            Environment = new Dictionary<string, string?> { ["ADDERGATE_THREADS"] = "3", ["ADDERGATE_PROCESSES"] = "4" },
        });
        Assert.StartsWith("corner ", Text(server), StringComparison.Ordinal);
        Assert.Matches($@"Configuration +{file}\n", server.Errors);
        Assert.Contains("1 process × 3 threads", server.Errors, StringComparison.Ordinal);
        Assert.Contains("level info", server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_a_project_is_read_too()
    {
        _directory.Write(
            "pyproject.toml",
            "[project]\nname = 'shop'\n\n[tool.addergate]\nentry-point = 'app.py'\nsetenv = [['shop.name', 'market']]\n");
        using var server = ServerProcess.Start(Start());
        Assert.StartsWith("market ", Text(server), StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_without_one_needs_no_Python_that_can_read_it()
    {
        var old = Old();
        _directory.Write("pyproject.toml", "[project]\nname = 'shop'\ndependencies = ['addergate']\n");
        using var server = ServerProcess.Start(Start("app.py") with
        {
            Python = old,
            Environment = new Dictionary<string, string?> { ["PATH"] = "/bin/nosuch" },
        });
        Assert.DoesNotContain("Configuration", server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_file_has_its_paths_beside_it()
    {
        Directory.CreateDirectory(Path.Combine(_directory.Path, "site", "work"));
        _directory.Write("site/live.toml", "entry-point = 'shop.py'\nworking-directory = 'work'\nport = 1\n");
        _directory.Write("site/shop.py", Application);
        using var server = ServerProcess.Start(Start("--config", "site/live.toml"));
        Assert.EndsWith("/site/work", Text(server), StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_of_all_sources_come_together_with_their_lines()
    {
        _directory.Write(
            "addergate.toml",
            """
            entry-point = "ap.py"
            treads = 5
            processes = "many"

            log-level = "loud"
            [[application]]
            port = 80
            """);
        using var server = ServerProcess.Launch(Start("--queue-limit", "x") with
        {
            Python = null,
            Environment = new Dictionary<string, string?> { ["ADDERGATE_PYTHON"] = "/bin/true" },
        });
        Assert.Equal(2, server.WaitForExit());
        server.WaitForOutput();
        Assert.StartsWith(
            """
            addergate: 8 mistakes, nothing was started:
              - addergate.toml:2: treads is no setting; did you mean threads?
              - addergate.toml:3: processes = "many" is text; write a whole number from 1 to 1024
              - addergate.toml:7: port: this is for the whole server; write it above the first [[application]]
            """,
            server.Errors,
            StringComparison.Ordinal);
        Assert.Contains("there is no script " + Path.Combine(_directory.Path, "ap.py"), server.Errors, StringComparison.Ordinal);
        Assert.Contains("--queue-limit: \"x\" is not a whole number", server.Errors, StringComparison.Ordinal);
        Assert.Contains("addergate.toml:5: log-level: \"loud\" is none of", server.Errors, StringComparison.Ordinal);
        Assert.Contains("/bin/true does not answer as Python", server.Errors, StringComparison.Ordinal);
        server.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("entry-point = 'app.py'\nthreads =\n", "addergate.toml:2: Invalid value; TOML is described on https://toml.io")]
    [InlineData("threads = 1\nthreads = 2\n", "addergate.toml:2: Cannot overwrite a value;")]
    public void What_is_no_TOML_is_told_with_its_line(string content, string mistake)
    {
        _directory.Write("addergate.toml", content);
        using var server = ServerProcess.Launch(Start("nosuch.py"));
        Assert.Equal(2, server.WaitForExit());
        server.WaitForOutput();
        Assert.StartsWith("addergate: " + mistake, server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_Python_can_read_TOML_JSON_does_as_well()
    {
        var old = Old();
        var start = Start() with
        {
            Python = old,
            Environment = new Dictionary<string, string?> { ["PATH"] = "/bin/nosuch" },
        };
        _directory.Write("addergate.toml", "entry-point = 'app.py'\n");
        using (var refused = ServerProcess.Launch(start))
        {
            Assert.Equal(2, refused.WaitForExit());
            refused.WaitForOutput();
            Assert.Contains("addergate.toml is read by Python 3.11 or later, and none was found", refused.Errors, StringComparison.Ordinal);
            Assert.Contains("write the same settings in addergate.json", refused.Errors, StringComparison.Ordinal);
        }

        File.Delete(Path.Combine(_directory.Path, "addergate.toml"));
        _directory.Write("addergate.json", """{ "entry-point": "app.py", "setenv": { "shop.name": "stall" } }""");
        using var server = ServerProcess.Start(start);
        Assert.StartsWith("stall ", Text(server), StringComparison.Ordinal);
    }

    [Fact]
    public void An_upgrade_reads_it_anew_and_a_mistake_in_it_changes_nothing()
    {
        var file = Path.Combine(_directory.Path, "server.pid");
        Write("first");
        using var server = ServerProcess.Start(Start());
        Assert.StartsWith("first ", Text(server), StringComparison.Ordinal);

        Assert.Equal(0, server.Command("reload").Status);
        Assert.DoesNotContain("has changed", server.Errors, StringComparison.Ordinal);
        Write("second");
        Assert.Equal(0, server.Command("reload").Status);
        server.WaitForLog("addergate.toml has changed since the start; a reload does not read it, addergate upgrade does");
        Assert.StartsWith("first ", Text(server), StringComparison.Ordinal);

        _directory.Write("addergate.toml", "treads = 5\n");
        var refused = server.Command("upgrade");
        Assert.Equal(1, refused.Status);
        Assert.Contains("addergate.toml:1: treads is no setting; did you mean threads?", refused.Errors, StringComparison.Ordinal);
        Assert.StartsWith("first ", Text(server), StringComparison.Ordinal);

        Write("second");
        var upgraded = server.Command("upgrade");
        Assert.True(upgraded.Status == 0, upgraded.Errors + server.Logs);
        Assert.StartsWith("second ", Text(server), StringComparison.Ordinal);

        Write("third");
        var restarted = server.Command("restart");
        Assert.True(restarted.Status == 0, restarted.Errors + server.Logs);
        Assert.StartsWith("third ", Text(server), StringComparison.Ordinal);
        Assert.Equal(0, server.Command("stop").Status);

        void Write(string name) => _directory.Write(
            "addergate.toml", $"entry-point = 'app.py'\npid-file = '{file}'\nsetenv = {{ \"shop.name\" = \"{name}\" }}\n");
    }

    [Fact]
    public void Root_lets_nobody_read_it_when_it_says_who_the_application_runs_as()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can run the application as somebody else");
        // Whoever runs it is on record.
        var python = _directory.WriteProgram("python", $"#!/bin/sh\nid -u >>{_directory.Path}/users\nexec /usr/bin/python3 \"$@\"\n");
        File.SetUnixFileMode(_directory.Write("users", ""), (UnixFileMode)0b110_110_110);
        _directory.Write("addergate.toml", "entry-point = 'app.py'\nuser = 'www-data'\n");
        using var server = ServerProcess.Start(Start() with { Python = python });
        Assert.Contains(" 33 ", Text(server), StringComparison.Ordinal);
        var users = File.ReadAllLines(Path.Combine(_directory.Path, "users"));
        Assert.Equal("65534", users[0]);
        Assert.Equal(["33", "65534"], users.Distinct().Order());
    }

    [Fact]
    public void The_interpreter_is_asked_once_when_it_reads_the_file_too()
    {
        var python = _directory.WriteProgram("python", $"#!/bin/sh\necho x >>{_directory.Path}/runs\nexec /usr/bin/python3 \"$@\"\n");
        _directory.Write("addergate.toml", "entry-point = 'nosuch.py'\n");
        using var server = ServerProcess.Launch(Start() with { Python = python });
        Assert.Equal(2, server.WaitForExit());
        Assert.Single(File.ReadAllLines(Path.Combine(_directory.Path, "runs")));
    }

    /// <summary>A Python that serves and has no tomllib.</summary>
    private static string Old()
    {
        var old = Pythons.Supported.FirstOrDefault(static path =>
            path.Contains("/3.9.", StringComparison.Ordinal) || path.Contains("/3.10.", StringComparison.Ordinal));
        Assert.SkipWhen(old is null, "there is no Python 3.9 or 3.10");
        return old!;
    }
}
