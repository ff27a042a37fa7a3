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
}
