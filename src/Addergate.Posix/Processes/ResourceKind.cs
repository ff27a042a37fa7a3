namespace Addergate.Posix.Processes;

/// <summary>RLIMIT_* of Linux, the same on x86-64 and arm64. Bytes, but seconds, processes and descriptors where the
/// name says so.</summary>
public enum ResourceKind
{
    CpuSeconds = 0,
    FileSize = 1,
    Data = 2,
    Stack = 3,
    Core = 4,
    Processes = 6,
    OpenFiles = 7,
    LockedMemory = 8,
    AddressSpace = 9,
}
