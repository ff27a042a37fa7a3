using System.Globalization;
using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Processes;

public sealed class LifecycleTests
{
    [Theory]
    [InlineData(Signals.Terminate)]
    [InlineData(Signals.Interrupt)]
    public void A_stop_finishes_what_runs_and_leaves_nothing(int signal)
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--processes", "2", "--threads", "2"));
        using var held = new HeldRequests(server);
        held.Add();
        var worker = held.WaitForWorkers(1)[0];
        server.Processes();
        Signals.Send(server.Id, signal);
        server.WaitForLog("stopping");
        held.LetGo();
        Assert.Equal([$"200 {worker}"], held.Outcomes());
        Assert.Equal(0, server.WaitForExit());
        server.AssertNothingIsLeft();
    }

    [Fact]
    public void A_server_root_that_nobody_named_goes_with_the_server_unless_something_is_left_in_it()
    {
        using var directory = new TemporaryDirectory();
        var start = ServerStart.Conformance() with
        {
            NamesRoot = false,
            Environment = new Dictionary<string, string?> { ["TMPDIR"] = directory.Path },
        };
        string root;
        using (var server = ServerProcess.Start(start))
        {
            root = Assert.Single(Directory.GetDirectories(directory.Path));
            Assert.Equal(0, Tool.Run(Layout.Program, "restart", "--server-root", root).Status);
            Assert.Equal(0, Tool.Run(Layout.Program, "status", "--server-root", root).Status);
            Assert.Equal(0, server.Stop());
        }

        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
        using (ServerProcess.Start(start with { Arguments = [.. start.Arguments, "--startup-log"] }))
        {
            root = Assert.Single(Directory.GetDirectories(directory.Path));
        }

        Assert.Equal([Path.Combine(root, "startup_log")], Directory.GetFileSystemEntries(root));
    }

    [Fact]
    public void A_second_signal_stops_at_once()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--graceful-timeout", "1h"));
        using var held = new HeldRequests(server);
        held.Add();
        held.WaitForWorkers(1);
        server.Processes();
        Signals.Send(server.Id, Signals.Interrupt);
        server.WaitForLog("stopping");
        Signals.Send(server.Id, Signals.Interrupt);
        server.WaitForExit();
        server.AssertNothingIsLeft();
    }

    [Fact]
    public void The_graceful_timeout_ends_a_request_that_does_not()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--graceful-timeout", "1", "--shutdown-timeout", "1"));
        using var held = new HeldRequests(server);
        held.Add();
        held.WaitForWorkers(1);
        server.Stop();
        server.AssertNothingIsLeft();
    }

    [Fact]
    public void A_reload_loads_the_application_again_and_no_request_is_lost()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", Application("one"));
        using var server = ServerProcess.Start(new ServerStart { Arguments = [script, "--processes", "2"] });
        Assert.Equal("one", Servers.Get(server.Port, "/").Text);
        using var load = new Load(server.Port, 3, "/");
        load.WaitForGood(200);
        directory.Write("app.py", Application("two"));
        Signals.Send(server.Id, Signals.Hangup);
        Until.True(() => Servers.Get(server.Port, "/").Text == "two", "the new application", () => server.Logs);
        load.WaitForGood(200);

        // One that cannot be loaded: the old one goes on, and the error is shown.
        directory.Write("app.py", "raise LookupError('not ready yet')\n");
        Signals.Send(server.Id, Signals.Hangup);
        server.WaitForLog("not ready yet");
        load.WaitForGood(200);
        Assert.Equal("two", Servers.Get(server.Port, "/").Text);
        load.Dispose();
        Assert.True(load.Bad == 0, load.ToString());
    }

    [Fact]
    public void The_pid_file_is_there_while_the_server_is()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "server.pid");
        using (var server = ServerProcess.Start(ServerStart.Conformance("--pid-file", file)))
        {
            Assert.Equal(server.Id, int.Parse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture));
        }

        Assert.False(File.Exists(file));
    }

    [Fact]
    public void Started_as_root_only_the_supervisor_stays_root()
    {
        if (System.Environment.UserName != "root")
        {
            Assert.Skip("Only root can become somebody else.");
        }

        // /root is closed to others: a checkout may be there.
        using var directory = new TemporaryDirectory();
        foreach (var file in Directory.EnumerateFiles(Layout.Apps, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(directory.Path, Path.GetRelativePath(Layout.Apps, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments =
            [
                Path.Combine(directory.Path, "conformance.wsgi"), "--working-directory", directory.Path,
                "--user", "nobody", "--group", "nogroup",
            ],
        });
        var process = JsonDocument.Parse(Servers.Get(server.Port, "/process").Body).RootElement;
        Assert.Equal(65534, process.GetProperty("uid").GetInt32());
        Assert.Equal(65534, process.GetProperty("gid").GetInt32());
        Assert.Equal([65534], process.GetProperty("groups").EnumerateArray().Select(static g => g.GetInt32()));
        Assert.Contains("Uid:\t65534\t65534\t65534\t65534", Status(server.FrontEnd()), StringComparison.Ordinal);
        Assert.Contains("Uid:\t65534\t65534\t65534\t65534", Status(server.Workers()[0]), StringComparison.Ordinal);
        Assert.Contains("Uid:\t0\t0\t0\t0", Status(ProcessInfo.Read(server.Id)!), StringComparison.Ordinal);

        static string Status(ProcessInfo process) => File.ReadAllText($"/proc/{process.Id}/status");
    }

    [Fact]
    public void The_application_finds_itself_in_the_process_that_it_expects()
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(Path.Combine(directory.Path, "extra"));
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments =
            [
                Layout.Conformance, "--working-directory", Layout.Apps,
                "--python-path", Path.Combine(directory.Path, "extra"), "--threads", "3",
            ],
            Environment = new Dictionary<string, string?> { ["MY_VARIABLE"] = "wert", ["NOTIFY_SOCKET"] = "/nosuch" },
        });
        var process = JsonDocument.Parse(Servers.Get(server.Port, "/process").Body).RootElement;
        Assert.Equal(Layout.Apps, process.GetProperty("cwd").GetString());
        Assert.Equal("MainThread", process.GetProperty("main").GetString());
        Assert.NotEqual("MainThread", process.GetProperty("thread").GetString());
        Assert.Equal(server.Id, process.GetProperty("ppid").GetInt32());
        var path = process.GetProperty("path").EnumerateArray().Select(static p => p.GetString()).ToList();
        Assert.Contains(Layout.Apps, path);
        Assert.Contains(Path.Combine(directory.Path, "extra"), path);
        var environment = process.GetProperty("environment").EnumerateObject()
            .ToDictionary(static v => v.Name, static v => v.Value.GetString());
        Assert.Equal("wert", environment["MY_VARIABLE"]);
        Assert.False(environment.ContainsKey("NOTIFY_SOCKET"));
        Assert.DoesNotContain(environment.Keys, static name => name.StartsWith("DOTNET_", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_an_entry_there_is_a_welcome_page()
    {
        using var server = ServerProcess.Start(new ServerStart { Arguments = [] });
        var reply = Servers.Get(server.Port, "/");
        Assert.Equal(200, reply.Status);
        Assert.Contains("Addergate", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("common", """^127\.0\.0\.1 - - \[[^]]+\] "GET /hello\?q=1 HTTP/1\.1" 200 6$""")]
    [InlineData(
        "combined", """^127\.0\.0\.1 - - \[[^]]+\] "GET /hello\?q=1 HTTP/1\.1" 200 6 "from" "agent \\"quoted\\""$""")]
    [InlineData("json", """^\{.*"/hello.*200.*\}$""")]
    public void The_access_log_has_a_line_for_each_request(string format, string pattern)
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--access-log", "--access-log-format", format));
        Servers.Get(server.Port, "/hello?q=1", "Referer: from\r\nUser-Agent: agent \"quoted\"\r\n");
        server.WaitForLog("/hello");
        Until.True(() => server.Output.EndsWith('\n'), "a whole line");
        Assert.Matches(pattern, server.Output.Split('\n').First(static l => l.Contains("/hello", StringComparison.Ordinal)));
    }

    private static string Application(string answer) =>
        "def application(environ, start_response):\n"
        + "    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
        + $"    return [b'{answer}']\n";
}
