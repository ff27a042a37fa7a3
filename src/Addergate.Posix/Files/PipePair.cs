using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Posix.Files;

/// <summary>pipe2(2): both ends close-on-exec.</summary>
/// <param name="Reader">Non-blocking.</param>
/// <param name="Writer">Blocking, as programs expect of their standard output.</param>
public readonly partial record struct PipePair(SafeFileHandle Reader, SafeFileHandle Writer) : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int SetStatusFlags = 4;

    /// <exception cref="Win32Exception">Out of descriptors.</exception>
    public static unsafe PipePair Create()
    {
        var ends = stackalloc int[2];
        if (Pipe(ends, CloseOnExec) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        _ = SetFlags(ends[0], SetStatusFlags, NonBlocking);
        return new PipePair(new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true));
    }

    public void Dispose()
    {
        Reader?.Dispose();
        Writer?.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static unsafe partial int Pipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int SetFlags(int descriptor, int command, int flags);
}
