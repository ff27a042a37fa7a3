using System.Net.Sockets;
using System.Runtime.InteropServices;
using Addergate.Posix.Sockets;
using Addergate.Wire.Administration;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Supervisor.Administration;

/// <summary>
/// The socket on which a running server takes commands. Its mode is 0600 from its first moment, so the kernel lets only
/// the supervisor's user and root connect; with <c>--user</c>, application code cannot.
/// </summary>
internal sealed class AdminListener : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Commands come from people, one at a time.
    private const int Backlog = 16;

    private readonly Socket _socket;
    private readonly SocketName _name;

    private AdminListener(Socket socket, SocketName name)
    {
        _socket = socket;
        _name = name;
    }

    /// <summary>Binds it; what a server that was killed left behind is replaced. Null with the reason for people.
    /// </summary>
    public static AdminListener? Open(string serverRoot, out string reason)
    {
        var path = Path.Combine(serverRoot, AdminEndpoint.FileName);
        var name = SocketName.In(serverRoot, AdminEndpoint.FileName);
        if (name is null)
        {
            reason = $"cannot open the server root {serverRoot}: {Marshal.GetLastPInvokeErrorMessage()}";
            return null;
        }

        if (OwnerOf(name) is { } other)
        {
            name.Dispose();
            reason = $"the server with pid {other} uses the server root {serverRoot}. Name another directory with "
                + "--server-root.";
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            File.Delete(path);

            // Linux gives the file the mode of the socket: there is no moment in which others could connect.
            using (var handle = new SafeFileHandle(socket.Handle, ownsHandle: false))
            {
                File.SetUnixFileMode(handle, OwnerOnly);
            }

            socket.Bind(name.EndPoint);
            socket.Listen(Backlog);
        }
        catch (Exception error) when (error is SocketException or IOException or UnauthorizedAccessException)
        {
            socket.Dispose();
            name.Dispose();
            reason = $"cannot listen on {path}: {error.Message}";
            return null;
        }

        reason = "";
        return new AdminListener(socket, name);
    }

    /// <summary>Takes commands until it is disposed of.</summary>
    /// <param name="received">Called on a pool thread for each.</param>
    public async Task RunAsync(Action<AdminRequest, AdminSession> received)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _socket.AcceptAsync().ConfigureAwait(false);
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.TooManyOpenSockets
                or SocketError.NoBufferSpaceAvailable or SocketError.ConnectionAborted)
            {
                // Whoever asks will ask again; meanwhile this must not spin.
                await Task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
                continue;
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = new AdminSession(client).RunAsync(received);
        }
    }

    /// <summary>Closes it and removes its file.</summary>
    public void Dispose()
    {
        _socket.Dispose();
        _name.Dispose();
    }

    /// <summary>The process that listens there, or null.</summary>
    private static int? OwnerOf(SocketName name)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(name.EndPoint);
            return PeerCredentials.Of(socket).ProcessId;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
