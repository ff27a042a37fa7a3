using System.Net;
using System.Net.Sockets;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>A server behind the server, played by the test: each connection is a conversation.</summary>
internal sealed class FakeTarget : IDisposable
{
    private readonly Socket _listener;
    private readonly List<Conversation> _conversations = [];

    /// <param name="socketPath">Listens there; else on a free port of the loopback.</param>
    public FakeTarget(string? socketPath = null)
    {
        _listener = socketPath is null
            ? new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(socketPath is null
            ? new IPEndPoint(IPAddress.Loopback, 0)
            : new UnixDomainSocketEndPoint(socketPath));
        _listener.Listen();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public string Authority => $"127.0.0.1:{Port}";

    /// <summary>Without a slash at its end.</summary>
    public string Url => $"http://{Authority}";

    /// <summary>Whether somebody has connected and waits.</summary>
    public bool HasCaller => _listener.Poll(0, SelectMode.SelectRead);

    /// <summary>The next connection.</summary>
    public Conversation Accept()
    {
        var conversation = new Conversation(AcceptSocket());
        _conversations.Add(conversation);
        return conversation;
    }

    /// <summary>The next connection, for a test that speaks TLS on it.</summary>
    public NetworkStream AcceptStream() => new(AcceptSocket(), ownsSocket: true);

    /// <summary>Answers one request on a new connection, which stays open.</summary>
    /// <returns>The request.</returns>
    public Reply Answer(string answer)
    {
        var conversation = Accept();
        var request = conversation.ReceiveRequest();
        conversation.Send(answer);
        return request;
    }

    private Socket AcceptSocket()
    {
        Until.True(() => HasCaller, "a connection to the target");
        return _listener.Accept();
    }

    public void Dispose()
    {
        foreach (var conversation in _conversations)
        {
            conversation.Dispose();
        }

        _listener.Dispose();
    }
}
