using System.Runtime.InteropServices;
using Addergate.Posix;
using Addergate.Posix.Files;
using Addergate.Posix.Identity;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Supervisor.Logs;

/// <summary>Opens and renames log files. Where others than root have a say, root follows no link and takes nothing but a file
/// of one name: the application's user could have it write into any file, or wait for ever at a FIFO.</summary>
internal static class LogFile
{
    // Readable by the group as Apache's are; what clients send is nobody else's business.
    private const uint Mode = 0b110_100_000;

    /// <summary>Opens it for appending; null with the reason for people.</summary>
    public static SafeFileHandle? Open(string path, out string reason)
    {
        reason = "";
        if (CurrentIdentity.EffectiveUser != 0)
        {
            return Opened(RawFile.OpenForAppending(path, Mode), ref reason);
        }

        using var place = Find(path, out reason);
        if (place is null)
        {
            return null;
        }

        var handle = Opened(place.OpenForAppending(Mode), ref reason);
        if (place.Others is null)
        {
            return handle;
        }

        var isRefused = handle is null
            ? Marshal.GetLastPInvokeError() is Errno.TooManyLinks or Errno.NoReader
            : !FileIdentity.IsFileOfOneName((int)handle.DangerousGetHandle());
        if (!isRefused)
        {
            return handle;
        }

        handle?.Dispose();
        reason = Refusal(place.Others);
        return null;
    }

    /// <summary>Gives it another name in its directory, never that of another file.</summary>
    /// <param name="path">The file, no link.</param>
    /// <param name="freeName">The path it is to have, from the one it has.</param>
    /// <exception cref="IOException">It cannot be done.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be done.</exception>
    public static void Rename(string path, Func<string, string> freeName)
    {
        // The link may be /dev/stdout; and moving it would leave the file where it is.
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new IOException("it is a symbolic link");
        }

        if (CurrentIdentity.EffectiveUser != 0)
        {
            File.Move(path, freeName(path), overwrite: false);
            return;
        }

        using var place = Find(path, out var reason) ?? throw new IOException(reason);
        File.Move(place.PathByHandle, freeName(place.PathByHandle), overwrite: false);
    }

    private static GuardedPlace? Find(string path, out string reason)
    {
        var place = GuardedPlace.Find(path, out var error, out var others);
        reason = place is not null ? ""
            : error == Errno.TooManyLinks && others is not null ? Refusal(others)
            : Marshal.GetPInvokeErrorMessage(error);
        return place;
    }

    private static SafeFileHandle? Opened(SafeFileHandle? handle, ref string reason)
    {
        reason = handle is null ? Marshal.GetLastPInvokeErrorMessage() : "";
        return handle;
    }

    private static string Refusal(string others) =>
        $"it is a link, or no file, and {others}: root could be led anywhere with it; "
        + "have every directory on the way to it belong to root";
}
