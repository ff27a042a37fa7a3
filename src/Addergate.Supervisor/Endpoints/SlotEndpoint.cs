using System.Net.Sockets;
using System.Security.Cryptography;
using Addergate.Posix.Sockets;
using Addergate.Settings.Model;

namespace Addergate.Supervisor.Endpoints;

/// <summary>The Unix socket on which slots connect. It outlives any front end, so that workers can always connect.
/// </summary>
internal static class SlotEndpoint
{
    private const uint Everybody = 0b110_110_110;

    /// <summary>A name that is in no directory (unix(7), abstract), for workers that do not have the directory. Anybody on
    /// the machine may connect to it: that is why both sides look who the other one is.</summary>
    public static string AbstractName() =>
        $"{UnixStream.AbstractMark}addergate-{Environment.ProcessId}-{Convert.ToHexString(RandomNumberGenerator.GetBytes(8))}";

    /// <summary>Binds and listens; null with the reason for people.</summary>
    /// <param name="path">In a directory that only the children's user may enter, or <see cref="AbstractName"/>.</param>
    /// <param name="identity">Who the children are.</param>
    /// <param name="isShared">Whether some of the children run as other users, and may connect too. Who connects is checked in
    /// any case: by process id, which the kernel tells, and by the worker's secret.</param>
    /// <param name="slots">How many may connect in one moment: the slots of an old and a new generation.</param>
    /// <param name="reason">Why there is none.</param>
    public static Socket? Open(string path, IdentitySettings identity, bool isShared, int slots, out string reason)
    {
        var isAbstract = path[0] == UnixStream.AbstractMark;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + path[1..] : path));
            socket.Listen(slots);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            reason = $"cannot listen on {path}: {error.Message}";
            return null;
        }

        var refusal = isAbstract ? null
            : isShared ? SocketFile.Give(path, owner: null, Everybody)
            : identity.UserId is { } user ? SocketFile.Give(path, (user, identity.GroupId ?? user))
            : null;
        if (refusal is not null)
        {
            socket.Dispose();
            reason = $"cannot give {path} to the children's user: {refusal}";
            return null;
        }

        reason = "";
        return socket;
    }
}
