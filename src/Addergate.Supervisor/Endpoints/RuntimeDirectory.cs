using System.Runtime.InteropServices;
using System.Text;
using Addergate.Posix.Files;
using Addergate.Settings.Model;

namespace Addergate.Supervisor.Endpoints;

/// <summary>A short-lived 0700 directory of the children's user for the slot socket. Removed at the end.</summary>
internal sealed class RuntimeDirectory : IDisposable
{
    // sockaddr_un's 108 bytes less the final zero.
    private const int LongestSocketPath = 107;
    private const string SocketName = "slots";

    private RuntimeDirectory(string path) => SocketPath = Path.Combine(path, SocketName);

    /// <summary>Short enough for a socket address.</summary>
    public string SocketPath { get; }

    /// <summary>
    /// Makes it in the first place that works: <c>$XDG_RUNTIME_DIR</c> (not for another user: it is closed to them),
    /// /run, /tmp. Null with the reason for people.
    /// </summary>
    public static RuntimeDirectory? Create(
        IdentitySettings identity, IReadOnlyDictionary<string, string> environment, out string reason)
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
            var prefix = Path.Combine(place, "addergate-");
            if (Encoding.UTF8.GetByteCount(prefix) + "XXXXXX/".Length + SocketName.Length > LongestSocketPath)
            {
                reason = $"{place} is too long for a socket path";
                continue;
            }

            if (TemporaryDirectory.Create(prefix) is not { } path)
            {
                reason = $"{place}: {Marshal.GetLastPInvokeErrorMessage()}";
                continue;
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

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path.GetDirectoryName(SocketPath)!, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody cleared it away: then nothing is left to do.
        }
    }
}
