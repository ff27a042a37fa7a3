using System.Net.Sockets;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Operations;

/// <summary>What systemd is told, and what it passes.</summary>
public sealed class ServiceManagerTests
{
    private const string Python = "/usr/bin/python3";

    private static readonly string Manager = Path.Combine(
        Layout.Repository, "tests", "standins", "service_manager.py");

    [Fact]
    public void A_service_manager_is_told_each_step()
    {
        using var notify = new NotifySocket();
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", "def application(environ, start_response): pass\n");
        using (var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [script],
            Environment = new Dictionary<string, string?>
            {
                ["NOTIFY_SOCKET"] = notify.Path,
                ["WATCHDOG_USEC"] = "200000",
                ["FDSTORE"] = "2",
            },
        }))
        {
            notify.WaitFor("WATCHDOG=1", 3);
            notify.WaitFor("STATUS=Serving: 1 worker, 0 requests running, 0 waiting");
            Assert.Contains("FDSTORE=1\nFDNAME=addergate-http", notify.Messages);
            Assert.Single(notify.Messages, "READY=1");

            Signals.Send(server.Id, Signals.Hangup);
            notify.WaitFor("READY=1", 2);
            directory.Write("app.py", "raise LookupError('not ready yet')\n");
            Assert.Equal(1, server.Command("reload").Status);
            notify.WaitFor("; the last reload failed: worker");
            Assert.Equal(0, server.Stop());
        }

        string[] kept = ["READY=1", "RELOADING=1", "STOPPING=1"];
        Assert.Equal(
            ["READY=1", "RELOADING=1", "READY=1", "RELOADING=1", "READY=1", "STOPPING=1"],
            notify.Messages.Select(static message => message.Split('\n')[0]).Where(kept.Contains));
        var reloads = notify.Messages.Where(static m => m.StartsWith("RELOADING", StringComparison.Ordinal)).ToArray();
        Assert.All(reloads, static message => Assert.Matches(@"^RELOADING=1\nMONOTONIC_USEC=\d+$", message));
        Assert.NotEqual(reloads[0], reloads[1]);
    }

    [Fact]
    public async Task A_socket_that_systemd_opened_is_served()
    {
        Tool.Require("systemd-socket-activate");
        var port = FreePorts.One();

        // It starts the program at the first connection, which must be answered as well.
        var start = new ServerStart
        {
            Arguments = [Layout.Conformance, "--working-directory", Layout.Apps],
            Wrapper = ["systemd-socket-activate", "-l", $"127.0.0.1:{port}", "-E", "AG_TESTS_MARK"],
        };
        using var server = ServerProcess.Launch(start);
        var first = Task.Run(() => FirstAnswer(port, "/hello"));
        server.WaitUntilServing();
        Assert.Equal(port, server.Port);
        server.WaitForLog("a socket that the server was started with");
        Assert.Equal("hello\n", await first);
        Assert.Equal("hello\n", Servers.Get(port, "/hello").Text);
    }

    [Fact]
    public void No_connection_is_refused_while_the_service_is_restarted()
    {
        var port = FreePorts.One();
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments =
            [
                Layout.Conformance, "--working-directory", Layout.Apps, "--host", "127.0.0.1", "--port", $"{port}",
            ],
            OnFreePort = false,
            Wrapper = [Python, Manager],
        });
        using var load = new Load(port, 4, "/hello", keepsAlive: false);
        load.WaitForGood(100);
        Signals.Send(server.Id, Signals.User2);
        server.WaitForLog("manager: ended with 0, kept ['addergate-http']");
        load.WaitForGood(500);
        load.Dispose();
        Assert.True(load.Bad == 0, $"{load}\n{server.Logs}");
        Until.True(
            () => server.Errors.Split("manager: notified READY=1").Length - 1 == 2, "the second READY", () => server.Logs);
    }

    [Fact]
    public void A_socket_unit_keeps_the_port_open_over_a_restart()
    {
        var port = FreePorts.One();
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [Layout.Conformance, "--working-directory", Layout.Apps],
            Wrapper = [Python, Manager, "--listen", $"127.0.0.1:{port}"],
        });
        Assert.Equal(port, server.Port);
        using var load = new Load(port, 4, "/hello", keepsAlive: false);
        load.WaitForGood(100);
        Signals.Send(server.Id, Signals.User2);
        server.WaitForLog("manager: ended with 0, kept ['site.socket']");
        load.WaitForGood(500);
        load.Dispose();
        Assert.True(load.Bad == 0, $"{load}\n{server.Logs}");
        Assert.DoesNotContain("FDSTORE", server.Errors, StringComparison.Ordinal);
    }

    private static string FirstAnswer(int port, string target)
    {
        Conversation? conversation = null;
        Until.True(() => TryConnect(port, out conversation), "a listener");
        using (conversation)
        {
            return conversation!.Send($"GET {target} HTTP/1.1\r\nHost: test\r\n\r\n").Receive().Text;
        }
    }

    private static bool TryConnect(int port, out Conversation? conversation)
    {
        try
        {
            conversation = new Conversation(port);
            return true;
        }
        catch (SocketException)
        {
            conversation = null;
            return false;
        }
    }
}
