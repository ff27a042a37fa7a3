using System.Runtime.InteropServices;

namespace Addergate.Posix.Processes;

/// <summary>getppid(2).</summary>
public static partial class ParentProcess
{
    /// <summary>Whoever started this process, or adopted it; 0 when that is outside of the container.</summary>
    public static int Id => Get();

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int Get();
}
