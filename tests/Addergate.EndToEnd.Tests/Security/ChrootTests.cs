using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Security;

/// <summary>--chroot: workers that are held in a directory.</summary>
public sealed class ChrootTests : IClassFixture<Prison>
{
    private const string App =
        """
        import json, os, sys, threading

        def application(environ, start_response):
            start_response("200 OK", [])
            if environ["PATH_INFO"] == "/crash":
                os.abort()
            try:
                with open("/etc/passwd") as file:
                    outside = file.readline()
            except OSError as error:
                outside = type(error).__name__
            import colorsys  # Nobody has imported this before.
            told = {"root": sorted(os.listdir("/")), "cwd": os.getcwd(), "script": environ["SCRIPT_FILENAME"], "file": __file__,
                    "outside": outside, "pid": os.getpid(), "user": os.getuid(), "version": VERSION, "prefix": sys.prefix,
                    "library": colorsys.__file__}
            return [json.dumps(told).encode()]

        VERSION = 1
        """;

    private readonly Prison _prison;

    public ChrootTests(Prison prison)
    {
        if (System.Environment.UserName != "root")
        {
            Assert.Skip("Only root can hold workers in a directory.");
        }

        _prison = prison;
        File.WriteAllText(_prison.In("srv/app.py"), App);
    }

    [Fact]
    public void The_application_sees_nothing_but_what_is_in_the_directory()
    {
        using var server = ServerProcess.Start(Start());
        var told = Ask(server);
        Assert.Equal(["srv", "usr"], told.GetProperty("root").EnumerateArray().Select(static name => name.GetString()));
        Assert.Equal("FileNotFoundError", told.GetProperty("outside").GetString());
        Assert.Equal("/srv", told.GetProperty("cwd").GetString());
        Assert.Equal("/srv/app.py", told.GetProperty("script").GetString());
        Assert.Equal("/srv/app.py", told.GetProperty("file").GetString());
        Assert.Equal(4711, told.GetProperty("user").GetInt32());
        foreach (var worker in server.Workers())
        {
            AssertHeld(worker.Id);
        }

        Assert.Equal("/", new FileInfo($"/proc/{server.FrontEnd().Id}/root").LinkTarget);
    }

    [Fact]
    public void Slots_come_back_to_a_new_front_end_and_new_workers_are_held_as_well()
    {
        using var server = ServerProcess.Start(Start("--processes", "2"));
        Until.True(() => server.Workers().Count == 2, "two workers");
        var workers = server.Workers().Select(static worker => worker.Id).ToList();

        var frontEnd = server.FrontEnd();
        Signals.Send(frontEnd.Id, Signals.Kill);
        Until.True(() => !frontEnd.IsAlive, "its end");
        Assert.Contains(Ask(server).GetProperty("pid").GetInt32(), workers);
        Assert.Equal(workers, server.Workers().Select(static worker => worker.Id));

        Signals.Send(workers[0], Signals.Kill);
        Until.True(
            () => server.Workers() is { Count: 2 } now && now.All(worker => worker.Id != workers[0]),
            "a replacement", () => server.Logs);
        Assert.Equal(200, Servers.Get(server.Port, "/").Status);

        File.WriteAllText(_prison.In("srv/app.py"), App.Replace("VERSION = 1", "VERSION = 2", StringComparison.Ordinal));
        var reload = server.Command("reload");
        Assert.True(reload.Status == 0, reload.Output + reload.Errors + server.Logs);
        Until.True(() => Ask(server).GetProperty("version").GetInt32() == 2, "the new version", () => server.Logs);
        Assert.Equal("FileNotFoundError", Ask(server).GetProperty("outside").GetString());
        Until.True(() => server.Workers().Count == 2, "the end of the old workers", () => server.Logs);
        foreach (var worker in server.Workers())
        {
            AssertHeld(worker.Id);
        }
    }

    [Fact]
    public void A_crash_inside_is_told_and_costs_one_request()
    {
        using var server = ServerProcess.Start(Start());
        Assert.Equal(502, Servers.Get(server.Port, "/crash").Status);
        server.WaitForLog("SIGABRT");
        Until.True(() => Servers.Get(server.Port, "/").Status == 200, "a replacement", () => server.Logs);
    }

