using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Forwarding;

/// <summary>A server with options of its own, whose <c>/api/…</c> is a target that the test plays.</summary>
internal sealed class MountedTarget : IDisposable
{
    private readonly List<Conversation> _clients = [];

    public MountedTarget(params string[] options) =>
        Server = ServerProcess.Start(ServerStart.Conformance(["--proxy-mount-point", "/api", Target.Url, .. options]));

    public FakeTarget Target { get; } = new();

    public ServerProcess Server { get; }

    /// <summary>Sends a request on a connection of its own.</summary>
    public Conversation Send(string headers = "", string method = "GET", string path = "/api/x")
    {
        var client = new Conversation(Server.Port);
        _clients.Add(client);
        return client.Send($"{method} {path} HTTP/1.1\r\nHost: test\r\n{headers}\r\n");
    }

    /// <summary>Sends a request, and accepts the connection that it is passed on by.</summary>
    public (Conversation Client, Conversation Target) Ask(string headers = "", string method = "GET")
    {
        var client = Send(headers, method);
        var target = Target.Accept();
        target.ReceiveRequest(toHead: true);
        return (client, target);
    }

    public void Dispose()
    {
        // First: the server waits for what runs.
        _clients.ForEach(static client => client.Dispose());
        Server.Dispose();
        Target.Dispose();
    }
}
