using System.Net.Sockets;
using System.Text;

namespace Addergate.Supervisor.Shell;

/// <summary>Tells a service manager (systemd's sd_notify protocol) how the server is.</summary>
internal static class ServiceNotification
{
    /// <summary>Sends one state, <c>READY=1</c> for example; nothing without <c>NOTIFY_SOCKET</c>.</summary>
    public static void Send(IReadOnlyDictionary<string, string> environment, string state)
    {
        if (!environment.TryGetValue("NOTIFY_SOCKET", out var path) || path is "" or not ['/' or '@', ..])
        {
            return;
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTo(
                Encoding.UTF8.GetBytes(state),
                new UnixDomainSocketEndPoint(path[0] == '@' ? $"\0{path[1..]}" : path));
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            // The manager is not listening; it judges by the process itself then.
        }
    }
}
