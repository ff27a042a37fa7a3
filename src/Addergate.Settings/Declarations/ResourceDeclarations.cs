using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>What the kernel lets each worker have. An application that passes a hard limit sees a failed allocation.
/// </summary>
public static class ResourceDeclarations
{
    public static Setting<long> DataLimit { get; } = new()
    {
        Name = "data-limit",
        Group = SettingGroup.Resources,
        Kind = SizeKind.OffOrAtLeast(64L << 20, 1L << 50),
        Default = 0,
        Provenance = "mod_wsgi's memory-limit",
        Help = "Hard limit on private writable memory (RLIMIT_DATA), 0 = none; past it the application gets MemoryError",
    };

    public static Setting<long> VirtualMemoryLimit { get; } = new()
    {
        Name = "virtual-memory-limit",
        Group = SettingGroup.Resources,
        Kind = SizeKind.OffOrAtLeast(256L << 20, 1L << 50),
        Default = 0,
        Provenance = "mod_wsgi's virtual-memory-limit",
        Help = "Hard limit on address space (RLIMIT_AS), 0 = none",
    };

    /// <summary>The least is what Apache's threads have under mod_wsgi-express; .NET's own frames need some of it.</summary>
    public static Setting<long> StackSize { get; } = new()
    {
        Name = "stack-size",
        Group = SettingGroup.Resources,
        Kind = SizeKind.OffOrAtLeast(256 * 1024, 1L << 30),
        Default = 0,
        Provenance = "mod_wsgi's stack-size",
        Help = "Stack of each request thread, 0 = Python's default (8M on most systems); deep recursion needs more",
    };

    public static Setting<int> CpuPriority { get; } = new()
    {
        Name = "cpu-priority",
        Group = SettingGroup.Resources,
        Kind = NumberKind.Between(-20, 19),
        Default = 0,
        Provenance = "mod_wsgi's cpu-priority",
        Help = "Nice value of the workers; negative ones, which go before other processes, only for root",
    };

    public static Setting<int> FileMask { get; } = new()
    {
        Name = "umask",
        Group = SettingGroup.Resources,
        Kind = OctalKind.Permissions,
        DefaultDescription = "that of the server",
        Provenance = "mod_wsgi's umask",
        Help = "Permissions that files made by the application do not get, as umask(1) takes them: 027",
    };
}
