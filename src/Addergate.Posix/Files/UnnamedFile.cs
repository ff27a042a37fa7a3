using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Posix.Files;

/// <summary>open(2) with O_TMPFILE: a file without a name, gone with its descriptor however the process ends.</summary>
public static partial class UnnamedFile
{
    private const int ReadWrite = 2;
    private const int CloseOnExec = 0x80000;
    private const int TemporaryFile = 0x400000; // __O_TMPFILE; O_TMPFILE has O_DIRECTORY in it
    private const uint OwnerReadWrite = 0x180; // 0600

    private static readonly int Directory =
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;

    /// <summary>Makes one in a directory.</summary>
    /// <param name="directory">Its file system holds the data.</param>
    /// <param name="error">errno when the result is null.</param>
    public static SafeFileHandle? TryCreate(string directory, out int error)
    {
        var descriptor = Open(directory, ReadWrite | CloseOnExec | TemporaryFile | Directory, OwnerReadWrite);
        if (descriptor >= 0)
        {
            error = 0;
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        error = Marshal.GetLastPInvokeError();
        return TryCreateAndUnlink(directory);
    }

    // File systems that have no O_TMPFILE (some network and overlay ones): a name for a moment.
    private static SafeFileHandle? TryCreateAndUnlink(string directory)
    {
        var path = Path.Combine(directory, "." + Path.GetRandomFileName());
        try
        {
            var file = File.OpenHandle(path, FileMode.CreateNew, System.IO.FileAccess.ReadWrite, FileShare.None);
            File.Delete(path);
            return file;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // open is variadic; on x86-64 and arm64 Linux an int argument of a variadic function travels like any other.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, uint mode);
}
