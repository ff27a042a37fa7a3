using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>What makes a worker be replaced by a new one. Its replacement is always ready first.</summary>
public static class RecyclingDeclarations
{
    public static Setting<int> MaximumRequests { get; } = new()
    {
        Name = "maximum-requests",
        Group = SettingGroup.Recycling,
        Kind = NumberKind.Between(0, int.MaxValue),
        Default = 0,
        Provenance = "mod_wsgi-express --maximum-requests",
        Help = "Replace a worker after this many requests, 0 = never",
    };

    public static Setting<TimeSpan> RestartInterval { get; } = new()
    {
        Name = "restart-interval",
        Group = SettingGroup.Recycling,
        Kind = DurationKind.Instance,
        Default = TimeSpan.Zero,
        Provenance = "mod_wsgi-express --restart-interval",
        Help = "Replace a worker at this age, 0 = never",
    };

    /// <summary>A worker may go at half or one and a half times its number at the most.</summary>
    public static Setting<int> Jitter { get; } = new()
    {
        Name = "recycle-jitter",
        Group = SettingGroup.Recycling,
        Kind = PercentKind.UpTo(50),
        Default = 10,
        Provenance = "Addergate's own: without it all workers of mod_wsgi go together",
        Help = "How far --maximum-requests and --restart-interval differ from worker to worker, up and down",
    };

    public static Setting<TimeSpan> InactivityTimeout { get; } = new()
    {
        Name = "inactivity-timeout",
        Group = SettingGroup.Recycling,
        Kind = DurationKind.Instance,
        Default = TimeSpan.Zero,
        Provenance = "mod_wsgi-express --inactivity-timeout",
        Help = "Replace a worker that has had no request for so long, which gives its memory back, 0 = never",
    };

    public static Setting<string> IgnoreActivity { get; } = new()
    {
        Name = "ignore-activity",
        Group = SettingGroup.Recycling,
        Kind = TextKind.Named("URL", "a path that begins with /, without a query"),
        Form = SettingForm.Repeated,
        Provenance = "mod_wsgi-express --ignore-activity",
        Help = "Requests to this URL and below it do not count as activity: a health check need not keep a worker",
    };

    /// <summary>The least is more than a worker takes that has loaded nothing.</summary>
    public static Setting<long> MemoryLimit { get; } = new()
    {
        Name = "memory-limit",
        Group = SettingGroup.Recycling,
        Kind = SizeKind.OffOrAtLeast(64L << 20, 1L << 50),
        Default = 0,
        Provenance = "mod_wsgi's memory-limit is what --data-limit is here",
        Help = "Replace a worker whose resident memory passes this, 0 = never; no request is lost by it",
    };

    public static Setting<TimeSpan> CpuTimeLimit { get; } = new()
    {
        Name = "cpu-time-limit",
        Group = SettingGroup.Recycling,
        Kind = DurationKind.Instance,
        Default = TimeSpan.Zero,
        Provenance = "mod_wsgi-express --cpu-time-limit",
        Help = "Replace a worker that has used this much CPU time, 0 = never; the kernel kills one that goes on regardless",
    };

    public static Setting<bool> ReloadOnScriptChange { get; } = new()
    {
        Name = "reload-on-script-change",
        Group = SettingGroup.Recycling,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Default = false,
        Provenance = "mod_wsgi-express does so unless --disable-reloading is given, and cuts running requests",
        Help = "Reload the application, as by SIGHUP, when the file of ENTRY changes: touch it to deploy",
    };

    public static Setting<bool> ReloadOnChanges { get; } = new()
    {
        Name = "reload-on-changes",
        Group = SettingGroup.Recycling,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Default = false,
        Provenance = "mod_wsgi-express --reload-on-changes (ends the process there; here the old code serves until the new one has "
            + "loaded, and goes on when it does not)",
        Help = "Reload the application when a file of any module that it has imported changes; for development",
    };

    public static Setting<bool> DisableReloading { get; } = new()
    {
        Name = "disable-reloading",
        Group = SettingGroup.Superseded,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Default = false,
        Provenance = "mod_wsgi-express --disable-reloading",
        Notice = "no file is watched unless --reload-on-script-change or --reload-on-changes is given",
        Help = "Has no effect: no file is watched unless --reload-on-script-change or --reload-on-changes is given",
    };
}
