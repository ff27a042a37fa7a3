using System.Globalization;
using System.Runtime.InteropServices;
using Addergate.Posix;
using Addergate.Posix.Files;
using Microsoft.Win32.SafeHandles;

namespace Addergate.AspNetCore.Files;

/// <summary>
/// A directory that files are served from, or one file. The directory is opened once a second at most, so that a
/// deployment that exchanges it, or the link that leads to it, is noticed. Thread-safe.
/// </summary>
internal sealed class FileRoot(string path, bool isDirectory, bool followsLinks, TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);

    private volatile Place? _place;

    /// <summary>Absolute.</summary>
    public string Path => path;

    /// <summary>Else it is one file: the empty path names it, and an ending the file beside it.</summary>
    public bool IsDirectory => isDirectory;

    /// <summary>Opens what a path of <see cref="FilePath"/> names.</summary>
    /// <param name="relative">The path.</param>
    /// <param name="onlyCached">Do not wait for a disk: <see cref="Errno.Again"/> where that would be needed.</param>
    /// <param name="error">errno when the result is null.</param>
    public OpenedFile? Open(string relative, bool onlyCached, out int error)
    {
        var place = _place;
        var isStale = !isDirectory || place is null || time.GetElapsedTime(place.OpenedAt) >= KeptFor;
        if (isStale && onlyCached)
        {
            error = Errno.Again;
            return null;
        }

        if (!isDirectory)
        {
            // Named by who configured the server, so its links are followed.
            return OpenedFile.TryOpen(path + relative, out error);
        }

        if (isStale)
        {
            var handle = DirectoryHandle.Open(path);
            if (handle is null)
            {
                error = Marshal.GetLastPInvokeError();
                return null;
            }

            // The old one may be in use: it is closed when nobody has it any more.
            _place = place = new Place(handle, time.GetTimestamp());
        }

        var resolution = (followsLinks ? PathResolution.FollowLinks : PathResolution.Beneath)
            | (onlyCached ? PathResolution.OnlyCached : 0);
        return BeneathFile.TryOpen(place!.Handle, relative, resolution, out error);
    }

    /// <summary>Where the directory is with all links followed, as an application may know it; null where that cannot be told.
    /// After an <see cref="Open"/>; reads /proc, which does not wait.</summary>
    public string? RealPath()
    {
        if (_place is not { } place)
        {
            return null;
        }

        try
        {
            return File.ResolveLinkTarget(
                string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{place.Handle.DangerousGetHandle()}"),
                returnFinalTarget: false)?.FullName;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private sealed record Place(SafeFileHandle Handle, long OpenedAt);
}
