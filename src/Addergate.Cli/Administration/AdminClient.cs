using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Addergate.Posix.Sockets;
using Addergate.Wire.Administration;

namespace Addergate.Cli.Administration;

/// <summary>A conversation with a running server: one request, replies until it closes.</summary>
internal sealed class AdminClient : IDisposable
{
    private readonly Socket _socket;
    private readonly StreamReader _replies;

    private AdminClient(Socket socket)
    {
        _socket = socket;
        _replies = new StreamReader(new NetworkStream(socket), Encoding.UTF8);
        ServerProcess = PeerCredentials.Of(socket).ProcessId;
    }

    /// <summary>The supervisor. 0 when it is in another PID namespace, a container for example.</summary>
    internal int ServerProcess { get; }

    /// <summary>Connects; null with the reason for people.</summary>
    internal static AdminClient? Connect(string serverRoot, out string reason)
    {
        using var name = SocketName.In(serverRoot, AdminEndpoint.FileName);
        if (name is null)
        {
            reason = $"cannot open the server root {serverRoot}: {Marshal.GetLastPInvokeErrorMessage()}";
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(name.EndPoint);
            reason = "";
            return new AdminClient(socket);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            reason = error.SocketErrorCode switch
            {
                SocketError.AccessDenied =>
                    $"the server in {serverRoot} belongs to another user. Run this command as that user or as root.",
                SocketError.ConnectionRefused or SocketError.AddressNotAvailable =>
                    $"no server runs with the server root {serverRoot}.",
                _ => $"cannot reach the server in {serverRoot}: {error.Message}.",
            };
            return null;
        }
    }

    /// <summary>Sends the request.</summary>
    internal void Send(AdminRequest request)
    {
        try
        {
            _socket.Send(Encoding.UTF8.GetBytes(request.ToLine() + "\n"));
        }
        catch (SocketException)
        {
            // The server ended in this moment, which reading tells.
        }
    }

    /// <summary>The next reply; null when the server has closed.</summary>
    internal AdminReply? Receive()
    {
        try
        {
            return _replies.ReadLine() is { } line
                ? AdminReply.FromLine(line)
                    ?? new AdminReply(AdminOutcome.Failed, "the server answered something that makes no sense")
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _replies.Dispose();
        _socket.Dispose();
    }
}
