using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Addergate.Posix.Files;
using Addergate.Posix.Identity;
using Addergate.Settings.Model;

namespace Addergate.Supervisor.Endpoints;

/// <summary>A short-lived 0700 directory of the children's user for the slot socket. Removed at the end.</summary>
internal sealed class RuntimeDirectory : IDisposable
{
    // sockaddr_un's 108 bytes less the final zero.
    private const int LongestSocketPath = 107;
    private const string SocketName = "slots";
    private const string Name = "addergate-";

    private const UnixFileMode OwnersAndPassage = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // A server that starts right now has made its directory and may not listen yet.
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(1);

    private RuntimeDirectory(string path) => SocketPath = Path.Combine(path, SocketName);

    /// <summary>Short enough for a socket address.</summary>
    public string SocketPath { get; }

    /// <summary>
    /// Makes it in the first place that works: <c>$XDG_RUNTIME_DIR</c> (not for another user: it is closed to them),
    /// /run, /tmp. Null with the reason for people.
    /// </summary>
    /// <param name="identity">Whose it is to be.</param>
    /// <param name="isShared">Whether children of other users must be able to go through it.</param>
    /// <param name="environment">For <c>XDG_RUNTIME_DIR</c>.</param>
    /// <param name="reason">Why there is none.</param>
    public static RuntimeDirectory? Create(
        IdentitySettings identity, bool isShared, IReadOnlyDictionary<string, string> environment, out string reason)
    {
        reason = "";
        var places = new List<string>(3);
        if (identity.UserId is null && environment.TryGetValue("XDG_RUNTIME_DIR", out var own) && Path.IsPathRooted(own))
        {
            places.Add(own);
        }

        places.AddRange(["/run", "/tmp"]);
        foreach (var place in places)
        {
            var prefix = Path.Combine(place, $"{Name}{Environment.ProcessId}-");
            if (Encoding.UTF8.GetByteCount(prefix) + "XXXXXX/".Length + SocketName.Length > LongestSocketPath)
            {
                reason = $"{place} is too long for a socket path";
                continue;
            }

            RemoveAbandoned(place);
            if (TemporaryDirectory.Create(prefix) is not { } path)
            {
                reason = $"{place}: {Marshal.GetLastPInvokeErrorMessage()}";
                continue;
            }

            if (isShared)
            {
                // Root's own: an application that runs as the front end does could put another socket there.
                File.SetUnixFileMode(path, OwnersAndPassage);
                return new RuntimeDirectory(path);
            }

            if (identity.UserId is not { } user || Ownership.TryChange(path, user, identity.GroupId ?? user))
            {
                return new RuntimeDirectory(path);
            }

            reason = $"cannot give {path} to user {user}: {Marshal.GetLastPInvokeErrorMessage()}";
            Directory.Delete(path);
        }

        reason = $"there is no directory for the slot socket (tried {string.Join(", ", places)}): {reason}";
        return null;
    }

    public void Dispose() => Remove(Path.GetDirectoryName(SocketPath)!);

    /// <summary>Clears away what a server that was killed left behind.</summary>
    private static void RemoveAbandoned(string place)
    {
        try
        {
            foreach (var path in Directory.EnumerateDirectories(place, Name + "*-??????"))
            {
                var socket = Path.Combine(path, SocketName);
                if (TimeProvider.System.GetUtcNow() - Directory.GetLastWriteTimeUtc(path) > AbandonedAfter
                    && !IsAlive(path)
                    && MayClear(path)
                    && File.Exists(socket)
                    && NobodyListens(socket))
                {
                    Remove(path);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not ours to look into.
        }
    }

    // Those of a server that root started are its children's.
    private static bool MayClear(string path) =>
        CurrentIdentity.EffectiveUser == 0 || Ownership.Get(path)?.User == CurrentIdentity.EffectiveUser;

    // Looked at first, since a connection puts a line into a living server's log. It does not decide alone: another
    // container that shares the directory numbers its processes by itself.
    private static bool IsAlive(string path) =>
        Directory.Exists("/proc/" + Path.GetFileName(path).Split('-')[1]);

    private static bool NobodyListens(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Blocking = false;
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return false;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }

    private static void Remove(string path)
    {
        try
        {
            // Not recursively: in /tmp others may have put something there.
            File.Delete(Path.Combine(path, SocketName));
            Directory.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody cleared it away, or it is another user's: then nothing is left to do.
        }
    }
}
