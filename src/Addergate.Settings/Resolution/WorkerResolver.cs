using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>The pool and what its workers may use.</summary>
internal static class WorkerResolver
{
    internal static WorkerSettings Resolve(SettingValues values, IMachine machine, List<string> warnings)
    {
        var processes = values.Get(WorkerDeclarations.Processes);
        var maximumProcesses = values.TryGet(WorkerDeclarations.MaximumProcesses, out var most) ? most : processes;
        if (maximumProcesses < processes)
        {
            var origin = values.Written(WorkerDeclarations.Processes)?.Origin ?? WorkerDeclarations.Processes.Option;
            values.Wrong(
                $"{values.Written(WorkerDeclarations.MaximumProcesses)!.Origin} {maximumProcesses} is less than {origin} "
                + processes,
                "the pool grows from the second to the first");
        }

        var workers = new WorkerSettings
        {
            Processes = processes,
            MaximumProcesses = maximumProcesses,
            Threads = values.Get(WorkerDeclarations.Threads),
            Preload = values.Get(WorkerDeclarations.Preload),
            MaximumRequests = values.Get(RecyclingDeclarations.MaximumRequests),
            RecycleJitter = values.Get(RecyclingDeclarations.Jitter),
            MemoryLimit = values.Get(RecyclingDeclarations.MemoryLimit),
            CpuTimeLimit = values.Get(RecyclingDeclarations.CpuTimeLimit),
            FileMask = values.TryGet(ResourceDeclarations.FileMask, out var mask) ? mask : null,
            ReloadOnScriptChange = values.Get(RecyclingDeclarations.ReloadOnScriptChange),
            ReloadOnChanges = values.Get(RecyclingDeclarations.ReloadOnChanges),
            IgnoreActivity = IgnoreActivity(values),
            DataLimit = values.Get(ResourceDeclarations.DataLimit),
            VirtualMemoryLimit = values.Get(ResourceDeclarations.VirtualMemoryLimit),
            StackSize = (int)values.Get(ResourceDeclarations.StackSize),
            CpuPriority = values.Get(ResourceDeclarations.CpuPriority),
        };
        if (workers.CpuPriority < 0 && machine.EffectiveUserId != 0)
        {
            values.Wrong(
                $"{values.Written(ResourceDeclarations.CpuPriority)!.Origin}: only root can give a negative nice value",
                "start the server as root, or leave this option out");
        }

        WarnOfIdle(values, workers, warnings);
        return workers;
    }

    /// <summary>Without an application there are none.</summary>
    internal static WorkerSettings None(SettingValues values, WorkerSettings workers, List<string> warnings)
    {
        ReadOnlySpan<Setting> ofApplications =
        [
            ApplicationDeclarations.Callable, ApplicationDeclarations.MountPoint, ApplicationDeclarations.Variables,
            ApplicationDeclarations.PassedVariables, ApplicationDeclarations.MapHeadToGet, ScriptDeclarations.Dispatch,
            WorkerDeclarations.Processes, WorkerDeclarations.MaximumProcesses, WorkerDeclarations.Threads,
            WorkerDeclarations.Preload,
        ];
        foreach (var setting in ofApplications)
        {
            if (values.Written(setting) is { } idle)
            {
                warnings.Add($"{idle.Origin} has no effect with {ApplicationDeclarations.Type.Option} static: there is no application");
            }
        }

        return workers with { Processes = 0, MaximumProcesses = 0, Preload = false };
    }

    private static List<string> IgnoreActivity(SettingValues values)
    {
        var paths = new List<string>();
        foreach (var (path, written) in values.Each(RecyclingDeclarations.IgnoreActivity))
        {
            if (path[0] != '/' || path.ContainsAny('?', '#'))
            {
                values.Wrong(
                    $"{written.Origin}: \"{path}\" is not a URL path", "write what comes after the host, as in /healthz");
            }

            paths.Add(path);
        }

        return paths;
    }

    private static void WarnOfIdle(SettingValues values, WorkerSettings workers, List<string> warnings)
    {
        if (workers.IgnoreActivity.Count > 0 && values.Get(RecyclingDeclarations.InactivityTimeout) == TimeSpan.Zero)
        {
            NoEffect(RecyclingDeclarations.IgnoreActivity, RecyclingDeclarations.InactivityTimeout.Option);
        }

        if (workers.MaximumRequests == 0
            && values.Get(RecyclingDeclarations.RestartInterval) == TimeSpan.Zero
            && values.Written(RecyclingDeclarations.Jitter) is not null)
        {
            NoEffect(
                RecyclingDeclarations.Jitter,
                $"{RecyclingDeclarations.MaximumRequests.Option} or {RecyclingDeclarations.RestartInterval.Option}");
        }

        void NoEffect(Setting setting, string needed) =>
            warnings.Add($"{values.Written(setting)!.Origin} has no effect without {needed}");
    }
}
