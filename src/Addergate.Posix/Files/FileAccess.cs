using System.Runtime.InteropServices;

namespace Addergate.Posix.Files;

/// <summary>faccessat(2) with the effective user: what an open or exec would be told.</summary>
public static partial class FileAccess
{
    private const int CurrentDirectory = -100;
    private const int EffectiveUser = 0x200;
    private const int Execute = 1;
    private const int Read = 4;

    /// <summary>Null when the file may be read, else the system's words for why not.</summary>
    public static string? ProblemReading(string path) =>
        Check(CurrentDirectory, path, Read, EffectiveUser) == 0 ? null : Marshal.GetLastPInvokeErrorMessage();

    public static bool IsExecutable(string path) => Check(CurrentDirectory, path, Execute, EffectiveUser) == 0;

    [LibraryImport("libc", EntryPoint = "faccessat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Check(int directory, string path, int mode, int flags);
}
