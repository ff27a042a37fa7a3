using System.Globalization;

namespace Addergate.Supervisor.Tests.Processes;

internal static class SignalSets
{
    // Signals 32 and 33 are glibc's own, which its posix_spawn ignores in the child.
    private const ulong LibraryInternal = 0x1_8000_0000;

    /// <summary>The signals of a <c>SigIgn:</c> line of /proc/PID/status.</summary>
    public static ulong Ignored(string line) =>
        ulong.Parse(line.AsSpan(line.IndexOf('\t') + 1).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        & ~LibraryInternal;
}
