namespace Addergate.Posix.Memory;

/// <summary>The memory of the machine.</summary>
public static class MachineMemory
{
    /// <summary>Bytes that processes could have without swapping (MemAvailable); <see cref="long.MaxValue"/> without
    /// /proc.</summary>
    public static long Spare => ProcFile.Field("/proc/meminfo", "MemAvailable") * 1024 ?? long.MaxValue;

    /// <summary>How many processes the kernel's OOM killer has ended on this machine; null when the kernel does not say.
    /// </summary>
    public static long? OomKills => ProcFile.Field("/proc/vmstat", "oom_kill");
}
