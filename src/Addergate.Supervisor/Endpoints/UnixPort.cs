using System.Net.Sockets;
using Addergate.Posix.Files;
using Addergate.Posix.Identity;
using Addergate.Posix.Sockets;
using Addergate.Settings.Model;

namespace Addergate.Supervisor.Endpoints;

/// <summary>
/// The Unix socket on which clients connect, a proxy as a rule. Its file stays when the server ends: a successor may
/// listen there already, and nobody could tell whose it is; the next start replaces one that nobody listens on.
/// </summary>
internal static class UnixPort
{
    /// <summary>Binds and listens; null with the reason for people.</summary>
    /// <param name="settings">With a path.</param>
    /// <param name="identity">Whose it is to be.</param>
    /// <param name="reason">Why there is none.</param>
    public static Socket? Open(ListenSettings settings, IdentitySettings identity, out string reason)
    {
        var path = settings.UnixSocket()!;
        if (File.Exists(path) && Clear(path) is { } taken)
        {
            reason = taken;
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            var user = identity.UserId ?? CurrentIdentity.EffectiveUser;
            var group = settings.SocketGroup ?? identity.GroupId;
            (uint, uint)? owner = identity.UserId is not null || group is not null ? (user, group ?? user) : null;
            // The mode after the owner; until then nobody but this process's user can write to it, with any usual umask.
            if (SocketFile.Give(path, owner, (uint)settings.SocketMode) is { } refusal)
            {
                reason = $"cannot give {path} to user {user} and group {group ?? user}: {refusal}";
                socket.Dispose();
                return null;
            }

            socket.Listen(settings.Backlog);
            reason = "";
            return socket;
        }
        catch (Exception refused) when (refused is SocketException or IOException or UnauthorizedAccessException)
        {
            socket.Dispose();
            reason = $"cannot listen on {path}: {refused.Message}. Choose another with --host.";
            return null;
        }
    }

    /// <summary>Takes a socket away that nobody listens on; null when that is done.</summary>
    private static string? Clear(string path)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return $"cannot listen on {path}: somebody does already. Stop what does, or choose another with --host.";
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused && IsSocket(path))
        {
            File.Delete(path);
            return null;
        }
        catch (SocketException)
        {
            return $"cannot listen on {path}: there is something that is no socket. Remove it, or choose another with --host.";
        }
    }

    // connect(2) refuses plain files in the same way.
    private static bool IsSocket(string path) => Ownership.KindOf(path) == Ownership.Socket;
}
