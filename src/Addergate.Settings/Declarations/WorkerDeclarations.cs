using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>How many requests run at once.</summary>
public static class WorkerDeclarations
{
    public static Setting<int> Processes { get; } = new()
    {
        Name = "processes",
        Group = SettingGroup.Workers,
        Kind = NumberKind.Between(1, 1024),
        Default = 1,
        PlatformVariable = "WEB_CONCURRENCY",
        Provenance = "mod_wsgi-express --processes",
        Help = "Worker processes",
    };

    public static Setting<int> MaximumProcesses { get; } = new()
    {
        Name = "maximum-processes",
        Group = SettingGroup.Workers,
        Kind = NumberKind.Between(1, 1024),
        DefaultDescription = "as many as --processes, always",
        Provenance = "Addergate's own",
        Help = "Let the pool grow to this many while requests wait for a thread and the machine has the memory, and shrink "
            + "again when idle",
    };

    /// <summary>The most is what one claim page of the wire holds.</summary>
    public static Setting<int> Threads { get; } = new()
    {
        Name = "threads",
        Group = SettingGroup.Workers,
        Kind = NumberKind.Between(1, 4096),
        Default = 5,
        Provenance = "mod_wsgi-express --threads",
        Help = "Request threads in each worker process",
    };

    public static Setting<bool> Preload { get; } = new()
    {
        Name = "preload",
        Group = SettingGroup.Workers,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Default = false,
        Provenance = "Addergate's own, as gunicorn's --preload",
        Help = "Import the application once and fork the workers from that: they share its memory, and a new one is ready "
            + "at once; the import must start no threads",
    };
}
