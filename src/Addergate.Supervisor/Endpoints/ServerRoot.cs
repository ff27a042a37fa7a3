using System.Runtime.InteropServices;
using Addergate.Posix.Files;
using Addergate.Posix.Identity;
using Addergate.Settings.Model;

namespace Addergate.Supervisor.Endpoints;

/// <summary>The directory for what the running server needs; the front end spools there.</summary>
internal static class ServerRoot
{
    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const uint GroupWrite = 0b010_000;
    private const uint OthersWrite = 0b010;

    /// <summary>
    /// Makes it for the children's user when it is not there. One that is there is left as it is, and refused when the
    /// children could not write into it: taking over a directory that somebody named by mistake would be worse.
    /// </summary>
    /// <returns>Null, or the reason for people.</returns>
    public static string? Prepare(string path, IdentitySettings identity)
    {
        try
        {
            if (!Directory.Exists(path))
            {
                Directory.CreateDirectory(path, OwnerOnly);
                return identity.UserId is not { } owner || Ownership.TryChange(path, owner, identity.GroupId ?? owner)
                    ? null
                    : $"cannot give the server root {path} to user {owner}: {Marshal.GetLastPInvokeErrorMessage()}";
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"cannot make the server root {path}: {error.Message}";
        }

        if (Ownership.Get(path) is not { } stat)
        {
            return $"cannot look at the server root {path}: {Marshal.GetLastPInvokeErrorMessage()}";
        }

        // The default's name can be foreseen, and anybody may make directories in /tmp.
        if (stat.User != 0 && stat.User != CurrentIdentity.EffectiveUser && stat.User != identity.UserId)
        {
            return $"the server root {path} belongs to user {stat.User}. Name another directory with --server-root.";
        }

        var mayWrite = identity.UserId is not { } user
            || user == 0
            || stat.User == user
            || (stat.Mode & OthersWrite) != 0
            || (stat.Group == identity.GroupId && (stat.Mode & GroupWrite) != 0);
        return mayWrite
            ? null
            : $"the server root {path} cannot be written by user {identity.UserName ?? $"{identity.UserId}"}. "
                + "Change its owner, or name another directory with --server-root.";
    }
}
