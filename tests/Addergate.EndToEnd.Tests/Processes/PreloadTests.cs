using System.Diagnostics;
using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Processes;

/// <summary>--preload: workers are forked from a template that has imported the application. What it saves is printed.
/// </summary>
[Trait("Runs", "once")]
public sealed class PreloadTests(ITestOutputHelper output)
{
    private const double ImportSeconds = 3;

    [Fact]
    public void A_killed_worker_is_back_without_another_import()
    {
        using var directory = new TemporaryDirectory();
        var imports = Path.Combine(directory.Path, "imports");
        using var server = Start(directory, Application(ImportSeconds, "one") + $"open('{imports}', 'a').write('once\\n')\n");
        var times = new List<long>();
        for (var round = 0; round < 6; round++)
        {
            var victim = server.Workers()[0];
            var watch = Stopwatch.StartNew();
            Signals.Send(victim.Id, Signals.Kill);

            // Two are ready again: both pids answer.
            WaitForWorkers(server, 2, except: victim.Id);
            times.Add(watch.ElapsedMilliseconds);
        }

        output.WriteLine($"back after {string.Join(", ", times)} ms, although the import takes {ImportSeconds} s");
        Assert.Equal("once\n", File.ReadAllText(imports));
        Assert.Equal("one", Servers.Get(server.Port, "/").Text);
    }

    [Fact]
    public void Each_generation_has_a_template_of_its_own()
    {
        using var directory = new TemporaryDirectory();
        using var server = Start(directory, Application(0, "one"));
        using var load = new Load(server.Port, 2, "/");
        var first = Template(server);
        directory.Write("app.py", Application(0.2, "two"));
        Signals.Send(server.Id, Signals.Hangup);
        Until.True(() => Servers.Get(server.Port, "/").Text == "two", "the new application", () => server.Logs);
        Until.True(() => !first.IsAlive, "the end of the old template", () => server.Logs);
        var second = Template(server);

        // One that cannot be loaded leaves everything as it is.
        directory.Write("app.py", "raise LookupError('not ready yet')\n");
        Signals.Send(server.Id, Signals.Hangup);
        server.WaitForLog("not ready yet");
        load.WaitForGood(200);
        Signals.Send(server.Workers()[0].Id, Signals.Terminate);
        WaitForWorkers(server, 2);
        Assert.Equal("two", Servers.Get(server.Port, "/").Text);
        Assert.True(second.IsAlive);
        load.Dispose();
        Assert.True(load.Bad == 0, load.ToString());
    }

    [Fact]
    public void A_template_that_dies_costs_nothing_but_the_next_start()
    {
        using var directory = new TemporaryDirectory();
        using var server = Start(directory, Application(0.5, "one"));
        using var load = new Load(server.Port, 2, "/");
        var template = Template(server);
        Signals.Send(template.Id, Signals.Kill);
        server.WaitForLog("the next worker");
        load.WaitForGood(200);
        load.Dispose();
        output.WriteLine($"template killed: 2 ordinary clients saw {load}");
        Assert.True(load.Bad == 0, load.ToString());
        var victim = server.Workers()[0].Id;
        Signals.Send(victim, Signals.Kill);
        WaitForWorkers(server, 2, except: victim);
        Assert.NotEqual(template.Id, Template(server).Id);
    }

    [Fact]
    public void Status_shows_the_template_with_its_generation()
    {
        using var directory = new TemporaryDirectory();
        using var server = Start(directory, Application(0, "one"));
        Assert.Equal(("ready", 1), Shown(server));
        Assert.Matches($@"\n  template +{Template(server).Id} +ready +\d.* MiB +1\n", server.Command("status").Output);
        Assert.Equal(0, server.Command("reload").Status);
        Until.True(() => Shown(server) == ("ready", 2), "the new template alone", () => server.Logs);
    }

    [Fact]
    public void An_application_that_does_not_load_ends_the_server_with_its_traceback()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", "raise LookupError('no such thing')\n");
        using var server = ServerProcess.Launch(new ServerStart { Arguments = [script, "--preload"] });
        Assert.Equal(1, server.WaitForExit());
        server.WaitForLog("LookupError: no such thing");
    }

    [Fact]
    public void An_import_that_hangs_is_given_up()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", Application(1000, ""));
        using var server = ServerProcess.Launch(
            new ServerStart { Arguments = [script, "--preload", "--startup-timeout", "1"] });
        Assert.Equal(1, server.WaitForExit());
        server.WaitForLog("--startup-timeout");
    }

    [Fact]
    public void Memory_of_the_import_is_shared()
    {
        using var directory = new TemporaryDirectory();
        const int Mebibytes = 64;
        var text = Application(0, "one") + $"data = [bytes(1024) for _ in range({Mebibytes} * 1024)]\n";
        using var server = Start(directory, text);
        Servers.Get(server.Port, "/");
        var workers = server.Workers();
        output.WriteLine(
            $"an application of {Mebibytes} MiB: template {Template(server).ProportionalKiB() / 1024} MiB, workers "
            + string.Join(", ", workers.Select(static worker => $"{worker.ProportionalKiB() / 1024} MiB"))
            + " (each with its share of what is shared)");
        Assert.All(workers, static worker => Assert.True(worker.ProportionalKiB() < Mebibytes * 1024));
    }

    private static ServerProcess Start(TemporaryDirectory directory, string application)
    {
        var script = directory.Write("app.py", application);
        var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [script, "--preload", "--processes", "2", "--threads", "1", "--log-level", "info"],
        });
        WaitForWorkers(server, 2);
        return server;
    }

    /// <summary>State and generation of the only template that status names; it must be the one that runs.</summary>
    private static (string? State, int Generation) Shown(ServerProcess server)
    {
        var templates = JsonDocument.Parse(server.Command("status", "--json").Output).RootElement[0]
            .GetProperty("processes").EnumerateArray()
            .Where(static process => process.GetProperty("role").GetString() == "template").ToList();
        if (templates.Count != 1)
        {
            return default;
        }

        Assert.Contains(
            server.Processes(), process => process.IsTemplate && process.Id == templates[0].GetProperty("pid").GetInt32());
        return (templates[0].GetProperty("state").GetString(), templates[0].GetProperty("generation").GetInt32());
    }

    private static ProcessInfo Template(ServerProcess server) => Until.Some(
        () => server.Processes().FirstOrDefault(static process => process.IsTemplate), "a template", () => server.Logs);

    /// <summary>Waits until so many workers have said that they are ready and run.</summary>
    private static void WaitForWorkers(ServerProcess server, int count, int except = 0) => Until.True(
        () => server.Workers().Count(worker =>
            worker.Id != except
            && server.Errors.Contains($"(pid {worker.Id}) is ready", StringComparison.Ordinal)) == count,
        $"{count} workers",
        () => server.Logs);

    private static string Application(double importSeconds, string answer) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"import time\ntime.sleep({importSeconds})\n")
        + "def application(environ, start_response):\n"
        + "    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
        + $"    return [b'{answer}']\n";
}