    [Fact]
    public void A_virtual_environment_in_the_directory_has_its_name_inside()
    {
        var home = _prison.In("venv");
        Tool.Succeed(Pythons.Default!, "-m", "venv", "--without-pip", home);
        try
        {
            var packages = Directory.GetDirectories(_prison.In("venv/lib"), "python*")[0] + "/site-packages";
            File.WriteAllText(packages + "/thing.py", "NAME = 'packed'\n");
            File.WriteAllText(_prison.In("srv/app.py"), $"import thing\nassert thing.NAME == 'packed'\n{App}");
            var start = Start("--python", home + "/bin/python") with { Python = null };
            using (var server = ServerProcess.Start(start))
            {
                Assert.Equal("/venv", Ask(server).GetProperty("prefix").GetString());
            }

            // What Python runs while it is still outside must not be the application's to change.
            Tool.Succeed("chown", "4711", packages);
            Refused(start, $"The application could change {packages}, from where Python is started");
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Fact]
    public void Without_Pythons_library_it_is_said_what_is_missing()
    {
        using var empty = new TemporaryDirectory();
        empty.Write("app.py", App);
        Refused(
            new ServerStart { Arguments = ["app.py", "--chroot", empty.Path, "--user", "#4711"], WorkingDirectory = empty.Path },
            $"in {empty.Path}, where Python looks for its library.");
    }

    [Fact]
    public void Scripts_that_decide_on_access_are_held_too()
    {
        File.WriteAllText(_prison.In("srv/auth.py"), """
            import os
            def allow_access(environ, host):
                return "etc" not in os.listdir("/")
            """);
        using var server = ServerProcess.Start(Start("--host-access-script", _prison.In("srv/auth.py")));
        Assert.Equal(200, Servers.Get(server.Port, "/").Status);
        Until.True(() => server.Workers().Count == 2, "both workers");
        foreach (var worker in server.Workers())
        {
            AssertHeld(worker.Id);
        }
    }

    [Fact]
    public void Each_application_has_a_directory_of_its_own_or_none()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("free.py", App);
        directory.Write("addergate.toml", $"""
            python = "{Pythons.Default}"
            [[application]]
            entry-point = "{_prison.In("srv/app.py")}"
            working-directory = "{_prison.Home}"
            chroot = "{_prison.Root}"
            user = "#4711"
            [[application]]
            entry-point = "free.py"
            mount-point = "/free"
            user = "#4712"
            """);
        using var server = ServerProcess.Start(new ServerStart { Arguments = [], WorkingDirectory = directory.Path, Python = null });
        Assert.Equal("FileNotFoundError", Ask(server).GetProperty("outside").GetString());
        Assert.StartsWith("root:", Ask(server, "/free").GetProperty("outside").GetString(), StringComparison.Ordinal);
        var frontEnd = server.FrontEnd();
        Signals.Send(frontEnd.Id, Signals.Kill);
        Until.True(() => !frontEnd.IsAlive, "its end");
        Assert.Equal((200, 200), (Servers.Get(server.Port, "/").Status, Servers.Get(server.Port, "/free").Status));
    }

    private ServerStart Start(params string[] options) => new()
    {
        Arguments = ["app.py", "--chroot", _prison.Root, "--user", "#4711", .. options],
        WorkingDirectory = _prison.Home,
    };

    private static JsonElement Ask(ServerProcess server, string path = "/")
    {
        var reply = Servers.Get(server.Port, path);
        Assert.Equal(200, reply.Status);
        return JsonDocument.Parse(reply.Body).RootElement;
    }

    private static void Refused(ServerStart start, string why)
    {
        using var server = ServerProcess.Launch(start);
        Assert.Equal(1, server.WaitForExit());
        server.WaitForOutput();
        Assert.Contains(why, server.Errors, StringComparison.Ordinal);
    }

    /// <summary>All of its threads, none with a right of root's; and nothing is open that leads out.</summary>
    private void AssertHeld(int process)
    {
        foreach (var thread in Directory.GetDirectories($"/proc/{process}/task"))
        {
            var root = new FileInfo($"{thread}/root").LinkTarget;
            if (!File.Exists($"{thread}/status") && thread != $"/proc/{process}/task/{process}")
            {
                // It has ended in the meantime.
                continue;
            }

            Assert.Equal(_prison.Root, root);
            var status = File.ReadAllLines($"{thread}/status");
            foreach (var set in (string[])["CapInh", "CapPrm", "CapEff", "CapAmb"])
            {
                Assert.Contains($"{set}:\t0000000000000000", status);
            }

            Assert.Contains("Uid:\t4711\t4711\t4711\t4711", status);
            Assert.Contains("NoNewPrivs:\t1", status);
        }

        foreach (var descriptor in Directory.GetFiles($"/proc/{process}/fd").Select(static path => new FileInfo(path)))
        {
            Assert.False(Directory.Exists(descriptor.LinkTarget), $"{descriptor.Name} is the directory {descriptor.LinkTarget}");
        }
    }
}
