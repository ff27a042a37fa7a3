using System.Text;
using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Chaos;

/// <summary>Clients that go away, at every stage of a request.</summary>
[Trait("Runs", "once")]
public sealed class DisconnectTests(ITestOutputHelper output)
{
    private const int EachStage = 50;

    private const string Post = "POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\n";

    [Theory]
    [InlineData("in the request line", "GET /hel", 0)]
    [InlineData("in the headers", "GET /hello HTTP/1.1\r\nHost: te", 0)]
    [InlineData("before the body", Post, 0)]
    [InlineData("in the body", Post + "half of it", 0)]
    [InlineData("after the request", "GET /hello HTTP/1.1\r\nHost: test\r\n\r\n", 0)]
    [InlineData("in the response", "GET /download?blocks=200 HTTP/1.1\r\nHost: test\r\n\r\n", 1)]
    [InlineData("while pipelining", "GET /hello HTTP/1.1\r\nHost: test\r\n\r\nGET /hello HTTP/1.1\r\nHost: test\r\n\r\nGET /h", 1)]
    public void Clients_that_go_away_cost_the_others_nothing(string stage, string sent, int received)
    {
        using var bystanders = Bystanders.Of($"clients that go away {stage}", output);
        var before = bystanders.WorkerIds();
        var frontEnd = bystanders.Server.FrontEnd();
        var held = frontEnd.ClientDescriptorCount();
        for (var round = 0; round < EachStage; round++)
        {
            using var leaving = new Conversation(bystanders.Server.Port);
            leaving.Send(sent);
            if (received > 0)
            {
                Assert.Equal(200, leaving.Receive(toHead: true).Status);
            }

            // All go by a reset, half of them after they have said that they send nothing more.
            if (round % 2 == 0)
            {
                leaving.FinishSending();
            }
        }

        bystanders.Finish();
        Assert.Equal(0, bystanders.Load.Bad);
        Assert.Equal(before, bystanders.WorkerIds());
        AssertNothingIsHeld(bystanders.Server, frontEnd, held);
    }

    [Fact]
    public void Clients_that_go_away_while_they_wait_are_dropped_from_the_queue()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--threads", "1", "--queue-limit", "200", "--request-buffer-size", "4K"));
        var frontEnd = server.FrontEnd();
        using var running = new HeldRequests(server);
        running.Add();
        running.WaitForWorkers(1);
        var held = frontEnd.ClientDescriptorCount();

        // Half of them have a spool file.
        var waiting = Enumerable.Range(0, EachStage).Select(number => new Conversation(server.Port).Send(
            number % 2 == 0
                ? Encoding.ASCII.GetBytes("GET /environ HTTP/1.1\r\nHost: test\r\n\r\n")
                : Servers.PostBytes("/environ", new byte[100_000], chunked: false))).ToList();
        WaitForQueue(server, EachStage);
        waiting.ForEach(static client => client.Dispose());
        WaitForQueue(server, 0);
        AssertNothingIsHeld(server, frontEnd, held);
        running.LetGo();
        Assert.StartsWith("200", Assert.Single(running.Outcomes()), StringComparison.Ordinal);
        Assert.Equal(0, Servers.Count(server.Port, "requests/environ"));
    }

    [Theory]
    [InlineData("--http1.1")]
    [InlineData("--http2")]
    public void Clients_that_close_TLS_while_they_wait_are_dropped_from_the_queue(string version)
    {
        Tool.Require("curl");
        using var directory = new TemporaryDirectory();
        var (certificate, key) = Certificates.Make(directory.Path, "localhost");
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--threads", "1", "--https-port", "0", "--ssl-certificate-file", certificate,
            "--ssl-certificate-key-file", key));
        using var running = new HeldRequests(server);
        running.Add();
        running.WaitForWorkers(1);
        var url = $"https://127.0.0.1:{server.HttpsPort}/environ";
        const int TimedOut = 28;
        Assert.Equal(TimedOut, Tool.Run("curl", "-sS", "-k", version, "--max-time", "1", url).Status);
        WaitForQueue(server, 0);
        running.LetGo();
        Assert.StartsWith("200", Assert.Single(running.Outcomes()), StringComparison.Ordinal);
        Assert.Equal(0, Servers.Count(server.Port, "requests/environ"));
    }

    [Fact]
    public void An_application_sees_at_its_next_write_that_its_client_has_gone()
    {
        const int EachWay = 10;
        using var server = ServerProcess.Start(ServerStart.Conformance("--processes", "1", "--threads", "21"));
        var frontEnd = server.FrontEnd();
        var worker = Assert.Single(server.Workers()).Id;
        Assert.Equal(200, Servers.Get(server.Port, "/hello").Status);
        var held = frontEnd.ClientDescriptorCount();
        var names = Enumerable.Range(0, EachWay).Select(static _ => Servers.NewName()).ToList();
        var clients = names.SelectMany(name => (string[])[$"/closing?how=gated&name={name}", $"/write?case=endless&name={name}"])
            .Select(target => new Conversation(server.Port).Send($"GET {target} HTTP/1.1\r\nHost: test\r\n\r\n")).ToList();
        clients.ForEach(static client => Assert.Equal(200, client.Receive(toHead: true).Status));
        clients.ForEach(static client => client.Dispose());
        AssertNothingIsHeld(server, frontEnd, held);

        names.ForEach(name => Servers.OpenGate(server.Port, name));
        foreach (var name in names)
        {
            WaitForCount(server, name + ".close");
            WaitForCount(server, name + ".ConnectionResetError");
        }

        Until.True(() => Status(server, "running") == 0, "every thread to be free", () => server.Logs);
        Assert.Equal(worker, Assert.Single(server.Workers()).Id);
        // It is no fault of the application's.
        Assert.DoesNotContain("Traceback", server.Errors, StringComparison.Ordinal);
        output.WriteLine($"{clients.Count} applications were told by their next write, and each closed its response once");
    }

    // The connections are closed, and no file of theirs is left open.
    private static void AssertNothingIsHeld(ServerProcess server, ProcessInfo frontEnd, int before) => Until.True(
        () => frontEnd.ClientDescriptorCount() <= before, "the front end to close what it has for those who went",
        () => $"{before} before, {frontEnd.ClientDescriptorCount()} now\n{server.Logs}");

    private static void WaitForCount(ServerProcess server, string name)
    {
        Until.True(() => Servers.Count(server.Port, name) > 0, name, () => server.Logs);
        Assert.Equal(1, Servers.Count(server.Port, name));
    }

    private static void WaitForQueue(ServerProcess server, int length) => Until.True(
        () => Status(server, "waiting") == length, $"{length} requests to wait", () => server.Command("status").Output);

    private static int Status(ServerProcess server, string key) =>
        JsonDocument.Parse(server.Command("status", "--json").Output).RootElement[0].GetProperty(key).GetInt32();
}
