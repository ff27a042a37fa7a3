using System.Runtime.InteropServices;

namespace Addergate.Posix.Processes;

/// <summary>What posix_spawn said.</summary>
/// <param name="ProcessId">The child, or 0.</param>
/// <param name="Errno">0, or why there is none: also when the executable could not be run.</param>
public readonly record struct SpawnResult(int ProcessId, int Errno)
{
    public bool Succeeded => Errno == 0;

    /// <summary>The system's words for <see cref="Errno"/>.</summary>
    public string ErrorText => Marshal.GetPInvokeErrorMessage(Errno);
}
