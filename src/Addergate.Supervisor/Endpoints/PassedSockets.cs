using System.Globalization;
using System.Net.Sockets;
using Addergate.Posix.Files;
using Addergate.Supervisor.Handover;

namespace Addergate.Supervisor.Endpoints;

/// <summary>
/// Listening sockets that this process was started with: by a service manager (sd_listen_fds(3)), which keeps them open
/// while the server is not there, or by the server that ran before (<see cref="HandoverVariables"/>).
/// </summary>
internal static class PassedSockets
{
    private const int FirstDescriptor = 3;
    private const int MostSockets = 64;

    /// <summary>Has no program that this one starts inherit them.</summary>
    public static void KeepToSelf(IReadOnlyDictionary<string, string> environment)
    {
        foreach (var (descriptor, _) in Named(environment))
        {
            Descriptor.SetCloseOnExec(descriptor, true);
        }
    }

    /// <summary>Takes them over, so that no program that this one starts inherits them.</summary>
    /// <param name="environment">The one that this process was started with.</param>
    /// <param name="reason">Why the result is null, for people.</param>
    public static IReadOnlyList<PassedSocket>? Take(
        IReadOnlyDictionary<string, string> environment, out string reason)
    {
        var sockets = new List<PassedSocket>();
        foreach (var (descriptor, name) in Named(environment))
        {
            Descriptor.SetCloseOnExec(descriptor, true);
            if (Open(descriptor) is { } socket)
            {
                sockets.Add(new PassedSocket(socket, name));
                continue;
            }

            reason = $"descriptor {descriptor} ({name}), which this program was started with, is no listening stream socket. "
                + "In a systemd socket unit, use ListenStream= with a port or a path and Accept=no.";
            sockets.ForEach(static passed => passed.Socket.Dispose());
            return null;
        }

        reason = "";
        return sockets;
    }

    private static IEnumerable<(int Descriptor, string Name)> Named(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.TryGetValue(HandoverVariables.Sockets, out var ours))
        {
            foreach (var item in ours.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (item.Split('=') is [var name, var number] && TryNumber(number, out var descriptor))
                {
                    yield return (descriptor, name);
                }
            }
        }

        if (!environment.TryGetValue("LISTEN_PID", out var process)
            || process != Environment.ProcessId.ToString(CultureInfo.InvariantCulture)
            || !environment.TryGetValue("LISTEN_FDS", out var text)
            || !TryNumber(text, out var count))
        {
            yield break;
        }

        var names = environment.TryGetValue("LISTEN_FDNAMES", out var list) ? list.Split(':') : [];
        for (var index = 0; index < Math.Min(count, MostSockets); index++)
        {
            yield return (FirstDescriptor + index, index < names.Length ? names[index] : "");
        }
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static Socket? Open(int descriptor)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
            if (socket.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 or AddressFamily.Unix
                && socket.SocketType == SocketType.Stream
                && socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.AcceptConnection) is not 0)
            {
                return socket;
            }
        }
        catch (SocketException)
        {
            // No socket at all.
        }

        socket?.Dispose();
        return null;
    }
}
